import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as patients from '../../src/features/patients/api.ts';
import { verifyChain } from '../../src/platform/audit/verify.ts';
import { seeded } from '../../src/platform/random.ts';
import { eitherStorage, openTestOffice, type TestOffice, type TestPractice } from '../office.ts';
import { setUpSchedule, type TestSchedule } from '../practice.ts';
import { rounds, seed } from '../rounds.ts';
import * as checks from './checks.ts';
import { type Facts, readFacts } from './facts.ts';
import { chooseMove, takeApart } from './moves.ts';
import { type Board, openBoard, play, storyOf } from './play.ts';

const first = seed();
const seeds = Array.from({ length: rounds(2, 100) }, (_, i) => first + i);
const [people, turns] = [8, 26];

/** Everybody with an alert, a note and an address of mail of their own: what a merge moves must come back. */
async function tellApartPeople(practice: TestPractice, plan: TestSchedule): Promise<void> {
  for (const [i, id] of plan.patients.entries()) {
    const desk = practice.manager;
    await desk.do(patients.addAlert, { params: { id }, body: { text: `Alert ${i}` } });
    // One of three has no mail, so that a merge fills it in; notes are joined
    const change = { note: `Note ${i}`, ...(i % 3 === 0 ? {} : { email: `p${i}@mail.example` }) };
    await desk.do(patients.changePatient, { params: { id }, body: { version: 1, change } });
  }
}

function checkAll(facts: Facts, board: Board): string[] {
  return [
    ...checks.checkBookings(facts, board),
    ...checks.checkPlaces(facts),
    ...checks.checkTimes(facts),
    ...checks.checkGroups(facts),
    ...checks.checkSeries(facts),
    ...checks.checkHistories(facts, board),
    ...checks.checkVersions(board),
    ...checks.checkAudit(facts, board),
    ...checks.checkPeople(facts, board),
  ];
}

/** Once all are taken apart, everybody is who they were, and has what they had and what was booked for them. */
function checkApart(was: Facts, now: Facts, board: Board): string[] {
  const owner = checks.bookedFor(board);
  return [
    ...now.visits
      .filter((one) => owner.get(one.visitId) !== one.patientId)
      .map((one) => `visit ${one.visitId} did not come back`),
    ...now.patients
      .filter((one, i) => !isDeepStrictEqual(one, was.patients[i]))
      .map((one) => `the record ${one.patientId} is not as it was`),
    ...now.alerts
      .filter((one, i) => !isDeepStrictEqual(one, was.alerts[i]))
      .map((one) => `the alert ${one.alertId} did not come back`),
  ];
}

const tally = new Map<string, number>();
function count({ writes, repeats }: Board): void {
  const add = (what: string, more = 1) => tally.set(what, (tally.get(what) ?? 0) + more);
  for (const { kind, status, error, visit } of writes) {
    add('writes');
    add(status === 200 ? `done: ${kind}` : `refused: ${error}`);
    if (visit?.overbooked) add('answers with an overbooked visit');
  }
  add('repeats', repeats.length);
}

describe.each(eitherStorage)('many desks at once on %s storage', (storage) => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    tally.clear();
  });
  afterAll(async () => {
    await office.close();
    const lines = [...tally].sort(([a], [b]) => (a < b ? -1 : 1)).map(([what, times]) => `${what} ${times}`);
    if (process.env.FRONTDESK_PROVE === '1') process.stdout.write(`  ${storage}: ${lines.join(', ')}\n`);
  });

  const verify = async (practice: TestPractice) => {
    const verdict = await practice.tx((tx) =>
      verifyChain(tx.db, office.store.auditKey, practice.practiceId, []),
    );
    return verdict.ok ? [] : [`the audit does not verify: ${verdict.why}`];
  };

  it.each(seeds)(
    'lose, double and overlap no visit, and every history is true: seed %i',
    async (one) => {
      office.clock.set(new Date('2026-03-04T15:00:00.000Z'));
      const practice = await office.practice();
      const plan = await setUpSchedule(practice, people);
      await tellApartPeople(practice, plan);
      const was = await practice.tx(readFacts);
      const roles = ['secretary', 'secretary', 'secretary', 'nurse', 'physician'] as const;
      const desks = [practice.manager, ...(await Promise.all(roles.map((role) => practice.as(role))))];
      const board = openBoard(plan);
      const randomOf = (nth: number) => seeded('desks', one, nth);
      await play({ office, desks, board, turns, randomOf, chooseMove });
      const complaints = checkAll(await practice.tx(readFacts), board);
      expect([...board.complaints, ...complaints], `seed ${one}\n${storyOf(board)}`).toEqual([]);

      // In any order that the office lets be: the last of a chain first
      const random = seeded('apart', one);
      const stands = async () =>
        (await practice.tx(readFacts)).patients.some((patient) => patient.mergedInto);
      while (await stands()) await takeApart({ nth: 0, desk: practice.manager, random, board });
      const now = await practice.tx(readFacts);
      const after = [...checkAll(now, board), ...checkApart(was, now, board), ...(await verify(practice))];
      expect([...board.complaints, ...after], `seed ${one}, apart\n${storyOf(board)}`).toEqual([]);
      count(board);
      // Seconds on a machine of one's own; this is for one that is shared
    },
    120_000,
  );
});
