import './reminders.css';
import { DeskLink } from '../../../platform/web/desk-link.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatCount, formatDayTime, formatPhone } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { sayWhy } from '../../messages/sending/rules.ts';
import { confirmVisit } from '../../schedule/visits/api.ts';
import { listToCall, recordReminderTry } from '../api.ts';
import type { ReminderCounts, ToCall } from '../schema.ts';

const topics = ['reminders', 'messages', 'visits', 'patients'];
const triedWords = { '': '', 'no-answer': 'no answer', 'left-message': 'left a message', reached: 'reached' };

/** Whom to call since no reminder reaches them, and how the others stand. */
export function RemindersPage() {
  const { line, besides } = useSlots();
  const { data, error, refetch } = useRead(listToCall, {}, { topics });
  return (
    <>
      <PageHeader title="Reminders" tabTitle="Reminders" actions={besides} line={line} />
      <PageBody>
        {error && !data && <Failure message={error.message} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={8} label="Looking up the call list" />}
        {data && data.counts.sent + data.counts.toCall > 0 && <Counts counts={data.counts} />}
        {data?.calls.length === 0 && (
          <Empty
            title="Nobody to call"
            text="Who cannot be reminded by a message stands here, the next visit first."
          />
        )}
        {data && data.calls.length > 0 && (
          <ul className="rm-list" aria-label="To call">
            {data.calls.map((call) => (
              <CallLine key={`${call.visitId} ${call.startsAt}`} call={call} />
            ))}
          </ul>
        )}
      </PageBody>
    </>
  );
}

function Counts({ counts }: { counts: ReminderCounts }) {
  return (
    <p className="rm-counts ui-num">
      <b>{counts.toCall} to call.</b> {formatCount(counts.sent, 'visit')} ahead{' '}
      {counts.sent === 1 ? 'was' : 'were'} reminded of: {counts.confirmed} confirmed, {counts.unanswered} not
      answered yet.
    </p>
  );
}

function CallLine({ call }: { call: ToCall }) {
  const { may } = useSession();
  return (
    <li className="rm-line">
      <span className="ui-num ui-dim">{formatDayTime(call.startsAt, call.timeZone)}</span>
      <span>
        <DeskLink to={`/patients/${call.patientId}`}>{call.patientName}</DeskLink>{' '}
        {call.phone ? (
          <a href={`tel:${call.phone}`}>{formatPhone(call.phone)}</a>
        ) : (
          <Tag tone="wrong">no phone</Tag>
        )}
        <small>
          {call.visitTypeName} with {call.physicianName} · no message: {sayWhy(call.why)}
        </small>
      </span>
      <span className="rm-state">
        {call.tried && call.triedAt && (
          <small className="ui-dim">
            {triedWords[call.tried]}, {formatDayTime(call.triedAt, call.timeZone)}
          </small>
        )}
        {may('visits.confirm') && <CallActions call={call} />}
      </span>
    </li>
  );
}

function CallActions({ call }: { call: ToCall }) {
  const toast = useToast();
  const confirms = useWrite(confirmVisit, { touches: topics });
  const tries = useWrite(recordReminderTry, { touches: topics });
  const params = { id: call.visitId };
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    }
  };
  const confirm = () =>
    run(async () => {
      const { visit } = await confirms.mutateAsync({
        params,
        body: { version: call.visitVersion, confirmed: true },
      });
      const undo = () => confirms.mutateAsync({ params, body: { version: visit.version, confirmed: false } });
      toast.done('Confirmed.', { undo });
    });
  const tried = (what: 'no-answer' | 'left-message') =>
    run(async () => {
      const { step, startsAt, version } = call;
      await tries.mutateAsync({ params, body: { step, startsAt, version, tried: what } });
      toast.done(`Noted: ${triedWords[what]}.`);
    });
  return (
    <span className="rm-acts">
      <Button onClick={() => void confirm()}>Confirmed</Button>
      <Button look="quiet" onClick={() => void tried('no-answer')}>
        No answer
      </Button>
      <Button look="quiet" onClick={() => void tried('left-message')}>
        Left a message
      </Button>
    </span>
  );
}
