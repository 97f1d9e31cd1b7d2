import { dutyKey } from '../../../features/tasks/marks/rules.ts';
import type { DutyMark } from '../../../features/tasks/marks/schema.ts';
import type { Duty } from '../../../platform/contributions.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import type { Session } from '../../../platform/session/session.ts';
import type { BoardRead, TodayBoard } from './board.ts';
import { readToday, type Today, type TodayDuty } from './today-api.ts';
import { compareDuties, isMine, isOwedToday, sectionOf } from './today-rules.ts';

const mostShown = 500;

type View = { session: Session; now: Date; marks: Map<string, DutyMark>; names: Map<string, string> };

function wordOf(duty: Duty, now: Date): string {
  if (duty.tag) return duty.tag;
  if (duty.severity === 'wrong') return Date.parse(duty.dueAt) <= now.getTime() ? 'late' : 'at risk';
  return duty.severity === 'wait' ? 'soon' : 'owed';
}

function rowOf(duty: Duty, { session, now, marks, names }: View): TodayDuty {
  const key = dutyKey(duty);
  const mark = marks.get(key);
  const ownerStaffId = mark?.ownerStaffId ?? duty.ownerStaffId ?? null;
  const ownerRole = ownerStaffId ? null : (duty.ownerRole ?? null);
  const asleep = mark?.snoozedUntil && Date.parse(mark.snoozedUntil) > now.getTime();
  return {
    key,
    kind: duty.kind,
    subjectId: duty.subjectId,
    dueAt: duty.dueAt,
    severity: duty.severity,
    title: duty.title,
    detail: duty.detail,
    tag: wordOf(duty, now),
    patientId: duty.patientId ?? null,
    ownerStaffId,
    ownerName: ownerStaffId ? (names.get(ownerStaffId) ?? '') : '',
    ownerRole,
    mine: isMine({ ownerStaffId, ownerRole }, session),
    section: sectionOf(duty.dueAt, now, session.timeZone),
    action: duty.action,
    others: [...(duty.others ?? [])],
    markVersion: mark?.version ?? 0,
    snoozedUntil: asleep ? mark.snoozedUntil : null,
    snoozeReason: asleep ? mark.snoozeReason : '',
  };
}

/** What this person may see of the board, put in order. */
function showTo(session: Session, board: BoardRead, now: Date, who: 'mine' | 'everyone'): Today {
  const seen = board.pieces.filter((piece) => session.permissions.has(piece.permission));
  const marks = new Map(seen.flatMap((piece) => piece.marks.map((mark) => [mark.dutyKey, mark] as const)));
  const names = new Map(
    seen.flatMap((piece) => piece.names.map((name) => [name.staffId, name.displayName] as const)),
  );
  const view = { session, now, marks, names };
  const rows = seen.flatMap((piece) => piece.duties.map((duty) => rowOf(duty, view))).sort(compareDuties);
  const awake = rows.filter((row) => row.snoozedUntil === null);
  const owed = awake.filter((row) => isOwedToday(row.section));
  const wanted = (row: TodayDuty) => who === 'everyone' || row.mine;
  const done = seen.flatMap((piece) => piece.done);
  const sum = (counts: typeof done) => counts.reduce((total, { count }) => total + count, 0);
  return {
    now: now.toISOString(),
    duties: awake.filter(wanted).slice(0, mostShown),
    snoozed: rows
      .filter((row) => row.snoozedUntil !== null && wanted(row))
      .sort((a, b) => Date.parse(a.snoozedUntil ?? '') - Date.parse(b.snoozedUntil ?? ''))
      .slice(0, mostShown),
    counts: {
      mine: owed.filter((row) => row.mine).length,
      everyone: owed.length,
      doneMine: sum(done.filter(({ staffId }) => staffId === session.staffId)),
      doneEveryone: sum(done),
    },
    askAgainAt: board.askAgainAt?.toISOString() ?? null,
  };
}

export function todayRoutes(board: TodayBoard): readonly Route[] {
  return [
    route(readToday, 'duties.see', async (tx, { query, session }) => {
      const read = await board.read(tx, session.timeZone);
      const today = showTo(session, read, tx.now, query.who);
      const shown = [...today.duties, ...today.snoozed];
      const people = [...new Set(shown.flatMap((row) => (row.patientId ? [row.patientId] : [])))];
      if (people.length > 0)
        tx.audit({ action: 'duties.listed', subjectKind: 'patient', subjectIds: people });
      return today;
    }),
  ];
}
