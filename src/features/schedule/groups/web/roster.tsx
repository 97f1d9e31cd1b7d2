import { useState } from 'react';
import { useAddress } from '../../../../platform/web/address.ts';
import { call } from '../../../../platform/web/call.ts';
import { DeskLink } from '../../../../platform/web/desk-link.tsx';
import { usePerson } from '../../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatCount, formatDayTime, localDate } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { PatientPicker } from '../../../patients/web/patient-search.tsx';
import { arriveVisit, cancelVisit, checkOutVisit, undoVisit } from '../../visits/api.ts';
import { cancelReasonLabels, chosenReasons } from '../../visits/schema.ts';
import { ChoiceList } from '../../web/visit-dialogs.tsx';
import { bookSeat, cancelSession, readSession, undoCancelSession } from '../api.ts';
import type { Member, Session } from '../schema.ts';
import { CapacityDialog, MoveSessionDialog } from './change-dialogs.tsx';
import { Places } from './groups-page.tsx';

const topics = ['groups', 'visits', 'patients'];
const touches = ['groups', 'visits'];

/** Who is in a session: booking into it, checking each in, cancelling it whole. */
export function Roster({ sessionId }: { sessionId: string }) {
  const read = useRead(readSession, { params: { id: sessionId } }, { topics });
  if (read.error) return <Failure message={read.error.message} onRetry={() => void read.refetch()} />;
  if (!read.data) return <Skeleton rows={8} label="The roster is on its way" />;
  return <RosterView session={read.data.session} members={read.data.members} />;
}

type RosterProps = { session: Session; members: readonly Member[] };

function RosterView({ session, members }: RosterProps) {
  const { may } = useSession();
  const { go } = useAddress();
  const [dialog, setDialog] = useState<'cancel' | 'move' | 'places'>();
  const close = () => setDialog(undefined);
  const undo = useUndoCancel(session);
  const date = localDate(session.startsAt, session.timeZone);
  return (
    <>
      <div className="se-head">
        <h2>{session.name}</h2>
        <span className="ui-num">{formatDayTime(session.startsAt, session.timeZone)}</span>
        <span>
          {session.visitTypeName} with {session.physicianName} · {session.siteName}
        </span>
        <Places session={session} />
      </div>
      <div className="se-acts">
        <Button icon="calendar" onClick={() => go('/schedule', { date })}>
          The day
        </Button>
        {!session.cancelled && may('visits.move') && (
          <Button icon="clock" onClick={() => setDialog('move')}>
            Move the session
          </Button>
        )}
        {!session.cancelled && may('visits.book') && (
          <Button icon="people" onClick={() => setDialog('places')}>
            Change the places
          </Button>
        )}
        {session.cancelled
          ? may('visits.cancel') && (
              <Button icon="undo" busy={undo.busy} onClick={undo.run}>
                Undo the cancellation
              </Button>
            )
          : may('visits.cancel') && (
              <Button icon="cross" onClick={() => setDialog('cancel')}>
                Cancel the session
              </Button>
            )}
      </div>
      {!session.cancelled && may('visits.book') && <AddPerson session={session} />}
      <DataTable
        label={`Roster of ${session.name}`}
        columns={useColumns(session)}
        rows={members}
        rowKey={(row) => row.visitId}
        empty={<Empty icon="people" title="Nobody yet" text="Find a person above to book the first place." />}
      />
      {dialog === 'cancel' && <CancelSessionDialog session={session} onClose={close} />}
      {dialog === 'move' && <MoveSessionDialog session={session} onClose={close} />}
      {dialog === 'places' && <CapacityDialog session={session} onClose={close} />}
    </>
  );
}

function AddPerson({ session }: { session: Session }) {
  const toast = useToast();
  const person = usePerson();
  const [round, setRound] = useState(0);
  const write = useWrite(bookSeat, { touches });
  return (
    <div className="se-acts">
      <PatientPicker
        key={round}
        label="Book someone into it"
        onPick={(hit) =>
          write.mutate(
            { params: { id: session.sessionId }, body: { patientId: hit.patientId } },
            {
              onSuccess: ({ visit }) => {
                person.show(visit.patientId);
                setRound(round + 1);
                const params = { id: visit.visitId };
                toast.done(`Booked into ${session.name}: ${hit.fileName}.`, {
                  undo: () =>
                    call(cancelVisit, { params, body: { version: visit.version, reason: 'booked-twice' } }),
                });
              },
            },
          )
        }
      />
      {write.error && (
        <p role="alert" className="ui-form-error">
          {write.error.message}
        </p>
      )}
    </div>
  );
}

function useUndoCancel(session: Session) {
  const toast = useToast();
  const { mutate, isPending } = useWrite(undoCancelSession, { touches });
  const run = () =>
    mutate(
      { params: { id: session.sessionId }, body: { version: session.version } },
      {
        onSuccess: ({ visits }) => toast.done(`It takes place again, with ${formatCount(visits, 'visit')}.`),
        onError: (error) => toast.refused(error.message),
      },
    );
  return { run, busy: isPending };
}

function CancelSessionDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const toast = useToast();
  const write = useWrite(cancelSession, { touches });
  const undo = useWrite(undoCancelSession, { touches });
  const params = { id: session.sessionId };
  return (
    <Dialog
      opened
      size="small"
      onClose={onClose}
      title={`Cancel ${session.name} for all ${session.taken}: why?`}
    >
      {write.error && (
        <p role="alert" className="ui-form-error">
          {write.error.message}
        </p>
      )}
      <ChoiceList
        choices={chosenReasons.map((reason) => ({ id: reason, label: cancelReasonLabels[reason] }))}
        onChoose={(reason) =>
          write.mutate(
            { params, body: { version: session.version, reason } },
            {
              onSuccess: ({ version, cancelled }) => {
                toast.done(`Cancelled, with ${formatCount(cancelled, 'visit')}.`, {
                  undo: () => undo.mutateAsync({ params, body: { version } }),
                });
                onClose();
              },
            },
          )
        }
      />
    </Dialog>
  );
}

const faces: Partial<
  Record<Member['state'], { words: string; sign: string; tone: 'calm' | 'good' | 'wait' | 'wrong' }>
> = {
  booked: { words: 'booked', sign: '◇', tone: 'calm' },
  arrived: { words: 'here', sign: '✓', tone: 'good' },
  checked_out: { words: 'left', sign: '✓', tone: 'calm' },
  cancelled: { words: 'cancelled', sign: '✕', tone: 'calm' },
  no_show: { words: 'no-show', sign: '⊘', tone: 'wrong' },
};

function useColumns(session: Session): TableColumn<Member>[] {
  return [
    { id: 'seat', header: 'Place', cell: (row) => <span className="ui-num">{row.seatNo}</span> },
    {
      id: 'name',
      header: 'Person',
      main: true,
      cell: (row) => (
        <DeskLink className="se-link" to={`/patients/${row.patientId}`}>
          {row.patientName}
        </DeskLink>
      ),
    },
    {
      id: 'state',
      header: 'State',
      cell: (row) => {
        const face = faces[row.state];
        return (
          <Tag tone={face?.tone} sign={face?.sign}>
            {face?.words ?? row.state.replaceAll('_', ' ')}
          </Tag>
        );
      },
    },
    { id: 'acts', header: 'Do', cell: (row) => <MemberActs member={row} session={session} /> },
  ];
}

function MemberActs({ member, session }: { member: Member; session: Session }) {
  const toast = useToast();
  const { may } = useSession();
  const arrive = useWrite(arriveVisit, { touches });
  const leave = useWrite(checkOutVisit, { touches });
  const cancel = useWrite(cancelVisit, { touches });
  const params = { id: member.visitId };
  const done = (said: string) => ({
    onSuccess: ({ visit }: { visit: { version: number } }) =>
      toast.done(`${said}: ${member.patientName}.`, {
        undo: () => call(undoVisit, { params, body: { version: visit.version } }),
      }),
    onError: (error: Error) => toast.refused(error.message),
  });
  const body = { version: member.version };
  const here = member.state === 'arrived' || member.state === 'in_room' || member.state === 'with_physician';
  return (
    <span className="se-row-acts">
      {member.state === 'booked' && may('visits.arrive') && (
        <Button
          look="go"
          busy={arrive.isPending}
          aria-label={`Check in ${member.patientName} for ${session.name}`}
          onClick={() => arrive.mutate({ params, body }, done('Checked in'))}
        >
          Check in
        </Button>
      )}
      {here && may('visits.arrive') && (
        <Button busy={leave.isPending} onClick={() => leave.mutate({ params, body }, done('Checked out'))}>
          Check out
        </Button>
      )}
      {member.state === 'booked' && may('visits.cancel') && (
        <Button
          look="quiet"
          icon="cross"
          aria-label={`Cancel the place of ${member.patientName}`}
          onClick={() =>
            cancel.mutate({ params, body: { ...body, reason: 'patient-asked' } }, done('Cancelled'))
          }
        />
      )}
    </span>
  );
}
