import './schedule.css';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../platform/web/call.ts';
import { DeskLink } from '../../../platform/web/desk-link.tsx';
import { useMaySession } from '../../../platform/web/session.tsx';
import { refreshTopics, useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { formatDayTime, localDate } from '../../../ui/format.ts';
import { Tag, type Tone } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { MissedLine } from '../notice/web/missed-line.tsx';
import { SeriesLink } from '../series/web/series-link.tsx';
import { arriveVisit, listPatientVisits, undoVisit } from '../visits/api.ts';
import { cancelReasonLabels, type PatientVisit, type VisitState } from '../visits/schema.ts';
import { noteVersion, versionOf } from './pending-visits.ts';
import { useBookFor } from './use-book-for.tsx';
import { minutesOfVisit } from './visit-words.ts';

export type PatientVisitsProps = {
  patientId: string;
  /** `card`: next, last and the buttons; `list`: every visit below them. */
  look?: 'card' | 'list';
};

/** The visits of a person: next, last, and what may be done about them. */
export function PatientVisits({ patientId, look = 'card' }: PatientVisitsProps) {
  const limit = look === 'card' ? 5 : 100;
  const { data, error } = useRead(
    listPatientVisits,
    { params: { id: patientId }, query: { limit } },
    { topics: ['visits'] },
  );
  const booking = useBookFor(patientId);
  const session = useMaySession();
  if (session && !session.may('visits.see')) return null;
  const { next, last, visits } = data ?? { next: null, last: null, visits: [] };
  return (
    <section className="sc-visits" aria-label="Visits">
      {error && <p className="sc-wrong">{error.message}</p>}
      <dl>
        <dt>Next</dt>
        <dd>
          {next ? (
            <VisitFact visit={next} />
          ) : (
            <span className="ui-dim">{data ? 'nothing booked' : '…'}</span>
          )}
        </dd>
        <dt>Last</dt>
        <dd>
          {last ? <VisitFact visit={last} /> : <span className="ui-dim">{data ? 'no visit yet' : '…'}</span>}
        </dd>
      </dl>
      <VisitActs patientId={patientId} next={next} booking={booking} />
      {look === 'list' && <MissedLine patientId={patientId} />}
      {look === 'list' && <VisitList visits={visits} loaded={data !== undefined} />}
      {booking.dialog}
    </section>
  );
}

function VisitFact({ visit }: { visit: PatientVisit }) {
  return (
    <>
      <DayLink visit={visit} />
      <small>
        {visit.visitTypeName} · {visit.physicianName} · {visit.siteName}
      </small>
    </>
  );
}

/** The time, leading to its day on the schedule. */
function DayLink({ visit }: { visit: PatientVisit }) {
  const date = localDate(visit.startsAt, visit.timeZone);
  return (
    <DeskLink className="ui-num" to="/schedule" search={{ date }}>
      {formatDayTime(visit.startsAt, visit.timeZone, localDate(new Date(), visit.timeZone))}
    </DeskLink>
  );
}

type ActsProps = { patientId: string; next: PatientVisit | null; booking: ReturnType<typeof useBookFor> };

function VisitActs({ patientId, next, booking }: ActsProps) {
  const session = useMaySession();
  const client = useQueryClient();
  const toast = useToast();
  const [refused, setRefused] = useState<string>();
  const arrive = useWrite(arriveVisit, { touches: ['visits'] });
  const may = (permission: string) => !session || session.may(permission);
  const today = next && localDate(next.startsAt, next.timeZone) === localDate(new Date(), next.timeZone);
  const checkIn = (visit: PatientVisit) =>
    arrive.mutate(
      { params: { id: visit.visitId }, body: { version: versionOf(visit) } },
      {
        onError: (error) => setRefused(error.message),
        onSuccess: (answer) => {
          setRefused(undefined);
          noteVersion(visit.visitId, answer.visit.version);
          const undo = async () => {
            const version = versionOf(visit);
            const back = await call(undoVisit, { params: { id: visit.visitId }, body: { version } });
            noteVersion(visit.visitId, back.visit.version);
            await refreshTopics(client, ['visits']);
          };
          toast.done('Checked in.', { undo });
        },
      },
    );
  return (
    <>
      <div className="sc-visits-acts">
        {next && today && next.state === 'booked' && may('visits.arrive') && (
          <Button look="go" icon="person-check" busy={arrive.isPending} onClick={() => checkIn(next)}>
            Check in
          </Button>
        )}
        {may('visits.book') && (
          <Button icon="plus" onClick={() => booking.book()}>
            Book
          </Button>
        )}
        {next && may('visits.move') && (
          <Button icon="move" onClick={() => booking.move(movableOf(next, patientId))}>
            Move
          </Button>
        )}
      </div>
      {refused && (
        <p role="alert" className="sc-wrong">
          {refused}
        </p>
      )}
    </>
  );
}

function movableOf(visit: PatientVisit, patientId: string) {
  return {
    visitId: visit.visitId,
    version: versionOf(visit),
    visitTypeId: visit.visitTypeId,
    physicianId: visit.physicianId,
    patientId,
    minutes: minutesOfVisit(visit),
  };
}

const stateFaces: Record<VisitState, { words: string; sign: string; tone?: Tone }> = {
  booked: { words: 'booked', sign: '◇', tone: 'calm' },
  arrived: { words: 'waiting', sign: '◔', tone: 'wait' },
  in_room: { words: 'in room', sign: '▣', tone: 'good' },
  with_physician: { words: 'with physician', sign: '●', tone: 'good' },
  checked_out: { words: 'seen', sign: '✓' },
  cancelled: { words: 'cancelled', sign: '✕' },
  no_show: { words: 'no-show', sign: '⊘', tone: 'wrong' },
  entered_in_error: { words: 'entered in error', sign: '✕' },
};

function VisitList({ visits, loaded }: { visits: readonly PatientVisit[]; loaded: boolean }) {
  if (loaded && visits.length === 0)
    return <p className="ui-dim">No visits yet. The first one booked stands here.</p>;
  return (
    <ul className="sc-visit-list" aria-label="All visits">
      {visits.map((visit) => {
        const { words, sign, tone } = stateFaces[visit.state];
        return (
          <li key={visit.visitId}>
            <DayLink visit={visit} />
            <span>
              {visit.visitTypeName} · {visit.physicianName}
              {visit.reason && <span className="ui-dim"> · {visit.reason}</span>}{' '}
              {visit.seriesId && <SeriesLink seriesId={visit.seriesId} no={visit.seriesNo} />}
            </span>
            <span className="ui-dim">{visit.cancelReason && cancelReasonLabels[visit.cancelReason]}</span>
            <Tag tone={tone} sign={sign}>
              {words}
            </Tag>
          </li>
        );
      })}
    </ul>
  );
}
