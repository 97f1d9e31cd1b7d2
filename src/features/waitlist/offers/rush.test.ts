import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { addPeople, setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { rounds } from '../../../../test/rounds.ts';
import { bookVisit, cancelVisit } from '../../schedule/visits/api.ts';
import * as api from '../api.ts';
import { joinWaitlist } from '../commands.ts';
import { usualSettings } from '../settings/rules.ts';

const attempts = rounds(40, 200);

describe.each(eitherStorage)('a rush on one offered slot, %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  let people: string[];
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    plan = await setUpSchedule(practice, 1);
    desk = await practice.as('secretary');
    people = await practice.tx((tx) => addPeople(tx, attempts));
    const settings = { ...usualSettings, atOnce: attempts };
    await practice.manager.do(api.changeWaitlistSettings, { body: { version: 0, settings } });
    await practice.tx(async (tx) => {
      for (const patientId of people) await joinWaitlist(tx, { patientId, visitTypeId: plan.followUp });
    });
  });
  afterAll(() => office.close());

  it(`${attempts} yeses at once: one winner, kind answers for the others, no visit lost`, async () => {
    const where = { siteId: plan.main, physicianId: plan.lee, startsAt: '2026-03-05T10:00:00-05:00' };
    const freed = { patientId: plan.patients[0]!, visitTypeId: plan.followUp, ...where };
    const { visit } = await desk.do(bookVisit, { body: freed });
    const reason = 'patient-asked' as const;
    await desk.do(cancelVisit, { params: { id: visit.visitId }, body: { version: 1, reason } });
    await office.runner.drain();
    const [opening] = (await desk.do(api.listOpenings, { query: {} })).openings;
    const params = { id: opening!.openingId };
    const { offers } = await desk.do(api.readOpening, { params });
    expect(offers.length).toBe(attempts);
    const answers = await Promise.all(
      offers.map((offer) => desk.ask(api.acceptOffer, { params: { id: offer.offerId } })),
    );
    expect(answers.filter((one) => one.status !== 200).map((one) => one.body.message)).toEqual([]);
    const results = answers.map((one) => one.body.result);
    expect(results.filter((one) => one === 'won').length).toBe(1);
    expect(new Set(answers.filter((one) => one.body.result !== 'won').map((one) => one.body.said))).toEqual(
      new Set(['Someone else was faster. They keep their place on the waitlist and will be asked again.']),
    );
    const winner = offers[results.indexOf('won')];
    const after = await desk.do(api.readOpening, { params });
    expect([after.opening.outcome, after.opening.filledEntryId]).toEqual(['filled', winner?.entryId]);
    expect(after.offers.filter((one) => one.outcome === 'won').map((one) => one.offerId)).toEqual([
      winner?.offerId,
    ]);
    expect(after.offers.filter((one) => one.answer === 'yes').length).toBe(attempts);
    const { rows } = await practice.tx((tx) =>
      sql<{ state: string; patientId: string; held: number }>`
        select state, patient_id, (select count(*)::int from holds) as held from visits order by created_at, state`.execute(
        tx.db,
      ),
    );
    expect(rows.map((row) => [row.state, row.patientId, row.held])).toEqual(
      expect.arrayContaining([
        ['cancelled', plan.patients[0], 0],
        ['booked', winner?.patientId, 0],
      ]),
    );
    expect(rows.length).toBe(2);
    const { total } = await desk.do(api.listWaitlist, { query: { limit: 1 } });
    expect(total).toBe(attempts - 1);
  });
});
