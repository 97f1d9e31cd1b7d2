import { describe, expect, it } from 'vitest';
import { rounds, seed } from '../../../../test/rounds.ts';
import { seeded } from '../../../platform/random.ts';
import { findRing } from '../rules.ts';
import { type Away, type Member, type OwnedDuty, ownerOf, type Team, teamAt, whyWords } from './rules.ts';

const hour = 3_600_000;
const day = 24 * hour;
// Wed 2026-03-04 10:00 in New York
const now = Date.parse('2026-03-04T15:00:00.000Z');

const person = (staffId: string, roles: string[], cannot: string[] = []): Member => ({
  ...{ staffId, roles, displayName: staffId },
  may: (permission) => !cannot.includes(permission),
});
const ana = person('Ana', ['secretary']);
const ben = person('Ben', ['secretary']);
const lin = person('Lin', ['nurse']);
const max = person('Max', ['manager'], []);
const away = (staffId: string, covers: Away['covers'] = [], days = 2): Away => ({
  ...{ staffId, covers },
  startsMs: now - hour,
  endsMs: now + days * day,
});
const everything = (staffId: string) => ({ staffId, duties: '' });
const team = (absences: Away[], members = [ana, ben, lin, max]): Team =>
  teamAt(now, { members, absences, names: [...members, person('Zoe', [])] });
const duty = (more: Partial<OwnedDuty> = {}): OwnedDuty => ({
  ...{ kind: 'task', permission: 'tasks.see', ownerStaffId: null, ownerRole: null },
  ...more,
});
const told = (wanted: OwnedDuty, there: Team) => {
  const { staffId, role, because } = ownerOf(wanted, there);
  return `${staffId ?? role ?? 'anyone'}: ${because.kind}`;
};
const anas = duty({ ownerStaffId: 'Ana' });

describe('whose a duty is', () => {
  it.each<[string, OwnedDuty, Away[], string]>([
    ['who is here does what is theirs', anas, [], 'Ana: own'],
    ['who covers does it meanwhile', anas, [away('Ana', [everything('Ben')])], 'Ben: covers'],
    [
      'a cover who is away is covered in turn',
      anas,
      [away('Ana', [everything('Ben')]), away('Ben', [everything('Lin')])],
      'Lin: covers',
    ],
    ['without a cover it is their role’s', anas, [away('Ana')], 'secretary: away'],
    ['nobody of their role: the manager’s', anas, [away('Ana'), away('Ben')], 'manager: away'],
    [
      'a ring of covers ends with the role',
      anas,
      [away('Ana', [everything('Ben')]), away('Ben', [everything('Ana')])],
      'manager: away',
    ],
    [
      'who covers only visits does no tasks',
      anas,
      [away('Ana', [{ staffId: 'Lin', duties: 'visit' }])],
      'secretary: away',
    ],
    [
      'who is named for a kind comes before who covers everything',
      duty({ ownerStaffId: 'Ana', kind: 'visit.unconfirmed' }),
      [away('Ana', [everything('Ben'), { staffId: 'Lin', duties: 'visit' }])],
      'Lin: covers',
    ],
    ['a role that is here does it', duty({ ownerRole: 'nurse' }), [], 'nurse: role'],
    [
      'a role of which nobody is here: the manager',
      duty({ ownerRole: 'nurse' }),
      [away('Lin')],
      'manager: nobody',
    ],
    [
      'a role of which nobody is here: who covers for one of them',
      duty({ ownerRole: 'nurse' }),
      [away('Lin', [everything('Ben')])],
      'Ben: covers',
    ],
    ['a role that nobody has', duty({ ownerRole: 'biller' }), [], 'manager: nobody'],
    ['given to nobody in particular', duty(), [], 'anyone: anyone'],
    ['who does not sign in here', duty({ ownerStaffId: 'Zoe', ownerRole: 'nurse' }), [], 'nurse: cannot'],
    [
      'everyone is away: the manager all the same',
      anas,
      ['Ana', 'Ben', 'Lin', 'Max'].map((one) => away(one)),
      'manager: away',
    ],
  ])('%s', (_, wanted, absences, expected) => {
    expect(told(wanted, team(absences))).toBe(expected);
  });

  it('gives nothing to a cover who may not see it', () => {
    const members = [ana, person('Lin', ['nurse'], ['tasks.see']), max];
    expect(told(anas, team([away('Ana', [everything('Lin')])], members))).toBe('manager: away');
  });

  it('is theirs again the moment they are back', () => {
    const absences = [away('Ana', [everything('Ben')], 2)];
    const at = (ms: number) =>
      ownerOf(anas, teamAt(ms, { members: [ana, ben, max], absences, names: [] })).staffId;
    expect([at(now + 2 * day - 1), at(now + 2 * day)]).toEqual(['Ben', 'Ana']);
  });

  it('says why, as one says it at the desk', () => {
    const there = team([away('Ana', [everything('Ben')])]);
    const words = (me: string) =>
      whyWords(ownerOf(anas, there), there, { me, nowMs: now, timeZone: 'America/New_York' });
    expect(words('Ben')).toBe('yours because you cover for Ana until Fri, Mar 6');
    expect(words('Max')).toBe('Ben covers for Ana until Fri, Mar 6');
  });
});

describe('covering in a ring', () => {
  const stretch = (staffId: string, from: number, to: number, cover: string, duties = '') => ({
    ...{ staffId, startsMs: from * day, endsMs: to * day },
    covers: [{ staffId: cover, duties }],
  });
  it.each([
    ['two for each other at one time', stretch('A', 0, 2, 'B'), [stretch('B', 1, 3, 'A')], ['A', 'B', 'A']],
    ['two for each other, one after the other', stretch('A', 0, 2, 'B'), [stretch('B', 2, 3, 'A')], null],
    [
      'three in a ring',
      stretch('A', 0, 5, 'B'),
      [stretch('B', 1, 4, 'C'), stretch('C', 3, 6, 'A')],
      ['A', 'B', 'C', 'A'],
    ],
    [
      'three that never meet at one time',
      stretch('A', 0, 5, 'B'),
      [stretch('B', 1, 2, 'C'), stretch('C', 3, 6, 'A')],
      null,
    ],
    ['a chain', stretch('A', 0, 2, 'B'), [stretch('B', 0, 2, 'C')], null],
    ['for other duties', stretch('A', 0, 2, 'B', 'visit'), [stretch('B', 0, 2, 'A', 'task')], null],
    [
      'for a part of the same duties',
      stretch('A', 0, 2, 'B'),
      [stretch('B', 0, 2, 'A', 'task')],
      ['A', 'B', 'A'],
    ],
  ])('%s', (_, absence, others, expected) => {
    expect(findRing(absence, others)).toEqual(expected);
  });
});

describe('over a month with absences', () => {
  const roles = ['secretary', 'nurse', 'biller', 'physician', 'manager'];
  const kinds = ['task', 'visit.unconfirmed', 'visit.waits-long', 'job.failed', 'note.mention'];
  const permissions = ['tasks.see', 'visits.see', 'office.upkeep'];

  function playMonth(number: number): { moments: number; unowned: string[] } {
    const random = seeded(String(seed()), 'owners', number);
    const { pick } = random;
    const members = Array.from({ length: 2 + Math.floor(random.next() * 9) }, (_, at) =>
      person(
        `p${at}`,
        at === 0 ? ['manager'] : [pick(roles)],
        at > 0 && random.next() < 0.3 ? [pick(permissions)] : [],
      ),
    );
    const absences: Away[] = [];
    for (const { staffId } of members) {
      for (let at = random.next() * 10 * day; at < 31 * day; at += day + random.next() * 12 * day) {
        const lasts = hour + random.next() * random.next() * 10 * day;
        const covers = [1, 2]
          .filter(() => random.next() < 0.5)
          .map(() => ({
            staffId: pick(members).staffId,
            duties: pick(['', 'task', 'visit', 'visit.unconfirmed']),
          }));
        absences.push({ staffId, startsMs: now + at, endsMs: now + at + lasts, covers });
        at += lasts;
      }
    }
    const unowned: string[] = [];
    for (let ms = now; ms < now + 31 * day; ms += 4 * hour) {
      const there = teamAt(ms, { members, absences, names: [] });
      const isHere = (id: string) => !there.away.has(id);
      for (let times = 0; times < 6; times++) {
        const wanted = duty({
          kind: pick(kinds),
          permission: pick(permissions),
          ownerStaffId: random.next() < 0.6 ? pick([...members, person('gone', [])]).staffId : null,
          ownerRole: random.next() < 0.6 ? pick(roles) : null,
        });
        const owner = ownerOf(wanted, there);
        const can = owner.people.filter((id) => isHere(id) && there.members.get(id)?.may(wanted.permission));
        const nobodyIsHere = !members.some((one) => isHere(one.staffId) && one.may(wanted.permission));
        const fits = nobodyIsHere ? owner.role === 'manager' && owner.people.length > 0 : can.length > 0;
        if (!fits || (owner.staffId && !owner.people.includes(owner.staffId)))
          unowned.push(`${ms} ${JSON.stringify(wanted)} ${JSON.stringify(owner)}`);
      }
    }
    return { moments: (31 * day) / (4 * hour), unowned };
  }

  it('no duty is without an owner who is here and may do it', () => {
    for (let number = 0; number < rounds(8, 2000); number++) expect(playMonth(number).unowned).toEqual([]);
  });
});
