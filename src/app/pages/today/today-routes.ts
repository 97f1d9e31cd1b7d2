import type { DutyMark } from '../../../features/tasks/marks/schema.ts';
import type { Duty } from '../../../platform/contributions.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import type { Session } from '../../../platform/session/session.ts';
import type { BoardRead, Owed, TodayBoard } from './board.ts';
import { readToday, type Today, type TodayDuty } from './today-api.ts';
import { compareDuties, isMine, isOwedToday, type Ordered, sectionsAt } from './today-rules.ts';

type View = { session: Session; now: Date; names: Map<string, string> };

/** A duty as it stands for one person at this moment: what order and counts need. */
type Standing = Ordered & {
  duty: Duty;
  mark: DutyMark | undefined;
  ownerStaffId: string | null;
  ownerRole: string | null;
  wakesMs: number | null;
};

function wordOf(duty: Duty, dueMs: number, now: Date): string {
  if (duty.tag) return duty.tag;
  if (duty.severity === 'wrong') return dueMs <= now.getTime() ? 'late' : 'at risk';
  return duty.severity === 'wait' ? 'soon' : 'owed';
}

function standingsOf(pieces: BoardRead['pieces'], now: Date, timeZone: string): Standing[] {
  const marks = new Map(pieces.flatMap((piece) => piece.marks.map((mark) => [mark.dutyKey, mark] as const)));
  const sectionAt = sectionsAt(now, timeZone);
  const stand = ({ duty, key, dueMs }: Owed): Standing => {
    const mark = marks.get(key);
    const ownerStaffId = mark?.ownerStaffId ?? duty.ownerStaffId ?? null;
    const ownerRole = ownerStaffId ? null : (duty.ownerRole ?? null);
    const wakesMs = mark?.snoozedUntil ? Date.parse(mark.snoozedUntil) : 0;
    return {
      ...{ duty, key, dueMs, mark, ownerStaffId, ownerRole },
      severity: duty.severity,
      title: duty.title,
      section: sectionAt(dueMs),
      wakesMs: wakesMs > now.getTime() ? wakesMs : null,
    };
  };
  return pieces.flatMap((piece) => piece.owed.map(stand)).sort(compareDuties);
}

type Ordering = { of: string; standings: Standing[] };
const latest = new Map<string, Ordering>();

/** When forty desks are told of one change, they ask within the same second: the order is worked out once. */
function inOrder(session: Session, board: BoardRead, now: Date): Standing[] {
  const permissions = board.pieces.map((piece) => piece.permission).join(' ');
  const second = Math.floor(now.getTime() / 1000);
  const of = `${board.generation} ${second} ${session.timeZone} ${permissions}`;
  const known = latest.get(session.practiceId);
  if (known?.of === of) return known.standings;
  const standings = standingsOf(board.pieces, now, session.timeZone);
  latest.set(session.practiceId, { of, standings });
  return standings;
}

function rowOf({ duty, mark, dueMs, wakesMs, ...one }: Standing, { session, now, names }: View): TodayDuty {
  return {
    key: one.key,
    kind: duty.kind,
    subjectId: duty.subjectId,
    dueAt: duty.dueAt,
    severity: duty.severity,
    title: duty.title,
    detail: duty.detail,
    tag: wordOf(duty, dueMs, now),
    patientId: duty.patientId ?? null,
    ownerStaffId: one.ownerStaffId,
    ownerName: one.ownerStaffId ? (names.get(one.ownerStaffId) ?? '') : '',
    ownerRole: one.ownerRole,
    mine: isMine(one, session),
    section: one.section,
    action: duty.action,
    others: [...(duty.others ?? [])],
    markVersion: mark?.version ?? 0,
    snoozedUntil: wakesMs === null ? null : (mark?.snoozedUntil ?? null),
    snoozeReason: wakesMs === null ? '' : (mark?.snoozeReason ?? ''),
  };
}

type Asked = { who: 'mine' | 'everyone'; most: number };

/** What this person may see of the board, put in order. */
function showTo(session: Session, board: BoardRead, now: Date, { who, most }: Asked): Today {
  const seen = board.pieces.filter((piece) => session.permissions.has(piece.permission));
  const names = new Map(
    seen.flatMap((piece) => piece.names.map((name) => [name.staffId, name.displayName] as const)),
  );
  const all = inOrder(session, { ...board, pieces: seen }, now);
  const awake = all.filter((one) => one.wakesMs === null);
  const owed = awake.filter((one) => isOwedToday(one.section));
  const wanted = (one: Standing) => who === 'everyone' || isMine(one, session);
  const listed = awake.filter(wanted);
  const asleep = all.filter((one) => one.wakesMs !== null && wanted(one));
  const done = seen.flatMap((piece) => piece.done);
  const sum = (counts: typeof done) => counts.reduce((total, { count }) => total + count, 0);
  const show = (one: Standing) => rowOf(one, { session, now, names });
  return {
    now: now.toISOString(),
    duties: listed.slice(0, most).map(show),
    more: Math.max(0, listed.length - most),
    snoozed: asleep
      .sort((a, b) => (a.wakesMs ?? 0) - (b.wakesMs ?? 0))
      .slice(0, most)
      .map(show),
    counts: {
      mine: owed.filter((one) => isMine(one, session)).length,
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
      const today = showTo(session, read, tx.now, query);
      const shown = [...today.duties, ...today.snoozed];
      const people = [...new Set(shown.flatMap((row) => (row.patientId ? [row.patientId] : [])))];
      if (people.length > 0)
        tx.audit({ action: 'duties.listed', subjectKind: 'patient', subjectIds: people });
      return today;
    }),
  ];
}
