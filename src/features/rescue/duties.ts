import { sql } from 'kysely';
import { dateLabel } from '../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../platform/calendar/zones.ts';
import type { Duty, DutyContext, DutySource } from '../../platform/contributions.ts';
import type { Db } from '../../platform/db/database.ts';
import { listLines, listRescues } from './queries.ts';
import { isSettled, tellBy } from './rules.ts';
import type { Rescue, RescueLine } from './schema.ts';

const dayMs = 86_400_000;
const hourMs = 3_600_000;
/** What is older is past telling. */
const daysBack = 60;

const isOpen = (line: RescueLine) => !isSettled(line.answer) && line.answer !== 'owed' && !line.overtaken;

type Owed = { rescue: Rescue; lines: RescueLine[] };

async function listOwed(db: Db, now: Date): Promise<Owed[]> {
  const rescues = await listRescues(db, new Date(now.getTime() - daysBack * dayMs));
  const open = rescues.filter(
    ({ undoneAt, counts }) => undoneAt === null && counts.waiting + counts.refused + counts.owed > 0,
  );
  const owed: Owed[] = [];
  for (const rescue of open) owed.push({ rescue, lines: await listLines(db, rescue.rescueId) });
  return owed;
}

function severityOf(dueMs: number, nowMs: number): Duty['severity'] {
  if (dueMs - nowMs <= 2 * hourMs) return 'wrong';
  return dueMs - nowMs <= dayMs ? 'wait' : 'calm';
}

const people = (count: number) => (count === 1 ? '1 person' : `${count} people`);

function whatWords({ physicianName, kind, fromAt }: Rescue, { now, practiceTimeZone }: DutyContext): string {
  const date = localDate(Date.parse(fromAt), practiceTimeZone);
  const today = localDate(now.getTime(), practiceTimeZone);
  const day = date === today ? 'today' : dateLabel(date, Number(today.slice(0, 4)));
  return `${physicianName} ${kind === 'late' ? 'is late' : 'is out'} ${day}`;
}

/** One line for a rescue: until everyone has an answer. Who must know first says when it is due. */
function tellDuty({ rescue, lines }: Owed, context: DutyContext): Duty[] {
  const open = lines.filter(isOpen);
  if (open.length === 0) return [];
  const nowMs = context.now.getTime();
  const dueMs = Math.min(...open.map(tellBy));
  const silent = open.filter(
    (one) => one.answer === 'told' || (one.answer === 'open' && one.tries > 0),
  ).length;
  const refused = open.filter((one) => one.answer === 'refused').length;
  const unreached = open.length - silent - refused;
  return [
    {
      kind: 'rescue.tell',
      subjectId: rescue.rescueId,
      dueAt: new Date(dueMs).toISOString(),
      severity: severityOf(dueMs, nowMs),
      title: `Tell ${people(open.length)}: ${whatWords(rescue, context)}`,
      detail: [
        unreached > 0 ? `${unreached} not called yet` : '',
        silent > 0 ? `${silent} ${silent === 1 ? 'has' : 'have'} not answered` : '',
        refused > 0 ? `${refused} want${refused === 1 ? 's' : ''} another time` : '',
        `the first must know by ${timeLabel(dueMs, context.practiceTimeZone)}`,
      ]
        .filter(Boolean)
        .join(' · '),
      tag: 'call list',
      ownerRole: 'secretary',
      action: { label: 'Open the call list', kind: 'open', href: `/rescue?id=${rescue.rescueId}` },
    },
  ];
}

function rebookDuty({ lines }: Owed, context: DutyContext): Duty[] {
  return lines.flatMap((line) => {
    if (line.answer !== 'owed' || line.dueAt === null) return [];
    const was = localDate(Date.parse(line.fromStartsAt), line.timeZone);
    return {
      kind: 'rescue.rebook',
      subjectId: line.lineId,
      dueAt: line.dueAt,
      severity: severityOf(Date.parse(line.dueAt), context.now.getTime()),
      title: `Book again: ${line.patientName}, ${line.visitTypeName}`,
      detail: [`was ${dateLabel(was)} with ${line.fromPhysicianName}`, 'cancelled by us', line.note]
        .filter(Boolean)
        .join(' · '),
      tag: 'rebook',
      patientId: line.patientId,
      ...(line.ownerStaffId ? { ownerStaffId: line.ownerStaffId } : {}),
      ...(line.ownerRole ? { ownerRole: line.ownerRole } : {}),
      action: { label: 'Book', kind: 'open' as const, href: `/patients/${line.patientId}` },
      others: [
        {
          ...{ label: 'Done', kind: 'call' as const, method: 'POST' as const },
          path: `/api/rescue-lines/${line.lineId}/done`,
          body: { version: line.version },
        },
      ],
    };
  });
}

async function nextChange(db: Db, { now }: DutyContext): Promise<Date | null> {
  const { rows } = await sql<{ at: string | null }>`
    select min(m.at) as at from rescue_lines l
    cross join lateral (values (least(l.from_starts_at, l.to_starts_at)), (l.due_at)) as d (due_at)
    cross join lateral (values (d.due_at - interval '1 day'), (d.due_at - interval '2 hours'), (d.due_at)) as m (at)
    where l.answer in ('open', 'told', 'refused', 'owed') and m.at > ${now}`.execute(db);
  return rows[0]?.at ? new Date(rows[0].at) : null;
}

const topics = ['rescues', 'visits', 'patients', 'practice', 'setup'];

export const rescueDuties: readonly DutySource[] = [
  {
    ...{ kinds: ['rescue.tell'], permission: 'rescue.run', topics, nextChangeAt: nextChange },
    list: async (db, context) => (await listOwed(db, context.now)).flatMap((one) => tellDuty(one, context)),
  },
  {
    ...{ kinds: ['rescue.rebook'], permission: 'rescue.run', topics, nextChangeAt: nextChange },
    list: async (db, context) => (await listOwed(db, context.now)).flatMap((one) => rebookDuty(one, context)),
  },
];
