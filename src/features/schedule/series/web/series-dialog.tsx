import './series.css';
import { TextInput } from '@mantine/core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { usePerson } from '../../../../platform/web/person-in-view.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { formatClock, formatCount, localDate } from '../../../../ui/format.ts';
import { clockMinutes, parseTime } from '../../../../ui/parse.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useReturnFocus } from '../../../../ui/use-return-focus.ts';
import { DayInput } from '../../web/find-wishes.tsx';
import { PickInput } from '../../web/pick-input.tsx';
import { rememberType, useSetup } from '../../web/use-setup.ts';
import { bookSeries, previewSeries } from '../api.ts';
import type { BookSeries, PlaceResult } from '../schema.ts';
import { firstOn, readRepeat } from '../words/rules.ts';
import { type Chosen, choicesOf, PlaceList } from './place-list.tsx';

export type SeriesStart = {
  patientId: string;
  name: string;
  visitTypeId: string;
  physicianId: string;
  siteId: string;
  resourceIds: string[];
  minutes?: number;
  reason?: string;
  note?: string;
  /** Not before this day; the first is the first that fits. */
  date: string;
  time: string;
  /** How often, as typed: `weekly x6`. */
  repeat: string;
};

export type SeriesDialogProps = {
  start: SeriesStart;
  zone: string;
  onClose: () => void;
  onBooked?: (seriesId: string) => void;
};

/** A series before it is booked: every visit with what stands in its way. Enter books all that can be. */
export function SeriesDialog({ start, zone, onClose, onBooked }: SeriesDialogProps) {
  useReturnFocus();
  const [draft, setDraft] = useState(start);
  const [chosen, setChosen] = useState<ReadonlyMap<number, Chosen>>(new Map());
  const set = (change: Partial<SeriesStart>) => {
    setChosen(new Map());
    setDraft((now) => ({ ...now, ...change }));
  };
  const today = localDate(new Date(), zone);
  const body = useMemo(() => bodyOf(draft), [draft]);
  const rehearsed = useRead(
    previewSeries,
    { body: body ?? undefined },
    { topics: [], enabled: body !== null },
  );
  const places = body ? rehearsed.data?.places : undefined;
  const stale = rehearsed.isPlaceholderData;
  const write = useBookSeries(draft.visitTypeId, (seriesId) => {
    onClose();
    onBooked?.(seriesId);
  });
  const count = places && countOf(places, chosen);
  const form = useFocusOnSubmit(places !== undefined && !stale);
  const submit = () => {
    if (body && places) write.book({ ...body, choices: choicesOf(places, chosen) });
  };
  const reason = !body
    ? 'Say how often, like “weekly x6” or “tue thu for 6 weeks”.'
    : (rehearsed.error?.message ??
      (!places || stale ? 'The times are looked up.' : count?.booked === 0 && 'No visit can be booked.'));
  return (
    <Dialog
      opened
      size="large"
      onClose={onClose}
      title={`A series for ${start.name}`}
      onSubmit={submit}
      submitLabel={count ? submitWords(count) : 'Book'}
      submitDisabledReason={reason}
      busy={write.busy}
    >
      <div className="se-form" ref={form}>
        {write.error && (
          <p role="alert" className="ui-form-error">
            {write.error}
          </p>
        )}
        <PatternFields draft={draft} set={set} today={today} />
        <section aria-label="The visits" aria-live="polite">
          <p className="se-label">{rehearsed.data && body ? rehearsed.data.label : reason}</p>
          {rehearsed.error && <p className="ui-form-error">{rehearsed.error.message}</p>}
          {body && rehearsed.isPending && <Skeleton rows={6} height={30} label="Looking up the times" />}
          {places && (
            <PlaceList
              places={places}
              zone={rehearsed.data?.timeZone ?? zone}
              chosen={chosen}
              onChoose={(placeNo, choice) => setChosen((now) => new Map(now).set(placeNo, choice))}
            />
          )}
        </section>
      </div>
    </Dialog>
  );
}

/** Once the times are there, Enter books. */
function useFocusOnSubmit(ready: boolean) {
  const form = useRef<HTMLDivElement>(null);
  const done = useRef(false);
  useEffect(() => {
    if (!ready || done.current) return;
    done.current = true;
    const timer = setTimeout(() =>
      form.current?.closest('form')?.querySelector<HTMLElement>('[type=submit]')?.focus(),
    );
    return () => clearTimeout(timer);
  }, [ready]);
  return form;
}

type Count = { booked: number; owed: number; skipped: number };

function countOf(places: readonly PlaceResult[], chosen: ReadonlyMap<number, Chosen>): Count {
  const choices = choicesOf(places, chosen);
  const kinds = places.map((place) => {
    const kind = choices.find((one) => one.placeNo === place.placeNo)?.choice.kind;
    if (kind === 'give-up') return 'skipped';
    if (kind === 'owe') return 'owed';
    return kind === 'instead' || place.state === 'booked' ? 'booked' : 'owed';
  });
  const count = (kind: string) => kinds.filter((one) => one === kind).length;
  return { booked: count('booked'), owed: count('owed'), skipped: count('skipped') };
}

function submitWords({ booked, owed }: Count): string {
  return `Book ${formatCount(booked, 'visit')}${owed > 0 ? `, keep ${owed} as owed` : ''}`;
}

/** @returns null while it is not said how often */
function bodyOf(draft: SeriesStart): Omit<BookSeries, 'choices'> | null {
  const repeat = readRepeat(draft.repeat, draft.date);
  const time = parseTime(draft.time);
  if (!repeat || !time || !draft.physicianId || !draft.visitTypeId) return null;
  const { patientId, visitTypeId, siteId, physicianId, resourceIds, minutes, reason, note } = draft;
  return {
    ...{ patientId, visitTypeId, siteId, physicianId, resourceIds },
    ...(minutes ? { minutes } : {}),
    ...{ reason: reason ?? '', note: note ?? '' },
    pattern: { ...repeat, startsOn: firstOn(draft.date, repeat.weekdays), time },
  };
}

type FieldsProps = {
  draft: SeriesStart;
  set: (change: Partial<SeriesStart>) => void;
  today: string;
};

function PatternFields({ draft, set, today }: FieldsProps) {
  const { physicians, types } = useSetup();
  return (
    <div className="se-fields">
      <TextInput
        label="How often"
        placeholder="weekly x6, tue thu for 6 weeks, monthly x3"
        value={draft.repeat}
        onChange={(event) => set({ repeat: event.currentTarget.value })}
      />
      <DayInput
        label="Begin on"
        today={today}
        value={draft.date}
        onChange={(date) => date && set({ date })}
      />
      <TimeInput value={draft.time} onChange={(time) => set({ time })} />
      <PickInput
        label="Visit type"
        options={types}
        value={draft.visitTypeId}
        onPick={(visitTypeId) => set({ visitTypeId })}
      />
      <PickInput
        label="Physician"
        options={physicians}
        value={draft.physicianId}
        onPick={(physicianId) => set({ physicianId })}
      />
    </div>
  );
}

/** A time, typed loosely; taken when it can be read. */
export function TimeInput({ value, onChange }: { value: string; onChange: (time: string) => void }) {
  const [typed, setTyped] = useState<string>();
  return (
    <TextInput
      label="Time"
      value={typed ?? (value ? formatClock(clockMinutes(value)) : '')}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => setTyped(undefined)}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        const time = parseTime(event.currentTarget.value);
        if (time) onChange(time);
      }}
    />
  );
}

function useBookSeries(visitTypeId: string, onDone: (seriesId: string) => void) {
  const toast = useToast();
  const person = usePerson();
  const { mutate, isPending, error } = useWrite(bookSeries, { touches: ['visits', 'series'] });
  const book = (body: BookSeries) =>
    mutate(
      { body },
      {
        onSuccess: ({ seriesId, booked, planned }) => {
          rememberType(visitTypeId);
          person.show(body.patientId);
          const rest = planned - booked;
          const owed = rest > 0 ? ` ${formatCount(rest, 'visit')} of it still owed: Today keeps it.` : '';
          toast.done(`Series booked: ${booked} of ${formatCount(planned, 'visit')}.${owed}`);
          onDone(seriesId);
        },
      },
    );
  return { book, busy: isPending, error: error?.message };
}
