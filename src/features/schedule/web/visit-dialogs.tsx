import { TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { addDays, addMonthsClamped } from '../../../platform/calendar/dates.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { localDate } from '../../../ui/format.ts';
import { Kbd } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import type { DayVisit } from '../day/schema.ts';
import { type CancelReason, cancelReasonLabels, chosenReasons } from '../visits/schema.ts';
import { FindTime } from './find-time.tsx';
import { isFollowUp, useSetup } from './use-setup.ts';

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

const spans = [
  { id: '2w', label: '2 weeks' },
  { id: '6w', label: '6 weeks' },
  { id: '3m', label: '3 months' },
  { id: '6m', label: '6 months' },
  { id: '1y', label: '1 year' },
  { id: 'none', label: 'None', key: '0' },
] as const;
type SpanId = (typeof spans)[number]['id'];

function dateAfter(today: string, span: SpanId): string {
  if (span.endsWith('w')) return addDays(today, Number.parseInt(span, 10) * 7);
  return addMonthsClamped(today, span === '1y' ? 12 : Number.parseInt(span, 10));
}

type FollowUpProps = { visit: DayVisit; nowMs: number; zone: string; onClose: () => void };

/** After check-out: when shall they come again? Then the times around that day with the same physician. */
export function FollowUpDialog({ visit, nowMs, zone, onClose }: FollowUpProps) {
  useReturnFocus();
  const { setup } = useSetup();
  const [span, setSpan] = useState<SpanId>();
  const today = localDate(nowMs, zone);
  const physicianId = visit.resourceIds[0] ?? '';
  const type = setup.visitTypes.find(isFollowUp);
  if (span) {
    return (
      <FindTime
        today={today}
        patientId={visit.patientId}
        title={`Follow-up for ${visit.patient}`}
        wish={{
          aroundDate: dateAfter(today, span),
          physicianIds: [physicianId],
          visitTypeId: type?.visitTypeId ?? visit.visitTypeId,
        }}
        onClose={onClose}
      />
    );
  }
  const choose = (chosen: SpanId) => (chosen === 'none' ? onClose() : setSpan(chosen));
  return (
    <Dialog opened onClose={onClose} size="small" title={`${visit.patient} is checked out. Follow-up?`}>
      <ChoiceList choices={spans} onChoose={choose} />
    </Dialog>
  );
}
