import { type Team, whyWords } from '../../../features/team/owners/rules.ts';
import type { Duty } from '../../../platform/contributions.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import type { Session } from '../../../platform/session/session.ts';
import type { TodayBoard } from './board.ts';
import { type CatalogedRead, inOrder, type Standing } from './standings.ts';
import { readToday, type Today, type TodayDuty, type Who } from './today-api.ts';
import { isFor, isMine, isOwedToday } from './today-rules.ts';

type View = { session: Session; now: Date; team: Team };

function wordOf(duty: Duty, dueMs: number, now: Date): string {
  if (duty.tag) return duty.tag;
  if (duty.severity === 'danger') return 'danger';
  if (duty.severity === 'wrong') return dueMs <= now.getTime() ? 'late' : 'at risk';
  return duty.severity === 'wait' ? 'soon' : 'owed';
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
function showTo(session: Session, board: CatalogedRead, now: Date, { who, most }: Asked): Today {
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
