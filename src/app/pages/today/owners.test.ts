import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Desk,
  deskAt,
  openTestOffice,
  storages,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { setUpSchedule } from '../../../../test/practice.ts';
import { rounds, seed } from '../../../../test/rounds.ts';
import { findOpenings } from '../../../features/schedule/openings/api.ts';
import { bookVisit } from '../../../features/schedule/visits/api.ts';
import { makeTask } from '../../../features/tasks/api.ts';
import { makeTask as makeTaskAs } from '../../../features/tasks/commands.ts';
import {
  addAbsence,
  answerCover,
  changeAbsence,
  readTeam,
  removeAbsence,
} from '../../../features/team/api.ts';
import { addAbsence as addAbsenceAs } from '../../../features/team/commands.ts';
import type { RoleKey } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { type Random, seeded } from '../../../platform/random.ts';
import { openSession } from '../../../platform/session/session.ts';
import { todayBoard } from '../../lists.ts';
import { readToday } from './today-api.ts';

let office: TestOffice;
const pace = todayBoard.paceMs;
beforeAll(async () => {
  // Where several may ask at one moment.
  office = await openTestOffice({ storage: storages.at(-1) ?? 'embedded' });
  todayBoard.paceMs = 0;
});
afterAll(async () => {
  todayBoard.paceMs = pace;
  await office.close();
});

// Wed 2026-03-04 10:00 in New York
const ten = Date.parse('2026-03-04T15:00:00.000Z');
const hour = 3_600_000;
const day = 24 * hour;
const at = (ms: number) => new Date(ten + ms).toISOString();
const everything = (desk: Desk) => [{ staffId: desk.staffId, duties: '' }];
const away = (
  staffId: string,
  from: number,
  to: number,
  covers: { staffId: string; duties: string }[] = [],
) => ({
  ...{ staffId, covers, kind: 'vacation' as const },
  ...{ startsAt: at(from), endsAt: at(to) },
});
/** Signed in once more, as the days go by. */
async function again(practice: TestPractice, { accountId, staffId }: Desk): Promise<Desk> {
  const { token } = await practice.tx((tx) => openSession(tx, accountId, 'bearer'));
  return deskAt(office.url, token, accountId, staffId);
}
const titles = async (desk: Desk, who: 'mine' | 'covered' | 'everyone' = 'mine') =>
  (await desk.do(readToday, { query: { who } })).duties.map((duty) => duty.title);

test('what is hers goes to who covers once he said yes, says why, and comes back by itself', async () => {
  const practice = await office.practice();
  const [ana, ben] = [await practice.as('secretary'), await practice.as('nurse')];
  await ana.do(makeTask, { body: { text: 'call the lab', dueAt: at(5 * day), ownerStaffId: ana.staffId } });
  const body = away(ana.staffId, day, 3 * day, everything(ben));
  const { absence } = await ana.do(addAbsence, { body });
  const [asked] = (await ben.do(readToday, {})).duties;
  expect(asked).toMatchObject({ kind: 'cover.asked', ownerStaffId: ben.staffId });
  expect(await titles(practice.manager)).toContain('Find who covers for Ana Ruiz');
  const params = { id: absence.covers[0]?.coverId ?? '' };
  // Nobody but he, or a manager, answers for him.
  expect((await ana.ask(answerCover, { params, body: { version: 1, accept: true } })).status).toBe(403);
  await ben.do(answerCover, { params, body: { version: 1, accept: true } });
  expect(await titles(practice.manager)).not.toContain('Find who covers for Ana Ruiz');
  expect(await titles(ben)).toEqual([]);
  office.clock.set(ten + day);
  const [hers, bens] = [await again(practice, ana), await again(practice, ben)];
  const [his] = (await bens.do(readToday, { query: { who: 'covered' } })).duties;
  expect(his).toMatchObject({
    title: 'call the lab',
    ownerStaffId: ben.staffId,
    givenToStaffId: ana.staffId,
    why: 'yours because you cover for Ana Ruiz until Sat, Mar 7',
  });
  expect(await titles(hers)).toEqual([]);
  office.clock.set(ten + 3 * day);
  expect(await titles(await again(practice, ana))).toEqual(['call the lab']);
  expect(await titles(await again(practice, ben))).toEqual([]);
  office.clock.set(ten);
});

test('a ring of covers is refused, also when both say so at once; nobody is away twice', async () => {
  const practice = await office.practice();
  const [ana, ben] = [await practice.as('secretary'), await practice.as('secretary')];
  const { manager } = practice;
  const both = await Promise.all([
    manager.ask(addAbsence, { body: away(ana.staffId, day, 3 * day, everything(ben)) }),
    manager.ask(addAbsence, { body: away(ben.staffId, 2 * day, 4 * day, everything(ana)) }),
  ]);
  expect(both.map((answer) => answer.status).sort()).toEqual([200, 409]);
  expect(both.map((answer) => answer.body.message).join()).toContain('would cover for each other');
  const first = both.find((answer) => answer.status === 200)?.body.absence;
  const again = await manager.ask(addAbsence, { body: away(first?.staffId ?? '', day, 5 * day) });
  expect(again.body.message).toContain('is away already from');
  const others = await ana.ask(addAbsence, { body: away(ben.staffId, 9 * day, 10 * day) });
  expect(others.status).toBe(403);
  const later = { ...away('', 10 * day, 11 * day, everything(manager)), version: 1 };
  const params = { id: first?.absenceId ?? '' };
  await manager.do(changeAbsence, { params, body: later });
  expect((await manager.ask(changeAbsence, { params, body: later })).body.error).toBe('stale');
  // Why someone is away is theirs and the manager's to know.
  const seen = await ana.do(readTeam, {});
  const mine = first?.staffId === ana.staffId;
  expect(seen.absences.map((one) => one.kind)).toEqual([mine ? 'vacation' : 'other']);
});

test('a physician who is away is offered to nobody, and what was booked is to be moved', async () => {
  const practice = await office.practice();
  const schedule = await setUpSchedule(practice, 1);
  const { manager } = practice;
  const startsAt = '2026-03-09T14:00:00.000Z';
  await manager.do(bookVisit, {
    body: {
      ...{ patientId: schedule.patients[0] ?? '', visitTypeId: schedule.followUp, physicianId: schedule.lee },
      ...{ siteId: schedule.main, resourceIds: [], startsAt },
    },
  });
  const lee = (await manager.do(readTeam, {})).members.find((one) => one.displayName === 'Dr. Lee');
  // Today is Wed, Mar 4: 8 to 12 and 1 to 5 in New York.
  expect(lee?.hours).toEqual([
    { startsAt: '2026-03-04T13:00:00.000Z', endsAt: '2026-03-04T17:00:00.000Z' },
    { startsAt: '2026-03-04T18:00:00.000Z', endsAt: '2026-03-04T22:00:00.000Z' },
  ]);
  const midnight = { startsAt: '2026-03-09T04:00:00.000Z', endsAt: '2026-03-11T04:00:00.000Z' };
  const body = { ...away(lee?.staffId ?? '', 0, 1), ...midnight };
  const offered = async () => {
    const wish = { visitTypeId: schedule.followUp, physicianIds: [schedule.lee], limit: 3 };
    const found = await manager.do(findOpenings, { body: { ...wish, from: '2026-03-09', to: '2026-03-10' } });
    return found.openings.length;
  };
  expect(await offered()).toBe(3);
  const { absence } = await manager.do(addAbsence, { body });
  expect(await offered()).toBe(0);
  expect(await titles(manager)).toContain('Dr. Lee is away: 1 booked visit');
  await manager.do(removeAbsence, { params: { id: absence.absenceId }, body: { version: 1 } });
  expect(await offered()).toBe(3);
});

/** A month of vacations, sick days and hours out of the house, with covers who are away in turn. */
async function fillMonth(tx: Tx, random: Random, people: readonly Desk[]) {
  for (const one of people) {
    for (let from = random.below(6 * 24); from < 30 * 24; ) {
      const to = from + random.pick([3, 8, 24, 48, 120]);
      const cover = random.pick(people);
      const covers = random.chance(0.7) && cover !== one ? everything(cover) : [];
      const absence = away(one.staffId, from * hour, to * hour, covers);
      // A ring is refused: then without a cover.
      await addAbsenceAs(tx, absence).catch(() => addAbsenceAs(tx, { ...absence, covers: [] }));
      from = to + random.between(12, 12 * 24);
    }
    for (const days of [0, 9, 18, 27]) {
      const dueAt = at(days * day + random.below(9) * day);
      const owner = random.chance(0.6) ? { ownerStaffId: one.staffId } : { ownerRole: random.pick(roles) };
      await makeTaskAs(tx, { text: 'owed', dueAt, ...owner });
    }
  }
}

const roles: readonly RoleKey[] = ['secretary', 'nurse', 'biller'];

/** Of everything that everyone sees: whose owner is not here now. */
async function unownedNow(desk: Desk): Promise<string[]> {
  const [today, team] = [
    await desk.do(readToday, { query: { who: 'everyone', most: 2000 } }),
    await desk.do(readTeam, {}),
  ];
  const nowMs = Date.parse(today.now);
  const isAway = (staffId: string) =>
    team.absences.some(
      (one) => one.staffId === staffId && Date.parse(one.startsAt) <= nowMs && nowMs < Date.parse(one.endsAt),
    );
  const here = team.members.filter((one) => one.signsIn && !isAway(one.staffId));
  expect(today.duties.length).toBeGreaterThan(0);
  return today.duties
    .filter(({ ownerStaffId, ownerRole }) =>
      ownerStaffId
        ? !here.some((one) => one.staffId === ownerStaffId)
        : !here.some((one) => ownerRole === null || one.roles.includes(ownerRole)),
    )
    .map((duty) => `${today.now} ${duty.key}: ${duty.ownerStaffId ?? duty.ownerRole}`);
}

test('over a simulated month with absences no duty is without an owner who is here', async () => {
  const practice = await office.practice();
  const people = [
    await practice.as('secretary'),
    await practice.as('secretary', 'nurse'),
    await practice.as('nurse'),
    await practice.as('biller'),
  ];
  await practice.tx((tx) => fillMonth(tx, seeded(seed(), 'month'), people));
  // The manager is always here in this practice: what no other does is theirs.
  const moments = rounds(6, 31 * 24);
  for (let step = 0; step < moments; step++) {
    office.clock.set(ten + (step * 31 * day) / moments);
    expect(await unownedNow(await again(practice, practice.manager))).toEqual([]);
  }
  office.clock.set(ten);
}, 600_000);
