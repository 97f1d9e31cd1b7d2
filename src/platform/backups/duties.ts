import type { Duty, DutyContext, DutySource } from '../contributions.ts';
import type { Db } from '../db/database.ts';
import { findLastDrillAt, findPlan, findPracticeAge, listRuns } from './queries.ts';
import { lastDue, lateAfterMs, nextDrill, nextDue, planWithinMs } from './rules.ts';

const dayMs = 86_400_000;
const openSystem = (label: string) => ({ label, kind: 'open' as const, href: '/system' });

async function facts(db: Db, { now, practiceTimeZone }: DutyContext) {
  const { practiceId, kind, createdAt } = await findPracticeAge(db);
  // What a demo holds is invented: losing it costs nobody anything.
  if (kind === 'demo') return null;
  const plan = await findPlan(db);
  const runs = await listRuns(db);
  const due = plan && lastDue(plan, now, practiceTimeZone);
  return {
    practiceId,
    createdAt,
    plan,
    runs,
    due,
    drillAt: plan && nextDrill(plan, await findLastDrillAt(db)),
  };
}
type Facts = NonNullable<Awaited<ReturnType<typeof facts>>>;

function unplanned({ practiceId, createdAt, plan, runs }: Facts, now: Date): Duty[] {
  const from = Date.parse(createdAt) + planWithinMs;
  if (plan || from > now.getTime()) return [];
  const last = runs.find((run) => run.finishedAt !== null);
  if (last && now.getTime() - Date.parse(last.dueAt) < 2 * dayMs) return [];
  return [
    {
      kind: 'backup.plan',
      subjectId: practiceId,
      dueAt: new Date(from + 4 * dayMs).toISOString(),
      severity: 'wrong',
      title: 'Nothing backs this office up',
      detail: 'say when, where and with which passphrase · takes a minute',
      tag: 'backup',
      action: openSystem('Plan the backups'),
    },
  ];
}

function late({ practiceId, due, runs }: Facts, now: Date): Duty[] {
  if (!due || due.getTime() + lateAfterMs > now.getTime()) return [];
  if (runs.some((run) => run.finishedAt !== null && Date.parse(run.dueAt) >= due.getTime())) return [];
  const fault = runs.find((run) => Date.parse(run.dueAt) === due.getTime())?.fault;
  const good = runs.find((run) => run.finishedAt !== null);
  const since = good ? `the last good one is ${good.file}` : 'there is no good one yet';
  return [
    {
      kind: 'backup.late',
      subjectId: practiceId,
      dueAt: new Date(due.getTime() + lateAfterMs).toISOString(),
      severity: 'wrong',
      title: fault ? 'The backup failed' : 'The backup is late',
      detail: fault
        ? `${fault} · ${since}`
        : `the office did not run at its time, or is still at it · ${since}`,
      tag: 'backup',
      action: openSystem('Look at it'),
      others: [{ label: 'Back up now', kind: 'call', method: 'POST', path: '/api/backups/now', body: {} }],
    },
  ];
}

function drill({ practiceId, drillAt }: Facts, now: Date): Duty[] {
  if (!drillAt || drillAt > now) return [];
  return [
    {
      kind: 'backup.drill',
      subjectId: practiceId,
      dueAt: new Date(drillAt.getTime() + 14 * dayMs).toISOString(),
      severity: 'wait',
      title: 'Try to restore a backup',
      detail:
        'on another machine or in an empty folder: “frontdesk restore <file>” · nobody knows a backup before',
      tag: 'backup',
      action: {
        label: 'It was restored',
        kind: 'call',
        method: 'POST',
        path: '/api/backups/drills',
        body: {},
        reasonLabel: 'What did you restore, and what did you see?',
      },
      others: [openSystem('Look at the backups')],
    },
  ];
}

/** A backup that is missing, late or failed is the manager's to look at, and a restore to be tried. */
export const backupDuties: DutySource = {
  kinds: ['backup.plan', 'backup.late', 'backup.drill'],
  permission: 'office.upkeep',
  topics: ['backups', 'practice'],
  list: async (db, context) => {
    const found = await facts(db, context);
    if (!found) return [];
    return [unplanned, late, drill].flatMap((of) => of(found, context.now));
  },
  nextChangeAt: async (db, context) => {
    const found = await facts(db, context);
    if (!found) return null;
    const { plan, due, drillAt, createdAt } = found;
    const moments = [
      Date.parse(createdAt) + planWithinMs,
      ...(due ? [due.getTime() + lateAfterMs] : []),
      ...(plan ? [nextDue(plan, context.now, context.practiceTimeZone).getTime() + lateAfterMs] : []),
      ...(drillAt ? [drillAt.getTime()] : []),
    ].filter((ms) => ms > context.now.getTime());
    return moments.length > 0 ? new Date(Math.min(...moments)) : null;
  },
};
