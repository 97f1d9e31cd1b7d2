import type { DutyMark } from '../../../features/tasks/marks/schema.ts';
import {
  type Because,
  type Owner,
  ownersIn,
  type Team,
  teamAt,
  whyWords,
} from '../../../features/team/owners/rules.ts';
import type { Duty } from '../../../platform/contributions.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { permissionsOf } from '../../../platform/session/roles.ts';
import type { Session } from '../../../platform/session/session.ts';
import type { BoardRead, Owed, TodayBoard } from './board.ts';
import { readToday, type Today, type TodayDuty, type Who } from './today-api.ts';
import { compareDuties, isFor, isMine, isOwedToday, type Ordered, sectionsAt } from './today-rules.ts';

type View = { session: Session; now: Date; team: Team };

/** A duty as it stands for one person at this moment: what order and counts need. */
type Standing = Ordered & {
  duty: Duty;
  mark: DutyMark | undefined;
  /** To whom it was given, by the facts or by a mark. */
  givenToStaffId: string | null;
  owner: Owner;
  because: Because;
  ownerStaffId: string | null;
  ownerRole: string | null;
  wakesMs: number | null;
};

function wordOf(duty: Duty, dueMs: number, now: Date): string {
  if (duty.tag) return duty.tag;
  if (duty.severity === 'wrong') return dueMs <= now.getTime() ? 'late' : 'at risk';
  return duty.severity === 'wait' ? 'soon' : 'owed';
}

/** Who is here at this moment, and what each of them may do. */
function teamOf({ pieces }: BoardRead, catalog: TodayBoard['catalog'], now: Date): Team {
  const roster = pieces.find((piece) => piece.roster)?.roster;
  const members = (roster?.accounts ?? []).map(({ roles, ...one }) => {
    const changes = roster?.changes.filter((change) => roles.includes(change.role)) ?? [];
    const permissions = permissionsOf(roles, changes, catalog);
    return { ...one, roles, may: (permission: string) => permissions.has(permission) };
  });
  return teamAt(now.getTime(), { members, absences: roster?.absences ?? [], names: roster?.names ?? [] });
}

type Moment = { now: Date; timeZone: string; team: Team };

function standingsOf(pieces: BoardRead['pieces'], { now, timeZone, team }: Moment): Standing[] {
  const ownerOf = ownersIn(team);
  const marks = new Map(pieces.flatMap((piece) => piece.marks.map((mark) => [mark.dutyKey, mark] as const)));
  const sectionAt = sectionsAt(now, timeZone);
  const stand = ({ duty, key, dueMs, permission, ownerRole }: Owed): Standing => {
    const mark = marks.get(key);
    const givenToStaffId = mark?.ownerStaffId ?? duty.ownerStaffId ?? null;
    const owner = ownerOf({ kind: duty.kind, permission, ownerStaffId: givenToStaffId, ownerRole });
    const wakesMs = mark?.snoozedUntil ? Date.parse(mark.snoozedUntil) : 0;
    return {
      ...{ duty, key, dueMs, mark, givenToStaffId, owner, because: owner.because },
      ...{ ownerStaffId: owner.staffId, ownerRole: owner.role },
      severity: duty.severity,
      title: duty.title,
      section: sectionAt(dueMs),
      wakesMs: wakesMs > now.getTime() ? wakesMs : null,
    };
  };
  return pieces.flatMap((piece) => piece.owed.map(stand)).sort(compareDuties);
}

type Ordering = { of: string; standings: Standing[]; team: Team };
const latest = new Map<string, Ordering>();

/** When forty desks are told of one change, they ask within the same second: the order is worked out once. */
function inOrder(session: Session, board: BoardRead & Pick<TodayBoard, 'catalog'>, now: Date): Ordering {
  const permissions = board.pieces.map((piece) => piece.permission).join(' ');
  const second = Math.floor(now.getTime() / 1000);
  const of = `${board.generation} ${second} ${session.timeZone} ${permissions}`;
  const known = latest.get(session.practiceId);
  if (known?.of === of) return known;
  const team = teamOf(board, board.catalog, now);
  const standings = standingsOf(board.pieces, { now, timeZone: session.timeZone, team });
  const ordering = { of, standings, team };
  latest.set(session.practiceId, ordering);
  return ordering;
}

function rowOf({ duty, mark, dueMs, wakesMs, ...one }: Standing, { session, now, team }: View): TodayDuty {
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
    ownerName: one.ownerStaffId ? (team.names.get(one.ownerStaffId) ?? '') : '',
    ownerRole: one.ownerRole,
    givenToStaffId: one.givenToStaffId,
    why: whyWords(one.owner, team, {
      me: session.staffId,
      nowMs: now.getTime(),
      timeZone: session.timeZone,
    }),
    mine: isMine(one, session),
    section: one.section,
    action: duty.action,
    others: [...(duty.others ?? [])],
    markVersion: mark?.version ?? 0,
    snoozedUntil: wakesMs === null ? null : (mark?.snoozedUntil ?? null),
    snoozeReason: wakesMs === null ? '' : (mark?.snoozeReason ?? ''),
  };
}

type Asked = { who: Who; most: number };

/** What this person may see of the board, put in order. */
function showTo(
  session: Session,
  board: BoardRead & Pick<TodayBoard, 'catalog'>,
  now: Date,
  { who, most }: Asked,
): Today {
  const seen = board.pieces.filter((piece) => session.permissions.has(piece.permission));
  const { standings: all, team } = inOrder(session, { ...board, pieces: seen }, now);
  const awake = all.filter((one) => one.wakesMs === null);
  const owed = awake.filter((one) => isOwedToday(one.section));
  const wanted = (one: Standing) => isFor(who, one, session);
  const listed = awake.filter(wanted);
  const asleep = all.filter((one) => one.wakesMs !== null && wanted(one));
  const done = seen.flatMap((piece) => piece.done);
  const sum = (counts: typeof done) => counts.reduce((total, { count }) => total + count, 0);
  const show = (one: Standing) => rowOf(one, { session, now, team });
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
      role: owed.filter((one) => isFor('role', one, session)).length,
      covered: owed.filter((one) => isFor('covered', one, session)).length,
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
      const today = showTo(session, { ...read, catalog: board.catalog }, tx.now, query);
      const shown = [...today.duties, ...today.snoozed];
      const people = [...new Set(shown.flatMap((row) => (row.patientId ? [row.patientId] : [])))];
      if (people.length > 0)
        tx.audit({ action: 'duties.listed', subjectKind: 'patient', subjectIds: people });
      return today;
    }),
  ];
}
