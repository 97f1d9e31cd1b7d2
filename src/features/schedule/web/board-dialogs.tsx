import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { addDays } from '../../../platform/calendar/dates.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { localDate } from '../../../ui/format.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import type { DayVisit } from '../day/schema.ts';
import type { Opening } from '../openings/schema.ts';
import { AfterCheckOut } from './after-check-out.tsx';
import type { BoardFacts } from './board.ts';
import { BookingForm } from './booking-form.tsx';
import { FindTime } from './find-time.tsx';
import { versionOf } from './pending-visits.ts';
import { type Board, focusVisit } from './use-board.ts';
import type { Refused } from './use-visit-actions.ts';
import { CancelDialog } from './visit-dialogs.tsx';
import { minutesOfVisit } from './visit-words.ts';
import { cancelWrite, errorWrite, moveWrite, reinstateWrite } from './visit-writes.ts';
import { WayOnDialog } from './way-on-dialog.tsx';

/** The dialogs of a board, one at a time. */
export function BoardDialogs({ board, facts }: { board: Board; facts: BoardFacts }) {
  const { dialog, closeDialog, actions } = board;
  const today = localDate(facts.nowMs, facts.zone);
  if (actions.refused) return <RefusedDialog board={board} refused={actions.refused} />;
  if (!dialog) return null;
  if (dialog.kind === 'book') {
    return (
      <BookingForm
        start={dialog}
        zone={facts.zone}
        onClose={closeDialog}
        onBooked={(visit) => focusVisit(visit.visitId)}
      />
    );
  }
  const { visit } = dialog;
  switch (dialog.kind) {
    case 'cancel':
      return (
        <CancelDialog
          visit={visit}
          onClose={closeDialog}
          onCancel={(reason, text) => {
            closeDialog();
            void actions.act(cancelWrite(visit, reason, text));
          }}
        />
      );
    case 'error':
      return (
        <ErrorDialog
          onClose={closeDialog}
          onSure={(reason) => {
            closeDialog();
            void actions.act(errorWrite(visit, reason));
          }}
        />
      );
    case 'find':
      return <FindTime today={today} move={movable(visit)} onClose={closeDialog} />;
    case 'later': {
      const from = addDays(localDate(visit.startsAt, facts.zone), 1);
      const wish = { from: from > today ? from : addDays(today, 1) };
      return <FindTime today={today} move={movable(visit)} wish={wish} onClose={closeDialog} />;
    }
    case 'follow-up':
      return <AfterCheckOut visit={visit} onClose={closeDialog} />;
  }
}

export function movable(visit: DayVisit) {
  return {
    visitId: visit.visitId,
    version: versionOf(visit),
    visitTypeId: visit.visitTypeId,
    physicianId: visit.resourceIds[0] ?? '',
    patientId: visit.patientId,
    minutes: minutesOfVisit(visit),
  };
}

/** A move or a return that something stands in the way of. */
function RefusedDialog({ board, refused }: { board: Board; refused: Refused }) {
  const { actions } = board;
  const { write, ...way } = refused;
  const { visit, after, said } = write;
  const returns = visit.state !== after.state;
  const close = () => {
    actions.letRefusedGo();
    focusVisit(visit.visitId);
  };
  const takeOpening = (opening: Opening) => {
    close();
    void actions.act(moveWrite(visit, atOpening(visit, opening), `Moved to ${opening.label}.`));
  };
  const override = (reason: string) => {
    close();
    void actions.act(returns ? reinstateWrite(visit, reason) : moveWrite(visit, after, said, reason));
  };
  return (
    <WayOnDialog
      way={returns ? { ...way, openings: [] } : way}
      onClose={close}
      onOpening={takeOpening}
      onOverride={override}
    />
  );
}

function atOpening(visit: DayVisit, opening: Opening): DayVisit {
  const { startsAt, endsAt, siteId, physicianId, resourceIds } = opening;
  return { ...visit, startsAt, endsAt, siteId, resourceIds: [physicianId, ...resourceIds] };
}

function ErrorDialog({ onClose, onSure }: { onClose: () => void; onSure: (reason: string) => void }) {
  useReturnFocus();
  const [reason, setReason] = useState('');
  return (
    <Dialog
      opened
      onClose={onClose}
      size="small"
      title="This visit was entered in error?"
      onSubmit={() => onSure(reason.trim())}
      submitLabel="Mark it"
      submitLook="danger"
      cancelLabel="Keep it"
      submitDisabledReason={reason.trim().length < 3 && 'Write the reason first.'}
    >
      <p className="ui-dim">It stays on record as entered in error and frees its time.</p>
      <TextInput
        label="Why, in a few words"
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Dialog>
  );
}
