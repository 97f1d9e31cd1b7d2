import { sql } from 'kysely';
import type { Duty, DutySource } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { snoopDuties } from './snoops/duties.ts';

type Glass = { glassId: string; at: string; patientId: string | null; who: string };

function dutyOf({ glassId, at, patientId, who }: Glass): Duty {
  return {
    kind: 'privacy.glass',
    subjectId: glassId,
    // At once: the longer ago, the less anyone remembers why.
    dueAt: new Date(at).toISOString(),
    severity: 'wrong',
    title: patientId ? `${who} opened a restricted record` : `${who} raised their rights in an emergency`,
    detail: 'read the reason, look at what was seen, write what you found',
    tag: 'broken glass',
    action: { label: 'Review', kind: 'open', href: `/privacy?show=glass&glass=${glassId}` },
  };
}

async function listOpen(db: Db): Promise<Duty[]> {
  const { rows } = await sql<Glass>`
    select g.glass_id, g.at, g.patient_id, s.display_name as who from broken_glass g
    join staff s on s.practice_id = g.practice_id and s.staff_id = g.staff_id
    where g.reviewed_at is null order by g.at, g.glass_id limit 200`.execute(db);
  return rows.map(dutyOf);
}

export const privacyDuties: readonly DutySource[] = [
  ...snoopDuties,
  {
    kinds: ['privacy.glass'],
    permission: 'privacy.review',
    topics: ['glass'],
    list: listOpen,
    nextChangeAt: async () => null,
    countDone: async (db, since) => {
      const { rows } = await sql<{ staffId: string | null; count: number }>`
        select reviewed_by as staff_id, count(*)::int as count from broken_glass
        where reviewed_at >= ${since} group by reviewed_by order by reviewed_by limit 200`.execute(db);
      return rows;
    },
  },
];
