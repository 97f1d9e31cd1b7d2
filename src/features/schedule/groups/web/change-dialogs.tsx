import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { toInstant } from '../../../../platform/calendar/zones.ts';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { formatClock, formatCount, formatDayTime, localDate, localMinutes } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { useReturnFocus } from '../../../../ui/use-return-focus.ts';
import { TimeInput } from '../../series/web/series-dialog.tsx';
import type { SetupSummary } from '../../setup/schema.ts';
import { DayInput } from '../../web/find-wishes.tsx';
import { PickInput } from '../../web/pick-input.tsx';
import { useSetup } from '../../web/use-setup.ts';
import { changeCapacity, moveSession, undoMoveSession } from '../api.ts';
import type { Session } from '../schema.ts';

const touches = ['groups', 'visits'];

type SessionDialogProps = { session: Session; onClose: () => void };

/** Another time, physician or site for a session and everyone in it. */
export function MoveSessionDialog(props: SessionDialogProps) {
  useReturnFocus();
  const { setup, ready } = useSetup();
  return ready ? <MoveForm {...props} setup={setup} /> : null;
}

function twoDigits(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function MoveForm({ session, onClose, setup }: SessionDialogProps & { setup: SetupSummary }) {
  const { timeZone, startsAt, taken } = session;
  const { physicians } = useSetup();
  const [draft, setDraft] = useState({
    date: localDate(startsAt, timeZone),
    time: twoDigits(localMinutes(startsAt, timeZone)),
    physicianId: session.physicianId,
    siteId: session.siteId,
  });
  const set = (change: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...change }));
  const move = useMove(session, onClose);
  const zone = setup.sites.find((one) => one.siteId === draft.siteId)?.timeZone ?? timeZone;
  const { date, time, ...where } = draft;
  const to = new Date(toInstant(date, time, zone)).toISOString();
  const stays = Date.parse(to) === Date.parse(startsAt) && where.physicianId === session.physicianId;
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`Move ${session.name}${taken > 0 ? `, with ${formatCount(taken, 'person', 'people')}` : ''}`}
      onSubmit={() => move.run({ startsAt: to, ...where })}
      submitLabel="Move all"
      busy={move.busy}
      submitDisabledReason={
        stays && where.siteId === session.siteId && 'Choose another time, physician or site.'
      }
    >
      <div className="sc-fields">
        {move.error && (
          <p role="alert" className="ui-form-error sc-wide">
            {move.error}
          </p>
        )}
        <DayInput
          label="Day"
          focusFirst
          today={localDate(new Date(), zone)}
          value={date}
          onChange={(day) => day && set({ date: day })}
        />
        <TimeInput value={time} onChange={(clock) => set({ time: clock })} />
        <PickInput
          label="Led by"
          options={physicians}
          value={where.physicianId}
          onPick={(physicianId) => set({ physicianId })}
        />
        {setup.sites.length > 1 && (
          <PickInput
            label="Site"
            options={setup.sites.map((one) => ({ id: one.siteId, label: one.name }))}
            value={where.siteId}
            onPick={(siteId) => set({ siteId })}
          />
        )}
        <p className="ui-dim sc-wide">
          Now {formatDayTime(startsAt, timeZone)} to {formatClock(localMinutes(session.endsAt, timeZone))}{' '}
          with {session.physicianName}. Everyone in it moves, or nobody.
        </p>
      </div>
    </Dialog>
  );
}

type To = { startsAt: string; physicianId: string; siteId: string };

function useMove(session: Session, onDone: () => void) {
  const toast = useToast();
  const { mutate, isPending, error } = useWrite(moveSession, { touches });
  const undo = useWrite(undoMoveSession, { touches });
  const params = { id: session.sessionId };
  const run = (to: To) =>
    mutate(
      { params, body: { version: session.version, ...to } },
      {
        onSuccess: ({ session: moved, visits }) => {
          const when = formatDayTime(moved.startsAt, moved.timeZone);
          toast.done(`Moved to ${when} with ${moved.physicianName}, with ${formatCount(visits, 'visit')}.`, {
            undo: () => undo.mutateAsync({ params, body: { version: moved.version } }),
            undoneMessage: `${session.name} stands where it stood.`,
          });
          onDone();
        },
      },
    );
  return { run, busy: isPending, error: error?.message };
}

/** More places, or fewer: never fewer than are taken. */
export function CapacityDialog({ session, onClose }: SessionDialogProps) {
  useReturnFocus();
  const toast = useToast();
  const { mutate, mutateAsync, isPending, error } = useWrite(changeCapacity, { touches });
  const [typed, setTyped] = useState(String(session.capacity));
  const params = { id: session.sessionId };
  const save = () =>
    mutate(
      { params, body: { version: session.version, capacity: Number(typed) } },
      {
        onSuccess: ({ session: now }) => {
          toast.done(`${session.name} has ${formatCount(now.capacity, 'place')}.`, {
            undo: () => mutateAsync({ params, body: { version: now.version, capacity: session.capacity } }),
          });
          onClose();
        },
      },
    );
  return (
    <Dialog
      opened
      size="small"
      onClose={onClose}
      title={`Places of ${session.name}`}
      onSubmit={save}
      submitLabel="Save"
      busy={isPending}
      submitDisabledReason={Number(typed) === session.capacity && 'It has so many places.'}
    >
      {error && (
        <p role="alert" className="ui-form-error">
          {error.message}
        </p>
      )}
      <TextInput
        label="Places"
        description={`${session.taken} are taken.`}
        inputMode="numeric"
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value.replace(/\D/g, ''))}
      />
    </Dialog>
  );
}
