import type { DutyMark } from '../../../features/tasks/marks/schema.ts';
import {
  type Because,
  type OwnedDuty,
  type Owner,
  ownersIn,
  type Team,
  teamAt,
} from '../../../features/team/owners/rules.ts';
import type { Duty } from '../../../platform/contributions.ts';
import { permissionsOf } from '../../../platform/session/roles.ts';
import type { Session } from '../../../platform/session/session.ts';
import type { BoardRead, Owed, TodayBoard } from './board.ts';
import { compareDuties, type Ordered, sectionsAt } from './today-rules.ts';

export type CatalogedRead = BoardRead & Pick<TodayBoard, 'catalog'>;

/** A duty as it stands for one person at this moment: what order and counts need. */
export type Standing = Ordered & {
  duty: Duty;
  permission: string;
  mark: DutyMark | undefined;
  /** To whom it was given, by the facts or by a mark. */
  givenToStaffId: string | null;
  owner: Owner;
  because: Because;
  ownerStaffId: string | null;
  ownerRole: string | null;
  wakesMs: number | null;
};

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
      ...{ duty, permission, key, dueMs, mark, givenToStaffId, owner, because: owner.because },
      ...{ ownerStaffId: owner.staffId, ownerRole: owner.role },
      severity: duty.severity,
      title: duty.title,
      section: duty.severity === 'danger' ? 'now' : sectionAt(dueMs),
      wakesMs: wakesMs > now.getTime() ? wakesMs : null,
    };
  };
  const settled = new Set(
    pieces.flatMap((piece) =>
      piece.owed.flatMap(({ duty }) => (duty.instead ?? []).map((one) => `${one.kind} ${one.subjectId}`)),
    ),
  );
  const isOwed = ({ duty }: Owed) => !settled.has(`${duty.kind} ${duty.subjectId}`);
  return pieces.flatMap((piece) => piece.owed.filter(isOwed).map(stand)).sort(compareDuties);
}

/** What is owed in its order at a moment, who is here, and whose any other duty would be. */
export type Ordering = {
  of: string;
  standings: Standing[];
  team: Team;
  ownerOf: (duty: OwnedDuty) => Owner;
};
const latest = new Map<string, Ordering>();

/** When forty desks are told of one change, they ask within the same second: the order is worked out once. */
export function inOrder(session: Session, board: CatalogedRead, now: Date): Ordering {
  const permissions = board.pieces.map((piece) => piece.permission).join(' ');
  const second = Math.floor(now.getTime() / 1000);
  const of = `${board.generation} ${second} ${session.timeZone} ${permissions}`;
  const known = latest.get(session.practiceId);
  if (known?.of === of) return known;
  const team = teamOf(board, board.catalog, now);
  const standings = standingsOf(board.pieces, { now, timeZone: session.timeZone, team });
  const ordering = { of, standings, team, ownerOf: ownersIn(team) };
  latest.set(session.practiceId, ordering);
  return ordering;
}
