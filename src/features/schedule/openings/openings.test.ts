import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { addPhysician, setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { bookVisit } from '../visits/api.ts';
import * as api from './api.ts';
import type { FindOpenings } from './schema.ts';

// Wed 2026-03-04 10:00 in New York
describe('openings', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  beforeAll(async () => {
    office = await openTestOffice();
  });
  beforeEach(async () => {
    office.clock.set('2026-03-04T15:00:00.000Z');
    practice = await office.practice();
    plan = await setUpSchedule(practice);
    desk = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const find = (wish: Partial<z.input<typeof FindOpenings>> = {}) =>
    desk.do(api.findOpenings, { body: { visitTypeId: plan.followUp, ...wish } });

  it('the first five of any physician, each with why it fits and what it takes', async () => {
    const { openings } = await find({ visitTypeId: plan.newPatient });
    expect(openings).toHaveLength(5);
    expect(openings[0]).toMatchObject({
      label: 'Wed, Mar 4, 10:00 am',
      physicianName: 'Dr. Lee',
      resourceNames: ['Room 1'],
      minutes: 30,
    });
    expect(openings[0]!.reasons).toContain('first opening with Dr. Lee');
  });

  it('every opening can be booked as it is, on either side of a clock change', async () => {
    for (const [from, to] of [
      ['2026-03-06', '2026-03-10'],
      ['2026-10-30', '2026-11-03'],
    ]) {
      const { openings } = await find({ visitTypeId: plan.scan, from: from!, to: to!, limit: 50 });
      expect(openings.length).toBeGreaterThan(20);
      const spread = openings.filter((_, i) => i % 12 === 0);
      for (const [i, one] of spread.entries()) {
        const { startsAt, siteId, physicianId, resourceIds } = one;
        const body = { patientId: plan.patients[i % 6]!, visitTypeId: plan.scan };
        const { status, body: answer } = await desk.ask(bookVisit, {
          body: { ...body, startsAt, siteId, physicianId, resourceIds },
        });
        expect([answer.message, status]).toEqual([undefined, 200]);
      }
    }
  });

  it('the first of the morning is at 8 on the wall, before and after the change', async () => {
    const first = async (from: string) =>
      (await find({ physicianIds: [plan.lee], from, to: from })).openings[0];
    expect((await first('2026-03-06'))?.startsAt).toBe('2026-03-06T13:00:00.000Z');
    expect((await first('2026-03-09'))?.startsAt).toBe('2026-03-09T12:00:00.000Z');
    expect((await first('2026-11-02'))?.startsAt).toBe('2026-11-02T13:00:00.000Z');
  });

  it('days, times, site and a date to be near are kept', async () => {
    const fridays = await find({ weekdays: [5], siteId: plan.west, times: [{ from: '13:00', to: '15:00' }] });
    expect(fridays.openings.map((one) => [one.label, one.physicianName])[0]).toEqual([
      'Fri, Mar 6, 1:00 pm',
      'Dr. Okoye',
    ]);
    const near = await find({ physicianIds: [plan.lee], aroundDate: '2026-06-04', limit: 1 });
    expect(near.openings[0]).toMatchObject({
      label: 'Thu, Jun 4, 8:00 am',
      reasons: ['3 months to the day'],
    });
  });

  it("a person's other visit is left out", async () => {
    const startsAt = '2026-03-05T08:00:00-05:00';
    const [patientId] = plan.patients;
    await desk.do(bookVisit, {
      body: {
        patientId: patientId!,
        visitTypeId: plan.followUp,
        siteId: plan.main,
        physicianId: plan.okoye,
        startsAt,
      },
    });
    const day = { from: '2026-03-05', to: '2026-03-05', physicianIds: [plan.lee], limit: 1 };
    expect((await find({ ...day, patientId: patientId! })).openings[0]!.label).toBe('Thu, Mar 5, 8:15 am');
    expect((await find(day)).openings[0]!.label).toBe('Thu, Mar 5, 8:00 am');
  });

  it('none: what blocks it, and the nearest that would do', async () => {
    const found = await find({ physicianIds: [plan.okoye], siteId: plan.main, weekdays: [5] });
    expect(found.openings).toEqual([]);
    expect(found.blocked[0]).toContain('Dr. Okoye is at West Office on Fridays');
    expect(found.nearest.map((one) => [one.label, one.reasons[0]])).toContainEqual([
      'Fri, Mar 6, 8:00 am',
      'at West Office',
    ]);
  });

  it('a range of more than 180 days, or backwards, is refused', async () => {
    for (const to of ['2026-12-31', '2026-03-01']) {
      const { status, body } = await desk.ask(api.findOpenings, {
        body: { visitTypeId: plan.followUp, from: '2026-03-05', to },
      });
      expect([status, body.fields?.to]).toEqual([400, 'At most 180 days after 2026-03-05.']);
    }
  });

  it('twenty physicians and thirty days take five statements at most, whatever is booked', async () => {
    await practice.tx(async (tx) => {
      for (let i = 0; i < 18; i++) await addPhysician(tx, `No. ${i}`, [[plan.main, [1, 2, 3, 4, 5]]]);
      await sql`
        with made as (
          insert into visits (practice_id, visit_id, patient_id, visit_type_id, site_id, physician_id, starts_at,
            ends_at, state, created_at)
          select practice_id, gen_random_uuid(), ${plan.patients[0]}, ${plan.followUp}, ${plan.main}, resource_id,
            at, at + interval '15 minutes', 'booked', ${tx.now}
          from resources, generate_series(timestamptz '2026-03-05 13:00Z', '2026-03-12 20:00Z', '1 hour') at
          where kind = 'physician' and capacity = 1 and extract(hour from at) between 13 and 20
          returning *)
        insert into visit_resources (practice_id, visit_id, resource_id, lane, starts_at, ends_at)
        select practice_id, visit_id, physician_id, 0, starts_at, ends_at from made`.execute(tx.db);
    });
    const before = office.statements();
    const { openings, blocked } = await find({ from: '2026-03-05', limit: 5 });
    // The session's look-up is one of them
    expect(office.statements() - before).toBeLessThanOrEqual(7);
    expect([openings.length, blocked.length]).toEqual([5, 0]);
  });
});
