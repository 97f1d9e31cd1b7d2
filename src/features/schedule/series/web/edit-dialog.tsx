import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { formatCount, formatDayTime, formatTime } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useReturnFocus } from '../../../../ui/use-return-focus.ts';
import type { SetupSummary } from '../../setup/schema.ts';
import { type CancelReason, cancelReasonLabels, chosenReasons } from '../../visits/schema.ts';
import { PickInput } from '../../web/pick-input.tsx';
import { useSetup } from '../../web/use-setup.ts';
import { editSeries, previewEdit, undoSeriesEdit } from '../api.ts';
import type { EditResult, EditSeries, Series, SeriesPlace } from '../schema.ts';
import { firstSentence } from './place-list.tsx';
import { TimeInput } from './series-dialog.tsx';

type EditDialogProps = { series: Series; place: SeriesPlace; kind: 'move' | 'cancel'; onClose: () => void };

type Draft = {
  scope: EditSeries['scope'];
  movedToo: boolean;
  time: string;
  days: string;
  minutes: string;
  physicianId: string;
  roomId: string;
  deviceId: string;
  reason: CancelReason;
  text: string;
};

const scopeWords: readonly [EditSeries['scope'], string][] = [
  ['following', 'This and the following'],
  ['one', 'This one alone'],
  ['all', 'All that lie ahead'],
];

/** Change several visits at once: what becomes of each is shown before it is done. */
export function EditDialog({ series, place, kind, onClose }: EditDialogProps) {
  useReturnFocus();
  const toast = useToast();
  const [draft, setDraft] = useState<Draft>({
    ...{ scope: 'following', movedToo: false, time: '', days: '', minutes: '', physicianId: '' },
    ...{ roomId: '', deviceId: '' },
    ...{ reason: 'patient-asked', text: '' },
  });
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const body = bodyOf(draft, { series, place, kind });
  const params = { id: series.seriesId };
  const rehearsed = useRead(
    previewEdit,
    { params, body: body ?? undefined },
    { topics: [], enabled: body !== null },
  );
  const write = useWrite(editSeries, { touches: ['visits', 'series'] });
  const undo = useWrite(undoSeriesEdit, { touches: ['visits', 'series'] });
  const results = body ? rehearsed.data?.results : undefined;
  const changed = results?.filter((one) => one.outcome === 'changed').length ?? 0;
  const save = () => {
    if (!body) return;
    write.mutate(
      { params, body },
      {
        onSuccess: ({ version, changed: count, stay }) => {
          const done = kind === 'cancel' ? 'Cancelled' : 'Changed';
          const rest = stay > 0 ? ` ${formatCount(stay, 'visit')} stay where they are.` : '';
          toast.done(`${done}: ${formatCount(count, 'visit')} of the series.${rest}`, {
            undo: () => undo.mutateAsync({ params, body: { version } }),
          });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      opened
      size="large"
      onClose={onClose}
      title={`${kind === 'cancel' ? 'Cancel visits' : 'Change visits'} of the series from ${wordsOf(series, place)}`}
      onSubmit={save}
      submitLook={kind === 'cancel' ? 'danger' : 'go'}
      submitLabel={`${kind === 'cancel' ? 'Cancel' : 'Change'} ${formatCount(changed, 'visit')}`}
      cancelLabel="Leave it"
      busy={write.isPending}
      submitDisabledReason={!body ? 'Say what changes.' : changed === 0 && 'No visit would change.'}
    >
      <div className="se-form">
        {(write.error ?? rehearsed.error) && (
          <p role="alert" className="ui-form-error">
            {(write.error ?? rehearsed.error)?.message}
          </p>
        )}
        <Chips
          label="Which visits"
          options={scopeWords}
          value={draft.scope}
          onPick={(scope) => set({ scope })}
        />
        {kind === 'move' ? (
          <MoveFields draft={draft} set={set} siteId={series.siteId} />
        ) : (
          <CancelFields draft={draft} set={set} />
        )}
        <section aria-label="What becomes of each" aria-live="polite">
          {!body && (
            <p className="ui-dim">What becomes of each visit is shown here before anything is done.</p>
          )}
          {body && rehearsed.isPending && <Skeleton rows={4} height={30} label="Looking up the times" />}
          {results && <ResultList results={results} zone={series.timeZone} kind={kind} />}
        </section>
      </div>
    </Dialog>
  );
}

function wordsOf(series: Series, place: SeriesPlace): string {
  return formatDayTime(place.visit?.startsAt ?? place.wantedAt, series.timeZone);
}

type About = Pick<EditDialogProps, 'series' | 'place' | 'kind'>;

/** @returns null while nothing changes */
function bodyOf(draft: Draft, { series, place, kind }: About): EditSeries | null {
  const { scope, movedToo, time, days, minutes, physicianId, roomId, deviceId, reason, text } = draft;
  const resourceIds = [roomId, deviceId].filter((id) => id !== '');
  const common = { version: series.version, scope, fromNo: place.placeNo, movedToo };
  if (kind === 'cancel') return { ...common, edit: { kind: 'cancel', reason, text } };
  const change = {
    ...(time ? { time } : {}),
    ...(Number(days) ? { days: Number(days) } : {}),
    ...(Number(minutes) >= 5 ? { minutes: Number(minutes) } : {}),
    ...(physicianId ? { physicianId } : {}),
    ...(resourceIds.length > 0 ? { resourceIds } : {}),
  };
  return Object.keys(change).length === 0 ? null : { ...common, edit: { kind: 'move', change } };
}

type FieldsProps = { draft: Draft; set: (change: Partial<Draft>) => void };

const asItIs = { id: '', label: 'as it is' };

function MoveFields({ draft, set, siteId }: FieldsProps & { siteId: string }) {
  const { physicians, setup } = useSetup();
  const here = (all: SetupSummary['rooms']) => [
    asItIs,
    ...all.filter((one) => one.siteId === siteId).map((one) => ({ id: one.resourceId, label: one.name })),
  ];
  const [rooms, devices] = [here(setup.rooms), here(setup.devices)];
  return (
    <div className="se-fields">
      <TimeInput value={draft.time} onChange={(time) => set({ time })} />
      <TextInput
        label="Days later (−1: a day earlier)"
        value={draft.days}
        placeholder="0"
        onChange={(event) =>
          set({ days: event.currentTarget.value.replace('−', '-').replace(/[^\d-]/g, '') })
        }
      />
      <TextInput
        label="Minutes"
        inputMode="numeric"
        value={draft.minutes}
        onChange={(event) => set({ minutes: event.currentTarget.value.replace(/\D/g, '') })}
      />
      <PickInput
        label="Physician"
        options={[asItIs, ...physicians]}
        value={draft.physicianId}
        onPick={(physicianId) => set({ physicianId })}
      />
      {rooms.length > 1 && (
        <PickInput label="Room" options={rooms} value={draft.roomId} onPick={(roomId) => set({ roomId })} />
      )}
      {devices.length > 1 && (
        <PickInput
          label="Device"
          options={devices}
          value={draft.deviceId}
          onPick={(deviceId) => set({ deviceId })}
        />
      )}
      <label className="se-check">
        <input
          type="checkbox"
          checked={draft.movedToo}
          onChange={(event) => set({ movedToo: event.currentTarget.checked })}
        />{' '}
        also those that were moved by hand
      </label>
    </div>
  );
}

function CancelFields({ draft, set }: FieldsProps) {
  return (
    <>
      <Chips
        label="Why"
        options={chosenReasons.map((reason) => [reason, cancelReasonLabels[reason]] as const)}
        value={draft.reason}
        onPick={(reason) => set({ reason })}
      />
      <TextInput
        label="More about it (if it helps)"
        value={draft.text}
        maxLength={300}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
    </>
  );
}

type ChipsProps<T extends string> = {
  label: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onPick: (value: T) => void;
};

function Chips<T extends string>({ label, options, value, onPick }: ChipsProps<T>) {
  return (
    <fieldset className="sc-chips" aria-label={label}>
      {options.map(([id, words]) => (
        <button
          key={id}
          type="button"
          className="ui-chip"
          aria-pressed={id === value}
          onClick={() => onPick(id)}
        >
          {words}
        </button>
      ))}
    </fieldset>
  );
}

type ResultListProps = { results: readonly EditResult[]; zone: string; kind: 'move' | 'cancel' };

function ResultList({ results, zone, kind }: ResultListProps) {
  return (
    <ol className="se-places">
      {results.map((one) => (
        <li key={one.placeNo}>
          <span className="ui-num se-when">{formatDayTime(one.fromStartsAt, zone)}</span>
          {one.outcome === 'changed' ? (
            <>
              <Tag tone="good" sign="✓">
                {kind === 'cancel' ? 'cancelled' : 'changes'}
              </Tag>
              {kind === 'move' && (
                <span>
                  → {formatDayTime(one.startsAt, zone, one.startsAt.slice(0, 10))} with {one.physicianName}
                  {one.resourceNames.length > 0 && ` · ${one.resourceNames.join(', ')}`}
                </span>
              )}
            </>
          ) : (
            <>
              <Tag tone="wait" sign="=">
                stays {formatTime(one.startsAt, zone)}
              </Tag>
              <span className="ui-dim se-why">{firstSentence(one.why)}</span>
            </>
          )}
        </li>
      ))}
    </ol>
  );
}
