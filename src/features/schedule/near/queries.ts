import { sql } from 'kysely';
import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';

/** A visit near today, also one that was cancelled or missed: it is spoken of for days. */
export const visitReason: PresentReason = {
  name: 'visit',
  label: 'a visit near that day',
  holds: ({ patientId, from, to }) => sql<boolean>`exists (
    select from visits v where v.patient_id = ${patientId} and v.starts_at >= ${from} and v.starts_at < ${to}
      and v.state <> 'entered_in_error')`,
};

/** A visit of any day that was booked, moved or cancelled lately: the office is at work on it. */
export const visitStepReason: PresentReason = {
  name: 'visit-step',
  label: 'a visit that was booked or changed near that day',
  holds: ({ patientId, from, to }) => sql<boolean>`exists (
    select from visits v
    join visit_steps x on x.practice_id = v.practice_id and x.visit_id = v.visit_id
    where v.patient_id = ${patientId} and v.state <> 'entered_in_error'
      and x.at >= ${from} and x.at < ${to})`,
};

/** Whose a visit is. */
export const visitPaths: readonly PersonPath[] = [
  { path: '/api/visits/:id', carriedAs: ['visitId', 'visitIds'] },
  { path: '/fhir/R4/Appointment/:id' },
].map((one) => ({
  ...one,
  people: (ids) => sql`select visit_id as asked, patient_id from visits where visit_id = any (${ids})`,
}));

/** Whose a series of visits is. */
export const seriesPaths: readonly PersonPath[] = [
  {
    path: '/api/series/:id',
    carriedAs: ['seriesId'],
    people: (ids) => sql`select series_id as asked, patient_id from series where series_id = any (${ids})`,
  },
];
