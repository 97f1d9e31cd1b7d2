import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatClock, formatDay } from '../../../ui/format.ts';
import { clockMinutes, parseTime } from '../../../ui/parse.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import type { Block, BlockTime } from '../blocks/schema.ts';

const usual = ['Lunch', 'Rounds', 'Meeting', 'Away'];

export type BlockStart = Omit<BlockTime, 'reason'> & { reason?: string; block?: Block };

type DialogProps = {
  start: BlockStart;
  /** Whose time it is. */
  name: string;
  onClose: () => void;
  onSave: (block: BlockTime) => void;
  onRemove?: () => void;
};

const clock = (local: string) => formatClock(clockMinutes(local));

/** Block time: what for, from when to when. Enter blocks. */
export function BlockDialog({ start, name, onClose, onSave, onRemove }: DialogProps) {
  useReturnFocus();
  const [reason, setReason] = useState(start.reason ?? '');
  const [from, setFrom] = useState(clock(start.startsLocal));
  const [to, setTo] = useState(clock(start.endsLocal));
  const [startsLocal, endsLocal] = [parseTime(from), parseTime(to)];
  const why =
    (reason.trim() === '' && 'Say what for, in a word.') ||
    ((!startsLocal || !endsLocal) && 'Type times like 12:30 pm.') ||
    (startsLocal && endsLocal && endsLocal <= startsLocal && 'It ends after it begins.');
  const save = (words: string) => {
    if (!startsLocal || !endsLocal || endsLocal <= startsLocal || words.trim() === '') return;
    const { resourceId, onDate } = start;
    onSave({ resourceId, onDate, startsLocal, endsLocal, reason: words.trim() });
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      size="small"
      title={`${start.block ? 'Blocked time' : 'Block time'} of ${name}, ${formatDay(start.onDate)}`}
      onSubmit={() => save(reason)}
      submitLabel={start.block ? 'Save' : 'Block'}
      submitDisabledReason={why || undefined}
    >
      <div className="sc-fields">
        <TextInput
          className="sc-wide"
          label="What for"
          data-autofocus
          value={reason}
          maxLength={200}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {!start.block && (
          <div className="sc-usual sc-wide">
            {usual.map((word) => (
              <Button key={word} look="quiet" onClick={() => save(word)}>
                {word}
              </Button>
            ))}
          </div>
        )}
        <TextInput label="From" value={from} onChange={(event) => setFrom(event.currentTarget.value)} />
        <TextInput label="To" value={to} onChange={(event) => setTo(event.currentTarget.value)} />
        {onRemove && (
          <Button className="sc-wide" look="danger" icon="trash" onClick={onRemove}>
            Open it again
          </Button>
        )}
      </div>
    </Dialog>
  );
}
