import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { addPeople, setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { arriveVisit, cancelVisit, checkOutVisit } from '../../schedule/steps/commands.ts';
import { bookVisit } from '../../schedule/visits/commands.ts';
import { BookVisit } from '../../schedule/visits/schema.ts';
import { recordAttempt } from '../attempts/commands.ts';
import { listPatientFollowUps } from '../queries.ts';
import * as api from './api.ts';
import { makeRecalls, takeFitting } from './commands.ts';
import type { NewRecallRule } from './schema.ts';

const dayMs = 86_400_000;

describe.each(eitherStorage)('recalls by rule on %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let people: string[];
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    plan = await setUpSchedule(practice);
    people = await practice.tx((tx) => addPeople(tx, 8));
  });
  afterAll(() => office.close());

  const ofPerson = (patientId: string) => practice.tx((tx) => listPatientFollowUps(tx.db, patientId));
  const rule = (more: Partial<NewRecallRule> = {}): NewRecallRule => ({
    ...{ name: 'Every three months', afterTypeIds: [plan.newPatient], visitTypeId: plan.followUp, months: 3 },
    ...more,
  });
  let quarter = 0;
  const bookAt = (patientId: string, on: string, visitTypeId: string, physicianId = plan.lee) =>
    practice.tx(async (tx) => {
      const startMs = Date.parse(`${on}T13:00:00.000Z`) + quarter++ * 2_400_000;
      const startsAt = new Date(startMs).toISOString();
      tx.now = new Date(startMs - dayMs);
      const place = { patientId, visitTypeId, physicianId, siteId: plan.main, startsAt };
      return bookVisit(tx, BookVisit.parse(place));
    });
  /** A visit that took place. */
  const seen = async (patientId: string, on: string, visitTypeId: string) => {
    const visit = await bookAt(patientId, on, visitTypeId);
    await practice.tx(async (tx) => {
      tx.now = new Date(Date.parse(visit.startsAt) + 600_000);
      const arrived = await arriveVisit(tx, visit.visitId, { version: 1 });
      await checkOutVisit(tx, visit.visitId, { version: arrived.version });
    });
    return visit;
  };
  const runAt = (on: string) =>
    practice.tx(async (tx) => {
      tx.now = new Date(`${on}T15:00:00.000Z`);
      return [await makeRecalls(tx), await takeFitting(tx)];
    });

  it('calls whom it should once, from the last visit on, and says how many beforehand', async () => {
    const [one = '', two = '', three = ''] = people;
    await seen(one, '2026-01-06', plan.newPatient);
    quarter = 0;
    await seen(two, '2026-01-07', plan.newPatient);
    await seen(two, '2026-01-08', plan.newPatient);
    quarter = 0;
    await seen(three, '2026-01-09', plan.followUp);
    const body = rule();
    expect(await practice.manager.do(api.previewRecallRule, { body })).toEqual({ due: 2, late: 0 });
    const old = await practice.manager.do(api.previewRecallRule, { body: rule({ leastAge: 18 }) });
    // Nobody's birth date is known here: who cannot be told to be of age is not called.
    expect(old.due).toBe(0);
    const { rule: kept } = await practice.manager.do(api.addRecallRule, { body });
    expect(await runAt('2026-03-04')).toEqual([2, 0]);
    expect(await runAt('2026-03-04')).toEqual([0, 0]);
    // Of a rule that is kept, whom it has called is not counted again.
    const again = { ...body, recallRuleId: kept.recallRuleId };
    expect((await practice.manager.do(api.previewRecallRule, { body: again })).due).toBe(0);
    expect(await ofPerson(one)).toMatchObject([
      { origin: 'rule', state: 'open', targetOn: '2026-04-06', said: '3 months', physicianName: 'Dr. Lee' },
    ]);
    expect(await ofPerson(two)).toMatchObject([{ targetOn: '2026-04-08' }]);
    expect(await ofPerson(three)).toEqual([]);
  });

  it('takes a fitting visit for it, is open again when that is cancelled, and kept when it was completed', async () => {
    const [one = '', two = ''] = people;
    quarter = 0;
    const visit = await bookAt(one, '2026-04-07', plan.followUp);
    expect(await runAt('2026-03-05')).toEqual([0, 1]);
    expect(await ofPerson(one)).toMatchObject([{ state: 'booked', visit: { visitId: visit.visitId } }]);
    await practice.tx((tx) =>
      cancelVisit(tx, visit.visitId, { version: 1, reason: 'patient-asked', text: '' }),
    );
    expect(await ofPerson(one)).toMatchObject([{ state: 'open' }]);
    quarter = 3;
    await seen(two, '2026-04-08', plan.followUp);
    await runAt('2026-04-09');
    expect(await ofPerson(two)).toMatchObject([{ state: 'kept' }]);
  });

  it('reports due, contacted, booked and kept: every figure equals a count made by itself', async () => {
    const [open] = await ofPerson(people[0] ?? '');
    await practice.tx((tx) =>
      recordAttempt(tx, open?.followUpId ?? '', {
        ...{ version: open?.version ?? 0, channel: 'call', outcome: 'no-answer', note: '', nextTryOn: null },
      }),
    );
    const query = { from: '2026-04-01', to: '2026-04-30' };
    const { rows } = await practice.manager.do(api.readRecallYield, { query });
    const counted = await practice.tx(async (tx) => {
      const { rows: all } = await sql<{ tried: boolean; taken: boolean; kept: boolean }>`
        select f.follow_up_id in (select follow_up_id from follow_up_attempts) as tried,
          f.follow_up_id in (select follow_up_id from follow_up_steps where visit_id is not null) as taken,
          f.visit_id in (select visit_id from visits where checked_out_at is not null) as kept
        from follow_ups f where f.origin = 'rule' and f.target_on between '2026-04-01' and '2026-04-30'
        limit 100`.execute(tx.db);
      return all;
    });
    const many = (what: (one: (typeof counted)[number]) => boolean) => counted.filter(what).length;
    expect(rows).toMatchObject([
      {
        ...{ name: 'Every three months', due: counted.length, contacted: many((one) => one.tried) },
        ...{ booked: many((one) => one.taken), kept: many((one) => one.kept === true) },
      },
    ]);
    expect(rows[0]).toMatchObject({ due: 2, contacted: 1, booked: 2, kept: 1 });
    const later = await practice.manager.do(api.readRecallYield, {
      query: { from: '2027-01-01', to: '2027-01-02' },
    });
    expect(later.rows).toMatchObject([{ due: 0, contacted: 0, booked: 0, kept: 0 }]);
  });

  it('is changed by who sets the practice up, and refuses what it does not know', async () => {
    const ana = await practice.as('secretary');
    const none = await ana.ask(api.addRecallRule, { body: rule() });
    expect(none.status).toBe(403);
    const wrong = await practice.manager.ask(api.addRecallRule, { body: rule({ visitTypeId: plan.lee }) });
    expect(wrong.status).toBe(404);
    const never = await practice.manager.ask(api.addRecallRule, { body: rule({ months: 0 }) });
    expect(never.body.fields).toHaveProperty('months');
    const [kept] = (await ana.do(api.listRecallRules, {})).rules;
    const { recallRuleId = '', version = 0 } = kept ?? {};
    const params = { ruleId: recallRuleId };
    const change = { version, rule: rule({ active: false }) };
    await practice.manager.do(api.changeRecallRule, { params, body: change });
    const late = await practice.manager.ask(api.changeRecallRule, { params, body: change });
    expect(late.body.error).toBe('stale');
    await seen(people[4] ?? '', '2026-01-12', plan.newPatient);
    expect((await runAt('2026-03-06'))[0]).toBe(0);
  });
});
