import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { z } from 'zod';
import { useMaySession } from '../../../platform/web/session.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { formatDayTime, formatDuration } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import type { DayVisit } from '../day/schema.ts';
import { editVisit } from '../visits/api.ts';
import {
  AskedBy,
  CancelReason,
  cancelReasonLabels,
  type Visit,
  type VisitHistoryStep,
} from '../visits/schema.ts';
import { noteVersion, versionOf } from './pending-visits.ts';
import { historyWords } from './visit-words.ts';

type TextsProps = { visit: DayVisit; read: Visit | undefined; onEditing?: (editing: boolean) => void };

/** Reason and note: read, and changed in place. */
export function VisitTexts({ visit, read, onEditing }: TextsProps) {
  const session = useMaySession();
  const [edits, setEdits] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another visit is read, not edited
  useEffect(() => setEdits(false), [visit.visitId]);
  useEffect(() => onEditing?.(edits), [edits, onEditing]);
  if (edits && read) return <TextsForm visit={visit} read={read} onClose={() => setEdits(false)} />;
  const reason = read?.reason ?? visit.reason ?? '';
  const mayEdit = !session || session.may('visits.confirm');
  return (
    <p className="sc-texts">
      <span>
        <i>Reason</i> {reason || <span className="ui-dim">none given</span>}
      </span>
      {read?.note && (
        <span>
          <i>Note</i> {read.note}
        </span>
      )}
      {mayEdit && read && (
        <Button look="quiet" icon="edit" onClick={() => setEdits(true)}>
          Edit
        </Button>
      )}
    </p>
  );
}

function TextsForm({ visit, read, onClose }: { visit: DayVisit; read: Visit; onClose: () => void }) {
  const toast = useToast();
  const [reason, setReason] = useState(read.reason);
  const [note, setNote] = useState(read.note);
  const write = useWrite(editVisit, { touches: ['visits'] });
  const save = () =>
    write.mutate(
      { params: { id: visit.visitId }, body: { version: versionOf(visit), reason, note } },
      {
        onSuccess: (answer) => {
          noteVersion(visit.visitId, answer.visit.version);
          toast.done('Reason and note saved.');
          onClose();
        },
      },
    );
  return (
    <form
      className="sc-texts-form"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <TextInput
        label="Reason for the visit"
        value={reason}
        maxLength={300}
        autoFocus
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <TextInput
        label="Note for the office"
        value={note}
        maxLength={2000}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit" look="go" busy={write.isPending}>
        Save
      </Button>
      <Button onClick={onClose}>Leave it</Button>
      {write.error && (
        <p role="alert" className="sc-wrong">
          {write.error.message}
        </p>
      )}
    </form>
  );
}

/** A step of nobody at a desk: the program's own, or one that the patient took on our page. */
function byWhom(detail: VisitHistoryStep['detail']): string {
  return detail.by === 'patient' ? 'the patient, by link' : 'the office itself';
}

/** Who did what when, newest first. */
export function VisitHistory({ steps, zone }: { steps: readonly VisitHistoryStep[]; zone: string }) {
  if (steps.length === 0) return <p className="ui-dim">The history is on its way.</p>;
  return (
    <ol className="sc-history" aria-label="History">
      {[...steps].reverse().map((step) => (
        <li key={step.stepNo} data-undone={step.undone || undefined}>
          <span className="ui-num">{formatDayTime(step.at, zone)}</span>
          <b>{historyWords[step.step]}</b>
          <span>{detailWords(step.detail, zone)}</span>
          <span className="ui-dim">
            {step.byName || byWhom(step.detail)}
            {step.undone && ' · undone'}
          </span>
        </li>
      ))}
    </ol>
  );
}

const Times = z.object({ startsAt: z.string(), minutes: z.number().optional() });
const Detail = z.object({
  from: z.union([Times, z.string()]).optional(),
  to: z.union([Times, z.string()]).optional(),
  reason: z.string().optional(),
  text: z.string().optional(),
  overrideReason: z.string().nullish(),
  withSeries: z.enum(['one', 'following', 'all']).optional(),
  askedBy: AskedBy.optional(),
  late: z.boolean().optional(),
});

const seriesScopes = { one: 'this one', following: 'this and the following', all: 'all ahead' };

/** What a step carries, in words; what is not known here stays unsaid. */
function detailWords(detail: VisitHistoryStep['detail'], zone: string): string {
  const read = Detail.safeParse(detail);
  if (!read.success) return '';
  const { from, to, reason, text, overrideReason, withSeries, askedBy, late } = read.data;
  const known = CancelReason.safeParse(reason);
  const words = [
    from && to ? `${placeWords(from, zone)} → ${placeWords(to, zone)}` : '',
    known.success ? cancelReasonLabels[known.data] : reason,
    text,
    overrideReason && `although: ${overrideReason}`,
    askedBy && `asked by the ${askedBy}${late ? ', late' : ''}`,
    withSeries && `with its series (${seriesScopes[withSeries]})`,
  ];
  return words.filter(Boolean).join(' · ');
}

function placeWords(at: z.infer<typeof Times> | string, zone: string): string {
  const startsAt = typeof at === 'string' ? at : at.startsAt;
  if (Number.isNaN(Date.parse(startsAt))) return startsAt;
  const length = typeof at === 'string' || !at.minutes ? '' : ` (${formatDuration(at.minutes)})`;
  return `${formatDayTime(startsAt, zone)}${length}`;
}
