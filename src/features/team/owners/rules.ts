import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../../platform/calendar/zones.ts';

/** Someone who signs in here, and what they may do. */
export type Member = {
  staffId: string;
  displayName: string;
  roles: readonly string[];
  may(permission: string): boolean;
};

/** Someone is away; `covers` are those who said yes, or whom the manager set. `duties` '': everything. */
export type Away = {
  staffId: string;
  startsMs: number;
  endsMs: number;
  covers: readonly { staffId: string; duties: string }[];
};

/** Who is there at one moment. */
export type Team = {
  members: ReadonlyMap<string, Member>;
  away: ReadonlyMap<string, Away>;
  /** Names of everyone on the staff, also of who does not sign in. */
  names: ReadonlyMap<string, string>;
};

export function teamAt(
  nowMs: number,
  parts: {
    members: readonly Member[];
    absences: readonly Away[];
    names: readonly { staffId: string; displayName: string }[];
  },
): Team {
  const now = parts.absences.filter(({ startsMs, endsMs }) => startsMs <= nowMs && nowMs < endsMs);
  return {
    members: new Map(parts.members.map((one) => [one.staffId, one])),
    away: new Map(now.map((one) => [one.staffId, one])),
    names: new Map(parts.names.map((one) => [one.staffId, one.displayName])),
  };
}

/** What is known of a duty: whose it is by the facts or by a mark, else its source's role, and who may see it. */
export type OwnedDuty = {
  kind: string;
  permission: string;
  ownerStaffId: string | null;
  ownerRole: string | null;
};

/**
 * Why it is theirs. `own`: given to them. `covers`: for someone who is away. `away`: whom it was given to is away and
 * nobody covers. `cannot`: whom it was given to does not sign in here, or may not see it. `nobody`: nobody of its role
 * is here.
 */
export type Because =
  | { kind: 'own' | 'role' | 'anyone' }
  | { kind: 'covers'; forStaffId: string; untilMs: number }
  | { kind: 'away'; forStaffId: string; untilMs: number }
  | { kind: 'cannot'; forStaffId: string }
  | { kind: 'nobody'; role: string };

/** A person, or a role, or (both null) everyone who may do it; `people` are those of them who are here, never none. */
export type Owner = {
  staffId: string | null;
  role: string | null;
  people: readonly string[];
  because: Because;
};

const isHere = (team: Team, staffId: string) => !team.away.has(staffId);

function coversDuty(duties: string, kind: string): boolean {
  return duties === '' || kind === duties || kind.startsWith(`${duties}.`);
}

/** Who covers this kind: the one named for it before the one for everything. */
function coverOf(away: Away, kind: string): string | undefined {
  const fitting = away.covers.filter((cover) => coversDuty(cover.duties, kind));
  return [...fitting].sort((a, b) => b.duties.length - a.duties.length)[0]?.staffId;
}

/** From cover to cover until someone is here who may do it. A ring, which the office refuses, ends as nobody. */
function standInOf(team: Team, staffId: string, duty: OwnedDuty): string | undefined {
  const seen = new Set([staffId]);
  let away = team.away.get(staffId);
  while (away) {
    const next = coverOf(away, duty.kind);
    if (!next || seen.has(next)) return undefined;
    seen.add(next);
    if (isHere(team, next)) return team.members.get(next)?.may(duty.permission) ? next : undefined;
    away = team.away.get(next);
  }
  return undefined;
}

function peopleOf(team: Team, role: string | null, permission: string): string[] {
  return [...team.members.values()]
    .filter((one) => role === null || one.roles.includes(role))
    .filter((one) => one.may(permission) && isHere(team, one.staffId))
    .map((one) => one.staffId);
}

function byRole(team: Team, role: string, duty: OwnedDuty, because: Because): Owner | undefined {
  const people = peopleOf(team, role, duty.permission);
  return people.length > 0 ? { staffId: null, role, people, because } : undefined;
}

/** The last resort: the managers; everyone who may; and when all are away, the managers all the same. */
function lastResort(team: Team, duty: OwnedDuty, because: Because): Owner {
  const managers = byRole(team, 'manager', duty, because);
  if (managers) return managers;
  const all = peopleOf(team, null, duty.permission);
  if (all.length > 0) return { staffId: null, role: null, people: all, because };
  const away = [...team.members.values()].filter((one) => one.roles.includes('manager'));
  return { staffId: null, role: 'manager', people: away.map((one) => one.staffId), because };
}

function ofPerson(team: Team, staffId: string, duty: OwnedDuty): Owner {
  const member = team.members.get(staffId);
  if (member?.may(duty.permission) && isHere(team, staffId))
    return { staffId, role: null, people: [staffId], because: { kind: 'own' } };
  const away = team.away.get(staffId);
  const standIn = standInOf(team, staffId, duty);
  if (away && standIn) {
    const because: Because = { kind: 'covers', forStaffId: staffId, untilMs: away.endsMs };
    return { staffId: standIn, role: null, people: [standIn], because };
  }
  const because: Because = away
    ? { kind: 'away', forStaffId: staffId, untilMs: away.endsMs }
    : { kind: 'cannot', forStaffId: staffId };
  const roles = duty.ownerRole ? [duty.ownerRole] : (member?.roles ?? []);
  for (const role of roles) {
    const owner = byRole(team, role, duty, because);
    if (owner) return owner;
  }
  return lastResort(team, duty, because);
}

function ofRole(team: Team, role: string, duty: OwnedDuty): Owner {
  const here = byRole(team, role, duty, { kind: 'role' });
  if (here) return here;
  // Nobody of them is here: who covers for one of them does it.
  for (const { staffId } of [...team.members.values()].filter((one) => one.roles.includes(role))) {
    const away = team.away.get(staffId);
    const standIn = standInOf(team, staffId, duty);
    if (!away || !standIn) continue;
    const because: Because = { kind: 'covers', forStaffId: staffId, untilMs: away.endsMs };
    return { staffId: standIn, role: null, people: [standIn], because };
  }
  return lastResort(team, duty, { kind: 'nobody', role });
}

/**
 * Whose a duty is now, and why. A person who is here; else who covers for them; else their role; else the manager.
 * There is always an answer, and everyone in it signs in here and may do it, unless nobody at all who may is here.
 */
export function ownerOf(duty: OwnedDuty, team: Team): Owner {
  if (duty.ownerStaffId) return ofPerson(team, duty.ownerStaffId, duty);
  if (duty.ownerRole) return ofRole(team, duty.ownerRole, duty);
  const people = peopleOf(team, null, duty.permission);
  if (people.length > 0) return { staffId: null, role: null, people, because: { kind: 'anyone' } };
  return lastResort(team, duty, { kind: 'anyone' });
}

/** The same answers again and again in one list: each is worked out once. */
export function ownersIn(team: Team): (duty: OwnedDuty) => Owner {
  const known = new Map<string, Owner>();
  return (duty) => {
    const key = `${duty.kind} ${duty.permission} ${duty.ownerStaffId} ${duty.ownerRole}`;
    const owner = known.get(key) ?? ownerOf(duty, team);
    known.set(key, owner);
    return owner;
  };
}

/** "Fri Mar 6", or "2:30 pm" where it is the same day. */
export function untilWords(untilMs: number, nowMs: number, timeZone: string): string {
  const date = localDate(untilMs, timeZone);
  if (date === localDate(nowMs, timeZone)) return timeLabel(untilMs, timeZone);
  // Until midnight is until the day before: nobody says "until Saturday, 12 am".
  const said = localDate(untilMs - 1, timeZone);
  return dateLabel(said, Number(said.slice(0, 4)));
}

type Asked = { me: string; nowMs: number; timeZone: string };

/** Why it is whose it is, in words; '' where that needs none. */
export function whyWords(owner: Owner, team: Team, { me, nowMs, timeZone }: Asked): string {
  const { because } = owner;
  const nameOf = (staffId: string) => team.names.get(staffId) ?? 'someone who left';
  const role = owner.role ? `any ${owner.role}` : 'everyone';
  switch (because.kind) {
    case 'own':
    case 'role':
    case 'anyone':
      return '';
    case 'covers': {
      const until = untilWords(because.untilMs, nowMs, timeZone);
      const covered = nameOf(because.forStaffId);
      return owner.staffId === me
        ? `yours because you cover for ${covered} until ${until}`
        : `${nameOf(owner.staffId ?? '')} covers for ${covered} until ${until}`;
    }
    case 'away':
      return `${nameOf(because.forStaffId)} is away until ${untilWords(because.untilMs, nowMs, timeZone)}: ${role}`;
    case 'cannot':
      return `${nameOf(because.forStaffId)} does not do this here: ${role}`;
    case 'nobody':
      return `no ${because.role} is here: ${role}`;
  }
}
