import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useMaySession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { Opening } from '../openings/schema.ts';
import { OpeningList } from './opening-list.tsx';
import type { WayOn } from './refusals.ts';

type WayOnProps = {
  way: WayOn;
  busy?: boolean;
  onOpening: (opening: Opening) => void;
  onOverride: (reason: string) => void;
};

const overrideLabels: Record<string, string> = {
  'visits.overbook': 'Double-book…',
  'visits.outside-hours': 'Book outside hours…',
  'visits.override-slots': 'Book into the kept time…',
  'visits.override-rules': 'Book against the rule…',
  'visits.book': 'Book all the same…',
};

/** What is in the way, and every way on: the next free times, or doing it anyway with a reason. */
export function WayOnView({ way, busy, onOpening, onOverride }: WayOnProps) {
  const session = useMaySession();
  const [reason, setReason] = useState<string>();
  const { overridePermission: needed } = way;
  const may = needed !== undefined && session?.may(needed) === true;
  return (
    <div className="sc-way">
      <p role="alert" className="ui-form-error">
        {way.message}
      </p>
      {way.openings.length > 0 && (
        <>
          <h3 className="sc-small-head">Next free</h3>
          <OpeningList openings={way.openings} onPick={onOpening} busy={busy} focusFirst />
        </>
      )}
      {needed !== undefined && !may && (
        <p className="ui-dim">A colleague with that right may do it anyway.</p>
      )}
      {may && reason === undefined && (
        <div>
          <Button onClick={() => setReason('')}>{overrideLabels[needed] ?? 'Do it anyway…'}</Button>
        </div>
      )}
      {may && reason !== undefined && (
        <form
          className="sc-override"
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            if (reason.trim().length >= 3) onOverride(reason.trim());
          }}
        >
          <Textarea
            label="Why, in a few words"
            autosize
            autoFocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.shiftKey) return;
              event.preventDefault();
              event.currentTarget.form?.requestSubmit();
            }}
          />
          <Button
            type="submit"
            look="go"
            busy={busy}
            disabledReason={reason.trim().length < 3 && 'Write the reason first.'}
          >
            {(overrideLabels[needed] ?? 'Do it anyway').replace('…', '')}
          </Button>
        </form>
      )}
    </div>
  );
}

export function WayOnDialog({ onClose, ...props }: WayOnProps & { onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title="That does not go as it is">
      <WayOnView {...props} />
    </Dialog>
  );
}
