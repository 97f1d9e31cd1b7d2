import '../../web/patients.css';
import { useState } from 'react';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Dialog } from '../../../../ui/dialog.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { FormError, TextField } from '../../../../ui/fields.tsx';
import { formatDayTime } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { listChartMoves, moveChart } from '../api.ts';
import { type ChartPlace, Whereabouts } from '../schema.ts';

const touches = ['charts'];

/** Where the paper chart is: its shelf, or with whom since when; and where it was. */
export function ChartSection({ patientId, mayChange }: { patientId: string; mayChange: boolean }) {
  const [moving, setMoving] = useState<ChartPlace | 'first'>();
  const [shown, setShown] = useState(false);
  const { data, error, refetch, isPlaceholderData } = useRead(
    listChartMoves,
    { params: { id: patientId } },
    { topics: ['charts'], keys: [patientId] },
  );
  const moves = isPlaceholderData ? undefined : data?.moves;
  const now = moves?.filter((one) => one.endedAt === null) ?? [];
  const past = moves?.filter((one) => one.endedAt !== null) ?? [];
  return (
    <section className="pt-section" aria-label="Paper chart">
      <h2>
        Paper chart
        {mayChange && moves && now.length === 0 && (
          <Button look="quiet" icon="plus" onClick={() => setMoving('first')}>
            Say where it is
          </Button>
        )}
      </h2>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && !moves && <Skeleton rows={1} />}
      {moves?.length === 0 && <p className="ui-dim">None noted.</p>}
      <ul className="pt-relations">
        {now.map((place) => (
          <PlaceLine
            key={place.moveId}
            {...{ place, patientId, mayChange }}
            onMove={() => setMoving(place)}
          />
        ))}
      </ul>
      {past.length > 0 && (
        <Button look="quiet" icon="clock" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {shown ? 'Hide where it was' : 'Where it was'}
        </Button>
      )}
      {shown && <Past past={past} />}
      {moving && (
        <MoveDialog
          patientId={patientId}
          {...(moving === 'first' ? {} : { from: moving })}
          onClose={() => setMoving(undefined)}
        />
      )}
    </section>
  );
}

const placeWords = ({ shelf, outTo }: ChartPlace) => (outTo ? `with ${outTo}` : shelf);

function Past({ past }: { past: readonly ChartPlace[] }) {
  const { timeZone } = useSession();
  return (
    <ol className="pt-history">
      {past.map((one) => (
        <li key={one.moveId}>
          <span className="ui-num ui-dim">{formatDayTime(one.at, timeZone)}</span> {placeWords(one)}
          {one.note && `, ${one.note}`}
          {one.byName && ` (${one.byName})`}
        </li>
      ))}
    </ol>
  );
}

type LineProps = { place: ChartPlace; patientId: string; mayChange: boolean; onMove: () => void };

function PlaceLine({ place, patientId, mayChange, onMove }: LineProps) {
  const { timeZone } = useSession();
  const toast = useToast();
  const write = useWrite(moveChart, { touches });
  const { shelf, outTo, note, at } = place;
  const back = () =>
    write.mutate(
      { params: { id: patientId }, body: { endsId: place.moveId, shelf } },
      { onSuccess: () => toast.done(`Back on ${shelf}.`), onError: (error) => toast.refused(error.message) },
    );
  return (
    <li>
      <span>
        <b>{placeWords(place)}</b> {outTo && <Tag tone="wait">out</Tag>}
        <small>
          {[`since ${formatDayTime(at, timeZone)}`, outTo && shelf ? `belongs on ${shelf}` : '', note]
            .filter(Boolean)
            .join(' · ')}
        </small>
      </span>
      {mayChange && (
        <span className="pt-line-actions">
          {outTo && shelf && (
            <Button look="quiet" icon="check" onClick={back}>
              Is back
            </Button>
          )}
          <Button look="quiet" onClick={onMove}>
            Move
          </Button>
        </span>
      )}
    </li>
  );
}

type DialogProps = { patientId: string; from?: ChartPlace; onClose: () => void };

function MoveDialog({ patientId, from, onClose }: DialogProps) {
  const write = useWrite(moveChart, { touches });
  const draft = useDraft<{ shelf: string; outTo: string; note: string }>(`chart of ${patientId}`);
  const form = useForm({
    initial: draft.initial ?? { shelf: from?.shelf ?? '', outTo: '', note: '' },
    schema: Whereabouts,
    onSubmit: async (place) => {
      const body = { ...place, endsId: from?.moveId ?? null };
      await write.mutateAsync({ params: { id: patientId }, body });
      draft.drop();
      onClose();
    },
  });
  if (form.dirty) draft.keep(form.values);
  return (
    <Dialog
      opened
      size="small"
      onClose={onClose}
      title="Paper chart"
      onSubmit={form.submit}
      busy={form.submitting}
    >
      <FormError form={form} />
      <TextField form={form} path="outTo" label="Out to" hint="empty: on its shelf" autoFocus />
      <TextField form={form} path="shelf" label="Shelf" placeholder="Room 2, S to T" />
      <TextField form={form} path="note" label="Note" />
    </Dialog>
  );
}
