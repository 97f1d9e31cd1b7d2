import { sql } from 'kysely';
import type { DutySource } from '../../../platform/contributions.ts';
import { formatFindings } from './words/rules.ts';

const weekMs = 7 * 86_400_000;

/** What the report found is read within a week of the first. */
export const snoopDuties: readonly DutySource[] = [
  {
    kinds: ['privacy.findings'],
    permission: 'privacy.review',
    topics: ['snoops'],
    list: async (db) => {
      const { rows } = await sql<{ practiceId: string; count: number; madeAt: string }>`
        select practice_id, count(*)::int as count, min(made_at) as made_at from snoop_findings
        where reviewed_at is null group by practice_id order by practice_id limit 1`.execute(db);
      return rows.map(({ practiceId, count, madeAt }) => ({
        kind: 'privacy.findings',
        subjectId: practiceId,
        dueAt: new Date(Date.parse(madeAt) + weekMs).toISOString(),
        severity: 'wait' as const,
        title: formatFindings(count),
        detail: 'looks at records that nothing explains; read the evidence, ask, write what you found out',
        tag: 'snooping report',
        action: { label: 'Read', kind: 'open' as const, href: '/privacy?show=report' },
      }));
    },
    nextChangeAt: async () => null,
  },
];
