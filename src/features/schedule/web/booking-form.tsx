import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { toInstant } from '../../../platform/calendar/zones.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatClock, formatDay, localDate, localMinutes } from '../../../ui/format.ts';
import { clockMinutes, parseDate, parseTime } from '../../../ui/parse.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { PatientPicker } from '../../patients/web/patient-search.tsx';
import { PersonWarnings } from '../../patients/web/person-warnings.tsx';
import type { Hold } from '../holds/schema.ts';
import type { Opening } from '../openings/schema.ts';
import { SeriesDialog, type SeriesStart } from '../series/web/series-dialog.tsx';
import { readRepeat } from '../series/words/rules.ts';
import type { SetupSummary } from '../setup/schema.ts';
import type { Visit } from '../visits/schema.ts';
import { lengthFor } from './board.ts';
import { HoldNote } from './hold-note.tsx';
import { PickInput } from './pick-input.tsx';
import type { Place } from './places.ts';
import { useBooking } from './use-booking.ts';
import { useHold, type WantedHold } from './use-hold.ts';
import { startingType, useSetup } from './use-setup.ts';
import { WaitInstead } from './wait-instead.tsx';
import { WayOnDialog } from './way-on-dialog.tsx';

export type BookingStart = {
  place: Place;
  /** Typed on the slot: carried over into the search for the person. */
  text?: string;
  person?: Person;
  visitTypeId?: string;
  /** It was picked of several that were offered: held at once, while one asks for whom. */
  picked?: boolean;
  /** The time is held for this desk already. */
  hold?: Hold;
};

export type Person = { patientId: string; name: string };

export type BookingFormProps = {
  start: BookingStart;
  zone: string;
  onClose: () => void;
  onBooked?: (visit: Visit) => void;
};

/** Book into a time: who, and everything else is already there. Enter takes the person, Enter books. */
export function BookingForm(props: BookingFormProps) {
  useReturnFocus();
  const { setup, ready } = useSetup();
  if (!ready) return null;
  return <BookingFields {...props} setup={setup} />;
}

type Draft = {
  person?: Person;
  visitTypeId: string;
  physicianId: string;
  date: string;
  time: string;
  minutes: string;
  reason: string;
  note: string;
  repeat: string;
};

function firstDraft({ place, person, visitTypeId }: BookingStart, setup: SetupSummary, zone: string): Draft {
  return {
    person,
    physicianId: place.physicianId ?? '',
    visitTypeId: startingType(setup, place.physicianId, visitTypeId),
    date: localDate(place.startsAt, zone),
    time: formatClock(localMinutes(place.startsAt, zone)),
    minutes: '',
    reason: '',
    note: '',
    repeat: '',
  };
}

function BookingFields({
  start,
  zone,
  onClose,
  onBooked,
  setup,
}: BookingFormProps & { setup: SetupSummary }) {
  const { physicians, types } = useSetup();
  const [draft, setDraft] = useState(() => firstDraft(start, setup, zone));
  const [error, setError] = useState<string>();
  const [series, setSeries] = useState<SeriesStart>();
  const holding = useHold(wantedHold(draft, start.place, zone), start);
  const booking = useBooking((visit) => {
    holding.taken();
    onClose();
    onBooked?.(visit);
  });
  const submit = useRef<HTMLDivElement>(null);
  const set = (change: Partial<Draft>) => {
    setError(undefined);
    setDraft((now) => ({ ...now, ...change }));
  };
  const type = setup.visitTypes.find((one) => one.visitTypeId === draft.visitTypeId);
  const usual = type ? lengthFor(type, draft.physicianId) : 0;
  const read = readDraft(draft, start.place, zone);
  const startSeries = (asked: Exclude<typeof read, string>, person: Person) => {
    if (!readRepeat(draft.repeat, draft.date)) return setError(repeatHelp);
    const time = parseTime(draft.time) ?? '';
    const series = { ...asked, name: person.name, date: draft.date, time, repeat: draft.repeat };
    // The series books this very time: held, it would stand in its own way
    void holding.free().then(() => setSeries(series));
  };
  const book = async (change: { opening?: Opening; overrideReason?: string } = {}) => {
    if (typeof read === 'string') return setError(read);
    if (draft.repeat.trim() && draft.person) return startSeries(read, draft.person);
    const { opening, overrideReason } = change;
    const holdId = await holding.settled();
    booking.book({
      ...read,
      ...(holdId ? { holdId } : {}),
      ...(opening
        ? {
            startsAt: opening.startsAt,
            physicianId: opening.physicianId,
            siteId: opening.siteId,
            resourceIds: opening.resourceIds,
            minutes: opening.minutes,
          }
        : {}),
      ...(overrideReason ? { overrideReason } : {}),
    });
  };
  if (booking.way) {
    return (
      <WayOnDialog
        way={booking.way}
        busy={booking.busy}
        onClose={booking.letWayGo}
        onOpening={(opening) => void book({ opening })}
        onOverride={(overrideReason) => void book({ overrideReason })}
      />
    );
  }
  if (series) return <SeriesDialog start={series} zone={zone} onClose={onClose} />;
  const pickPerson = (person: Person) => {
    set({ person });
    // Everything else is there already: the next Enter books.
    setTimeout(() => submit.current?.closest('form')?.querySelector<HTMLElement>('[type=submit]')?.focus());
  };
  const who = physicians.find((one) => one.id === draft.physicianId)?.label ?? 'choose a physician';
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`Book ${formatDay(draft.date)}, ${draft.time} · ${who}`}
      onSubmit={() => void book()}
      submitLabel="Book"
      busy={booking.busy}
      submitDisabledReason={draft.person ? undefined : 'Choose the person first.'}
      aside={<WaitInstead {...draft} onClose={onClose} />}
    >
      <div className="sc-fields" ref={submit}>
        {(error ?? booking.error) && (
          <p role="alert" className="ui-form-error sc-wide">
            {error ?? booking.error}
          </p>
        )}
        <div className="sc-wide">
          {draft.person ? (
            <PersonChosen person={draft.person} onChange={() => set({ person: undefined })} />
          ) : (
            <PatientPicker
              label="Person"
              autoFocus
              initialText={start.text}
              onPick={(hit) => pickPerson({ patientId: hit.patientId, name: hit.fileName })}
            />
          )}
        </div>
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
        <WhenFields draft={draft} usual={usual} set={set} today={localDate(new Date(), zone)} />
        <HoldNote {...holding} />
        <TextInput
          className="sc-wide"
          label="Repeat"
          placeholder="once; or weekly x6, tue thu for 6 weeks, monthly x3"
          value={draft.repeat}
          maxLength={100}
          onChange={(event) => set({ repeat: event.currentTarget.value })}
        />
        <TextInput
          className="sc-wide"
          label="Reason for the visit"
          value={draft.reason}
          maxLength={300}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
        <TextInput
          className="sc-wide"
          label="Note for the office"
          value={draft.note}
          maxLength={2000}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
      </div>
    </Dialog>
  );
}

type WhenProps = { draft: Draft; usual: number; set: (change: Partial<Draft>) => void; today: string };

function WhenFields({ draft, usual, set, today }: WhenProps) {
  const [date, setDate] = useState<string>();
  return (
    <div className="sc-when sc-wide">
      <TextInput
        label="Day"
        value={date ?? formatDay(draft.date, today)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setDate(event.currentTarget.value);
          const parsed = parseDate(event.currentTarget.value, { today });
          if (parsed) set({ date: parsed });
        }}
        onBlur={() => setDate(undefined)}
      />
      <TextInput
        label="Time"
        value={draft.time}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => set({ time: event.currentTarget.value })}
        onBlur={() => {
          const parsed = parseTime(draft.time);
          if (parsed) set({ time: formatClock(clockMinutes(parsed)) });
        }}
      />
      <TextInput
        label="Minutes"
        inputMode="numeric"
        placeholder={usual ? String(usual) : ''}
        value={draft.minutes}
        onChange={(event) => set({ minutes: event.currentTarget.value.replace(/\D/g, '') })}
      />
    </div>
  );
}

function PersonChosen({ person, onChange }: { person: Person; onChange: () => void }) {
  return (
    <div className="sc-chosen">
      <b>{person.name}</b>
      <Button look="quiet" onClick={onChange}>
        Someone else
      </Button>
      <PersonWarnings patientId={person.patientId} />
    </div>
  );
}

const repeatHelp = 'Say how often like “weekly x6”, “tue thu for 6 weeks” or “monthly x3”.';
/** The place that the form stands on, for whoever it will be. */
function wantedHold(draft: Draft, place: Place, zone: string): WantedHold | undefined {
  const nobody = { patientId: '', name: '' };
  const read = readDraft({ ...draft, person: draft.person ?? nobody }, place, zone);
  if (typeof read === 'string') return undefined;
  const { patientId: _who, reason: _reason, note: _note, ...wanted } = read;
  return wanted;
}

/** @returns what to send, or what is still missing, in words */
function readDraft(draft: Draft, place: Place, zone: string) {
  const time = parseTime(draft.time);
  if (!draft.person) return 'Choose the person first.';
  if (!draft.visitTypeId) return 'Choose the visit type.';
  if (!draft.physicianId) return 'Choose the physician.';
  if (!time) return 'Type a time, like 9:15 am.';
  return {
    patientId: draft.person.patientId,
    visitTypeId: draft.visitTypeId,
    physicianId: draft.physicianId,
    siteId: place.siteId,
    resourceIds: place.resourceIds,
    startsAt: new Date(toInstant(draft.date, time, zone)).toISOString(),
    ...(draft.minutes ? { minutes: Number(draft.minutes) } : {}),
    reason: draft.reason,
    note: draft.note,
  };
}
