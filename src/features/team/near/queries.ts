import { sql } from 'kysely';
import type { PersonPath, PresentReason } from '../../../platform/contributions.ts';

/** A note about them that names somebody who has not read it, or read it near that day. */
export const mentionReason: PresentReason = {
  name: 'mention',
  label: 'a note about them that mentions someone',
  holds: ({ patientId, from }) => sql<boolean>`exists (
    select from notes n join note_mentions t on t.practice_id = n.practice_id and t.note_id = n.note_id
    where n.patient_id = ${patientId} and t.withdrawn_at is null and (t.read_at is null or t.read_at >= ${from}))`,
};

export const notePaths: readonly PersonPath[] = [
  {
    path: '/api/notes/:id',
    carriedAs: ['noteId'],
    people: (ids) =>
      sql`select note_id as asked, patient_id from notes where note_id = any (${ids}) and patient_id is not null`,
  },
  {
    // A patient, a visit or a task, whichever has that id; of what comes after this feature, what was noted on it.
    path: '/api/notes/about',
    carriedAs: ['aboutId'],
    people: (ids) => sql`
      select patient_id as asked, patient_id from patients where patient_id = any (${ids})
      union all select visit_id, patient_id from visits where visit_id = any (${ids})
      union all select task_id, patient_id from tasks where task_id = any (${ids}) and patient_id is not null
      union all select subject_id, patient_id from notes where subject_id = any (${ids}) and patient_id is not null`,
  },
];
