import { useState } from 'react';
import type { z } from 'zod';
import { useRead } from '../../../platform/web/use-office.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { openPatientCard } from '../../patients/api.ts';
import { AskedByChips } from '../notice/web/asked-by-chips.tsx';
import { findOpenings } from '../openings/api.ts';
import type { Opening } from '../openings/schema.ts';
import type { SetupSummary } from '../setup/schema.ts';
import type { AskedBy, Visit } from '../visits/schema.ts';
import { BookingForm } from './booking-form.tsx';
import { FindWishes, type Wishes } from './find-wishes.tsx';
import { OpeningList } from './opening-list.tsx';
import type { Place } from './places.ts';
import { type BookBy, useBooking } from './use-booking.ts';
import { startingType, useSetup } from './use-setup.ts';
import { WayOnDialog } from './way-on-dialog.tsx';

/** A visit that looks for another time; only what a move needs of it. */
export type Movable = {
  visitId: string;
  version: number;
  visitTypeId: string;
  physicianId: string;
  /** Known: times at which the person has another visit are left out. */
  patientId?: string;
  minutes: number;
};

export type FindTimeProps = {
  today: string;
  onClose: () => void;
  /** For whom; without, choosing a time asks. */
  patientId?: string;
  /** Looks for another time for this visit. */
  move?: Movable;
  wish?: Partial<Wishes>;
  /** Days that are meant while nobody wishes for others. */
  window?: { from: string; to: string };
  title?: string;
  /** Another way to book than the plain one. */
  bookBy?: BookBy;
  onDone?: (visit: Visit) => void;
};

/** The next times that fit: shown at once for what is likely, Enter takes the first, a digit another. */
export function FindTime(props: FindTimeProps) {
  useReturnFocus();
  const { setup, ready } = useSetup();
  if (!ready) return null;
  return <FindTimeFor {...props} setup={setup} />;
}

type Input = z.input<typeof findOpenings.body>;

const partTimes: Record<Wishes['part'], Input['times']> = {
  any: [],
  morning: [{ from: '00:00', to: '12:00' }],
  afternoon: [{ from: '12:00', to: '24:00' }],
  late: [{ from: '16:00', to: '24:00' }],
};

function asked(wishes: Wishes, { patientId, move, wish, window }: FindTimeProps): Input {
  const asMeant = wishes.from === '' && wishes.aroundDate === wish?.aroundDate;
  return {
    visitTypeId: wishes.visitTypeId,
    physicianIds: wishes.physicianIds,
    weekdays: wishes.weekdays,
    times: partTimes[wishes.part],
    limit: 5,
    ...(wishes.siteId ? { siteId: wishes.siteId } : {}),
    ...(wishes.aroundDate ? { aroundDate: wishes.aroundDate } : {}),
    ...(wishes.from ? { from: wishes.from } : {}),
    ...(asMeant ? window : {}),
    ...(patientId ? { patientId } : {}),
    ...(move
      ? { ignoreVisitId: move.visitId, minutes: move.minutes, patientId: move.patientId ?? patientId }
      : {}),
  };
}

function FindTimeFor(props: FindTimeProps & { setup: SetupSummary }) {
  const { setup, move, patientId, today, onClose, onDone } = props;
  const [wishes, setWishes] = useState<Wishes>(() => ({
    visitTypeId: startingType(setup, undefined, move?.visitTypeId),
    physicianIds: move ? [move.physicianId] : [],
    siteId: '',
    weekdays: [],
    part: 'any',
    from: '',
    aroundDate: '',
    ...props.wish,
  }));
  const [askedBy, setAskedBy] = useState<AskedBy>('patient');
  const [chosen, setChosen] = useState<Opening>();
  const found = useRead(
    findOpenings,
    { body: asked(wishes, props) },
    { topics: ['visits', 'setup'], enabled: wishes.visitTypeId !== '' },
  );
  const booking = useBooking((visit) => {
    onClose();
    onDone?.(visit);
  }, props.bookBy);
  const who = useName(patientId ?? move?.patientId);

  const take = (opening: Opening, overrideReason?: string) => {
    const { startsAt, minutes, siteId, physicianId, resourceIds } = opening;
    const place = { startsAt, minutes, siteId, physicianId, resourceIds, overrideReason };
    setChosen(opening);
    if (move) booking.move(move.visitId, { version: move.version, ...place, askedBy });
    else if (patientId) booking.book({ patientId, visitTypeId: wishes.visitTypeId, ...place });
  };
  if (chosen && booking.way) {
    return (
      <WayOnDialog
        way={booking.way}
        busy={booking.busy}
        onClose={booking.letWayGo}
        onOpening={(opening) => take(opening)}
        onOverride={(reason) => take(chosen, reason)}
      />
    );
  }
  if (chosen && !move && !patientId) {
    return (
      <BookingForm
        zone={chosen.timeZone}
        start={{ place: placeOf(chosen), visitTypeId: wishes.visitTypeId, picked: true }}
        onClose={onClose}
        onBooked={onDone}
      />
    );
  }
  const { openings = [], blocked = [], nearest = [] } = found.data ?? {};
  return (
    <Dialog opened onClose={onClose} size="large" title={props.title ?? titleOf(move !== undefined, who)}>
      <div className="sc-find">
        <div className="sc-wishes">
          <FindWishes wishes={wishes} onChange={setWishes} today={today} fixedType={move !== undefined} />
          {move && <AskedByChips value={askedBy} onPick={setAskedBy} />}
        </div>
        <section aria-label="Times that fit" aria-live="polite">
          {booking.error && (
            <p role="alert" className="ui-form-error">
              {booking.error}
            </p>
          )}
          {found.error && <p className="ui-form-error">{found.error.message}</p>}
          {wishes.visitTypeId === '' && (
            <p className="ui-dim">No visit types yet. A manager adds them in Settings.</p>
          )}
          {found.isLoading && <Skeleton rows={5} height={34} label="Looking for times" />}
          <OpeningList openings={openings} onPick={take} busy={booking.busy} focusFirst />
          {found.data && openings.length === 0 && (
            <NothingFits blocked={blocked} nearest={nearest} onPick={take} busy={booking.busy} />
          )}
          {openings.length > 0 && (
            <p className="ui-dim">{hintOf(move !== undefined, patientId !== undefined)}</p>
          )}
        </section>
      </div>
    </Dialog>
  );
}

function hintOf(moves: boolean, knowsWho: boolean): string {
  if (moves) return 'Enter moves the visit to the first; a digit to another.';
  return knowsWho ? 'Enter books the first; a digit another.' : 'Enter takes the first and asks for whom.';
}

function titleOf(moves: boolean, who: string | undefined): string {
  if (moves) return who ? `Another time for ${who}` : 'Another time';
  return who ? `A time for ${who}` : 'Find a time';
}

function placeOf(opening: Opening): Place {
  const { startsAt, siteId, physicianId, resourceIds } = opening;
  return { startsAt, siteId, physicianId, resourceIds, date: startsAt.slice(0, 10), startMinutes: 0 };
}

type NothingProps = {
  blocked: readonly string[];
  nearest: readonly Opening[];
  onPick: (opening: Opening) => void;
  busy: boolean;
};

/** Nothing fits: what stands in the way, and what would nearly do. */
function NothingFits({ blocked, nearest, onPick, busy }: NothingProps) {
  return (
    <div className="sc-blocked">
      <p>
        <b>Nothing fits as wished.</b>
      </p>
      <ul>
        {blocked.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
      {nearest.length > 0 && <h3 className="sc-small-head">Nearest that would do</h3>}
      <OpeningList openings={nearest} onPick={onPick} busy={busy} focusFirst />
    </div>
  );
}

/** "Joanna Smith", once it is known. */
export function useName(patientId: string | undefined): string | undefined {
  const { data } = useRead(
    openPatientCard,
    { params: { id: patientId ?? '' } },
    { topics: ['patients'], enabled: patientId !== undefined, keys: patientId ? [patientId] : [] },
  );
  return patientId && data?.card.patientId === patientId ? data.card.callName : undefined;
}
