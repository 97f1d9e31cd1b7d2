import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';

type Moving = { fromId: string; toId: string; step: 'merged' | 'taken_apart'; only?: readonly string[] };

/** Visits change their person: each has a step that says so. Two at one time both stay. */
async function moveVisits(tx: Tx, { fromId, toId, step, only }: Moving): Promise<string[]> {
  const { rows } = await sql<{ visitId: string }>`
    with moved as (
      update visits set patient_id = ${toId}, version = version + 1
      where patient_id = ${fromId}
        and (${only ? [...only] : null}::uuid[] is null or visit_id = any (${only ? [...only] : null}::uuid[]))
      returning visit_id
    ), told as (
      insert into visit_steps (practice_id, visit_id, step_no, step, at, by_staff_id, detail)
      select ${tx.practiceId}, m.visit_id, (select coalesce(max(x.step_no), 1) + 1 from visit_steps x
          where x.practice_id = ${tx.practiceId} and x.visit_id = m.visit_id), ${step}, ${tx.now},
        ${tx.actor.staffId}, ${JSON.stringify({ fromPatientId: fromId, toPatientId: toId })}::jsonb
      from moved m
    )
    select visit_id from moved order by visit_id`.execute(tx.db);
  const ids = rows.map((row) => row.visitId);
  if (ids.length === 0) return ids;
  const before = { patientId: fromId };
  tx.audit({
    action: `visit.${step.replace('_', '-')}`,
    subjectKind: 'visit',
    subjectIds: ids,
    before,
    after: { patientId: toId },
  });
  tx.touch('visits');
  return ids;
}

export const visitHolder: PersonHolder = {
  name: 'visits',
  words: { one: 'visit', many: 'visits' },
  // A move locks the visit before its person: so does a merge.
  hold: async (tx, patientIds) => {
    await sql`
      select from visits where patient_id = any (${[...patientIds]}::uuid[])
      order by visit_id for no key update`.execute(tx.db);
  },
  move: (tx, fromId, toId) => moveVisits(tx, { fromId, toId, step: 'merged' }),
  moveBack: (tx, ids, fromId, toId) => moveVisits(tx, { fromId, toId, step: 'taken_apart', only: ids }),
  preview: async (db, fromId, toId) => {
    const { rows } = await sql<{ count: number; clashes: number }>`
      select count(*)::int as count, (select count(*)::int from visits a join visits b
          on b.patient_id = ${toId} and b.starts_at < a.ends_at and b.ends_at > a.starts_at
          and b.state not in ('cancelled', 'no_show', 'entered_in_error')
        where a.patient_id = ${fromId} and a.state not in ('cancelled', 'no_show', 'entered_in_error')) as clashes
      from visits where patient_id = ${fromId} and state <> 'entered_in_error'`.execute(db);
    const { count = 0, clashes = 0 } = rows[0] ?? {};
    const remark =
      clashes === 1
        ? 'Both records have a visit at the same time. Both stay: cancel the one too many.'
        : `Both records have visits at the same time, ${clashes} times. All stay: cancel those too many.`;
    return { count, remarks: clashes === 0 ? [] : [remark] };
  },
};
