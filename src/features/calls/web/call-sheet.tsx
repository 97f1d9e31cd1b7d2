import './calls.css';
import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { openPatientCard, type PatientCard } from '../../patients/api.ts';
import { readCall } from '../api.ts';
import { identifierWords, kindWords, spokenLines, spokenNumber, stepWords, whatMayBeTold } from '../rules.ts';
import type { Call, CallStep } from '../schema.ts';
import { reasonName } from '../settings/rules.ts';
import { HandOverDialog } from './hand-over-dialog.tsx';
import { AboutDialog, IdentityDialog } from './sheet-dialogs.tsx';
import { useCallActions } from './use-call-actions.ts';
import { useTakingDesk } from './use-taking.ts';

type Leaving = 'yes' | 'limited' | 'ask' | 'no';
export type SheetDialog = 'hand-over' | 'identity' | 'about';

/** One message, to be read out slowly: the number in groups, the text in lines; and what was done about it. */
export function CallSheet({ callId, onClose }: { callId: string; onClose: () => void }) {
  const { data, error, refetch, isPlaceholderData } = useRead(
    readCall,
    { params: { id: callId } },
    { topics: ['calls'], keys: [callId] },
  );
  const [dialog, setDialog] = useState<SheetDialog>();
  const answer = isPlaceholderData ? undefined : data;
  const close = () => setDialog(undefined);
  return (
    <Dialog opened onClose={onClose} title="The message" size="large">
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && !answer && <Skeleton rows={8} label="Looking up the message" />}
      {answer && (
        <>
          <Message {...answer} onOpen={setDialog} onClose={onClose} />
          {dialog === 'hand-over' && <HandOverDialog call={answer.call} onClose={close} />}
          {dialog === 'identity' && <IdentityDialog call={answer.call} onClose={close} />}
          {dialog === 'about' && <AboutDialog call={answer.call} onClose={close} />}
        </>
      )}
    </Dialog>
  );
}

type MessageProps = {
  call: Call;
  steps: readonly CallStep[];
  mayLeaveMessage: Leaving;
  onOpen: (dialog: SheetDialog) => void;
  onClose: () => void;
};

function useAbout(patientId: string | null): PatientCard | undefined {
  const { may } = useSession();
  const { data, isPlaceholderData } = useRead(
    openPatientCard,
    { params: { id: patientId ?? '' } },
    { topics: ['patients'], keys: [patientId ?? ''], enabled: patientId !== null && may('patients.open') },
  );
  return isPlaceholderData ? undefined : data?.card;
}

function Message({ call, steps, mayLeaveMessage, onOpen, onClose }: MessageProps) {
  const { settings } = useTakingDesk();
  const { timeZone } = useSession();
  const card = useAbout(call.patientId);
  const told = whatMayBeTold(call, card);
  const who = call.callerName || kindWords[call.callerKind];
  const whose = call.ownerName || (call.ownerRole ? `any ${call.ownerRole}` : 'anyone');
  return (
    <div className="cl-sheet">
      {call.urgent && (
        <div className="cl-red">
          <b>! Urgent{call.redFlags.length > 0 && `: ${call.redFlags.join(', ').replaceAll('*', '…')}`}</b>
          <p>{settings.instruction}</p>
        </div>
      )}
      <p className="cl-read-who">
        {who}
        <small className="ui-dim">
          {kindWords[call.callerKind]} · {reasonName(call.reason, settings.reasons)}
          {call.patientName && call.patientName !== who && ` · about ${call.patientName}`}
        </small>
      </p>
      {call.callbackPhone && (
        <p className="cl-read-number">
          <a href={`tel:${call.callbackPhone}`}>{spokenNumber(call.callbackPhone)}</a>
          {call.bestTime && <small className="ui-dim"> best time {call.bestTime}</small>}
        </p>
      )}
      <ol className="cl-read-text">
        {spokenLines(call.text).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place in the text
          <li key={index}>{line}</li>
        ))}
      </ol>
      {told && (
        <p className="cl-told" data-tone={told.tone}>
          {told.words}
        </p>
      )}
      <p className="ui-dim">
        Taken {formatDayTime(call.at, timeZone)}
        {call.takenByName && ` by ${call.takenByName}`} · {identityWords(call)}
        {call.promisedAt && ` · promised by ${formatDayTime(call.promisedAt, timeZone)}, ${whose}`}
      </p>
      <Steps steps={steps} />
      <CallNotes key={call.callId} callId={call.callId} />
      <SheetActions {...{ call, mayLeaveMessage, onOpen, onClose }} />
    </div>
  );
}

/** Notes of colleagues on this call; asked for when they are opened. */
function CallNotes({ callId }: { callId: string }) {
  const { about } = useSlots();
  const [shown, setShown] = useState(false);
  if (!about) return null;
  return (
    <details className="cl-notes" open={shown} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary>Notes of colleagues</summary>
      {shown && about('call', callId)}
    </details>
  );
}

function identityWords({ identity, identifiers, patientId }: Call): string {
  if (!patientId) return 'about no patient';
  if (identity === 'failed') return 'could not prove who it is';
  if (identity === 'unchecked') return 'not asked who it is';
  return `proved by ${identifiers.map((one) => identifierWords[one]).join(' and ')}`;
}

function Steps({ steps }: { steps: readonly CallStep[] }) {
  const { timeZone } = useSession();
  if (steps.length === 0) return null;
  return (
    <ol className="cl-steps">
      {steps.map((step) => (
        <li key={step.stepId}>
          <span className="ui-num ui-dim">{formatDayTime(step.at, timeZone)}</span> {step.byName}{' '}
          {stepWords[step.kind]}
          {step.note && `: ${step.note}`}
        </li>
      ))}
    </ol>
  );
}

const leavingWords: Record<Leaving, string> = {
  yes: '',
  limited: 'Leave only the name of the practice and a number.',
  ask: 'Leave only the name of the practice and a number.',
  no: 'Wants no voicemail about this.',
};

function SheetActions({ call, mayLeaveMessage, onOpen, onClose }: Omit<MessageProps, 'steps'>) {
  const { may } = useSession();
  const actions = useCallActions(call, onClose);
  const mayChange = may('calls.take') && !call.enteredInErrorAt;
  const open = mayChange && !call.doneAt;
  useKeys(
    {
      d: { label: 'done', run: () => void actions.done() },
      n: { label: 'no answer', run: () => void actions.tried('no-answer') },
      h: { label: 'hand over', run: () => onOpen('hand-over') },
      r: { label: 'reached', run: () => void actions.tried('reached') },
    },
    { scope: 'dialog', enabled: open },
  );
  if (!mayChange) return null;
  return (
    <div className="cl-actions">
      {call.doneAt ? (
        <>
          <Tag tone="good">done{call.doneByName && ` by ${call.doneByName}`}</Tag>
          <Button icon="undo" onClick={() => void actions.reopen()}>
            Open again
          </Button>
        </>
      ) : (
        <>
          <Button look="go" icon="check" title="Done (D)" onClick={() => void actions.done()}>
            Done
          </Button>
          <Button title="No answer (N)" onClick={() => void actions.tried('no-answer')}>
            No answer
          </Button>
          <Button
            disabledReason={mayLeaveMessage === 'no' && leavingWords.no}
            title={leavingWords[mayLeaveMessage]}
            onClick={() => void actions.tried('left-message')}
          >
            Left a message
          </Button>
          <Button title="Reached (R)" onClick={() => void actions.tried('reached')}>
            Reached
          </Button>
          <Button title="Hand over (H)" onClick={() => onOpen('hand-over')}>
            Hand over
          </Button>
        </>
      )}
      {call.patientId && (
        <Button look="quiet" onClick={() => onOpen('identity')}>
          Who is it?
        </Button>
      )}
      <Button look="quiet" onClick={() => onOpen('about')}>
        {call.patientId ? 'About someone else' : 'About whom?'}
      </Button>
      {!call.patientId && <RegisterButton onRegister={actions.register} />}
      <Button look="quiet" icon="trash" onClick={() => void actions.inError()}>
        Entered in error
      </Button>
      {!call.doneAt && mayLeaveMessage !== 'yes' && (
        <p className="cl-leaving">{leavingWords[mayLeaveMessage]}</p>
      )}
    </div>
  );
}

function RegisterButton({ onRegister }: { onRegister: () => void }) {
  const { may } = useSession();
  if (!may('patients.register')) return null;
  return (
    <Button look="quiet" icon="person-plus" onClick={onRegister}>
      Register as a patient
    </Button>
  );
}
