import { gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { addPhysician, setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { addException } from '../setup/api.ts';
import * as visits from '../visits/api.ts';
import type { BookVisit } from '../visits/schema.ts';
import * as api from './api.ts';

// Wed 2026-03-04 10:00 in New York
const date = '2026-03-04';
const at = (time: string, on = date) => `${on}T${time}:00-05:00`;

describe('the day', () => {
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

  const book = async (more: Partial<BookVisit>, person = 0) =>
    (
      await desk.do(visits.bookVisit, {
        body: {
          patientId: plan.patients[person]!,
          visitTypeId: plan.followUp,
          siteId: plan.main,
          physicianId: plan.lee,
          startsAt: at('11:00'),
          ...more,
        },
      })
    ).visit;
  const read = (query: { date: string; siteId?: string } = { date }) => desk.do(api.readDay, { query });

  it('shows columns with hours, visits where they stand, and counts', async () => {
    const first = await book({ visitTypeId: plan.newPatient });
    const second = await book({ startsAt: at('10:00') }, 1);
    await desk.do(visits.arriveVisit, { params: { id: second.visitId }, body: { version: 1 } });
    const gone = await book({ startsAt: at('14:00') }, 2);
    await desk.do(visits.cancelVisit, {
      params: { id: gone.visitId },
      body: { version: 1, reason: 'patient-asked' },
    });
    office.clock.advance(21 * 60_000);
    const day = await read();
    expect(day.resources.map((one) => one.name)).toEqual([
      'Dr. Lee',
      'Dr. Okoye',
      'Nurses',
      'Room 1',
      'Room 2',
      'West Room',
      'Ultrasound',
    ]);
    expect(day.resources[0]!.working.map((one) => one.startsAt)).toEqual([
      '2026-03-04T13:00:00.000Z',
      '2026-03-04T18:00:00.000Z',
    ]);
    expect(day.visits.map((one) => [one.visitId, one.state, one.resourceIds])).toEqual([
      [second.visitId, 'arrived', [plan.lee]],
      [first.visitId, 'booked', [plan.lee, plan.room1]],
      [gone.visitId, 'cancelled', [plan.lee]],
    ]);
    expect(day.visits[0]).toMatchObject({ patient: 'Test, Person 2', waitsLong: true });
    expect(day.counts).toEqual({
      visits: 2,
      // Until noon: Dr. Lee has 99 less 30, Dr. Okoye and the nurses 99 each; four hours each after it
      openMinutes: 69 + 99 * 2 + 240 * 3,
      waiting: 1,
      waitingLong: 1,
      unconfirmed: 1,
      checkedOut: 0,
      noShows: 0,
      cancelled: 1,
    });
    expect([day.startsAt, day.endsAt]).toEqual(['2026-03-04T05:00:00.000Z', '2026-03-05T05:00:00.000Z']);
  });

  it('at one site shows who works and what stands there', async () => {
    const friday = await read({ date: '2026-03-06', siteId: plan.west });
    expect(friday.resources.map((one) => one.name)).toEqual(['Dr. Okoye', 'West Room']);
    expect(friday.resources[0]!.working[0]).toEqual({
      siteId: plan.west,
      startsAt: '2026-03-06T15:00:00.000Z',
      endsAt: '2026-03-06T19:00:00.000Z',
    });
    const elsewhere = await read({ date: '2026-03-06', siteId: plan.main });
    expect(elsewhere.resources.map((one) => one.name)).not.toContain('Dr. Okoye');
  });

  it('says who is away and why', async () => {
    await practice.manager.do(addException, {
      params: { resourceId: plan.lee },
      body: { kind: 'closing', from: date, note: 'conference' },
    });
    const day = await read();
    expect(day.resources[0]).toMatchObject({ working: [], away: 'Dr. Lee is away: conference' });
    expect(day.notes).toEqual(['Dr. Lee away: conference']);
  });

  it('has 23 hours when the clocks go forward', async () => {
    const day = await read({ date: '2026-03-08' });
    expect((Date.parse(day.endsAt) - Date.parse(day.startsAt)) / 3_600_000).toBe(23);
  });

  it('is one line of the audit with its visits; a live refresh is none', async () => {
    const visit = await book({});
    const opened = () =>
      practice.tx(async (tx) => {
        const { rows } = await sql<{ subjectIds: string[] }>`
          select subject_ids from audit_records where practice_id = ${practice.practiceId}
            and action = 'day.opened' order by seq`.execute(tx.db);
        return rows.map((row) => row.subjectIds);
      });
    await read();
    expect(await opened()).toEqual([[visit.visitId]]);
    await desk.do(api.readDay, { query: { date } }, { live: true });
    expect(await opened()).toHaveLength(1);
  });

  it('of 600 visits is small and takes few statements', async () => {
    await practice.tx(async (tx) => {
      const doctors = [];
      for (let i = 0; i < 17; i++)
        doctors.push(await addPhysician(tx, `No. ${i}`, [[plan.main, [1, 2, 3, 4, 5]]]));
      await sql`
        with made as (
          insert into visits (practice_id, visit_id, patient_id, visit_type_id, site_id, physician_id, starts_at,
            ends_at, state, created_at, reason)
          select ${practice.practiceId}, gen_random_uuid(), ${plan.patients[0]}, ${plan.followUp}, ${plan.main}, id,
            at, at + interval '10 minutes', 'booked', ${tx.now}, 'knee'
          from unnest(${[...doctors, plan.lee, plan.okoye, plan.nurses]}::uuid[]) id,
            generate_series(timestamptz '2026-03-04 13:00Z', '2026-03-04 17:50Z', '10 minutes') at
          returning *)
        insert into visit_resources (practice_id, visit_id, resource_id, lane, starts_at, ends_at)
        select practice_id, visit_id, physician_id, 0, starts_at, ends_at from made`.execute(tx.db);
    });
    // What is remembered of the practice's privacy is read by whoever asks first.
    await read({ date: '2026-03-05' });
    const before = office.statements();
    const day = await read();
    // Session, begin, facts, visits, commit; then the audit's own begin, head, records, commit
    expect(office.statements() - before).toBeLessThanOrEqual(12);
    expect(day.visits).toHaveLength(600);
    const text = JSON.stringify(day);
    // Four ids a visit: repeated ones cost next to nothing once compressed
    expect(gzipSync(text).length).toBeLessThan(80_000);
    expect(text.length / 600).toBeLessThan(450);
  });

  it('the week of one physician runs from Monday to Sunday', async () => {
    const visit = await book({ startsAt: at('09:00', '2026-03-06') });
    await book({ startsAt: at('09:00', '2026-03-06'), physicianId: plan.nurses }, 1);
    const week = await desk.do(api.readWeek, { query: { physicianId: plan.lee, date } });
    expect(week.days.map((one) => one.date)).toEqual([
      '2026-03-02',
      '2026-03-03',
      '2026-03-04',
      '2026-03-05',
      '2026-03-06',
      '2026-03-07',
      '2026-03-08',
    ]);
    expect(week.days[4]!.visits.map((one) => one.visitId)).toEqual([visit.visitId]);
    expect(week.days[5]).toMatchObject({ working: [], away: 'Dr. Lee does not work Saturdays' });
  });
});
