import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { Dialog } from '../../../ui/dialog.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import type { DayVisit } from '../day/schema.ts';
import { type CancelReason, cancelReasonLabels, chosenReasons } from '../visits/schema.ts';

type CancelProps = {
  visit: DayVisit;
  onClose: () => void;
  onCancel: (reason: CancelReason, text: string) => void;
};

/** Cancel: one click or digit on the reason does it; it can be undone. */
export function CancelDialog({ visit, onClose, onCancel }: CancelProps) {
  useReturnFocus();
  const [text, setText] = useState('');
  return (
    <Dialog opened onClose={onClose} size="small" title={`Cancel the visit of ${visit.patient}: why?`}>
      <div className="sc-column">
        <ChoiceList
          choices={chosenReasons.map((reason) => ({ id: reason, label: cancelReasonLabels[reason] }))}
          onChoose={(reason) => onCancel(reason, text.trim())}
        />
        <TextInput
          label="More about it (if it helps)"
          value={text}
          maxLength={300}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </div>
    </Dialog>
  );
}

type ChoiceListProps<T extends string> = {
  choices: readonly { id: T; label: string; key?: string }[];
  onChoose: (id: T) => void;
  look?: 'row';
};

/** A few buttons with digits. The first has the focus. */
export function ChoiceList<T extends string>({ choices, onChoose, look }: ChoiceListProps<T>) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // After the dialog has put the focus somewhere.
    const timer = setTimeout(() => first.current?.focus(), 20);
    return () => clearTimeout(timer);
  }, []);
  const keyed = choices.map((choice, at) => ({ ...choice, key: choice.key ?? String(at + 1) }));
  useKeys(Object.fromEntries(keyed.map(({ key, id }) => [key, () => onChoose(id)])), { scope: 'dialog' });
  return (
    <ul className={look === 'row' ? 'sc-choices row' : 'sc-choices'}>
      {keyed.map(({ id, label, key }, at) => (
        <li key={id}>
          <button ref={at === 0 ? first : undefined} type="button" onClick={() => onChoose(id)}>
            <Kbd keys={key} /> {label}
          </button>
        </li>
      ))}
    </ul>
  );
}
