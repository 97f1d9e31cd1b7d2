import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, storages, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import * as patients from '../../patients/api.ts';
import * as merging from '../../patients/merging/api.ts';
import { arriveVisit } from '../steps/commands.ts';
import * as api from '../visits/api.ts';
import { bookVisit } from '../visits/commands.ts';

// Several transactions at once: the embedded database has one after the other
describe.runIf(storages.includes('server'))('merging people while they are booked', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  beforeAll(async () => {
    office = await openTestOffice({ storage: 'server' });
    practice = await office.practice();
    plan = await setUpSchedule(practice, 2);
  });
  afterAll(() => office.close());

  /** Work in a transaction that stays open until `commit`. */
  const held = async <T>(work: (tx: Tx) => Promise<T>) => {
    let commit = () => {};
    const asked = new Promise<void>((resolve) => {
      commit = resolve;
    });
    let done = () => {};
    const worked = new Promise<void>((resolve) => {
      done = resolve;
    });
    const ended = practice.tx(async (tx) => {
      const result = await work(tx);
      done();
      await asked;
      return result;
    });
    await Promise.race([worked, ended]);
    return {
      commit: () => {
        commit();
        return ended;
      },
    };
  };

  const untilOneWaits = async () => {
    const countWaiting = (tx: Tx) =>
      sql<{ count: number }>`
        select count(distinct l.pid)::int as count from pg_locks l join pg_stat_activity a on a.pid = l.pid
        where not l.granted and a.datname = current_database()`.execute(tx.db);
    while (((await practice.tx(countWaiting)).rows[0]?.count ?? 0) === 0)
      await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('a visit booked and checked in while a merge waits goes along, with all its steps', async () => {
    const [one = '', two = ''] = [...plan.patients].sort();
    const desk = practice.manager;
    // The merge finds the first record held by a booking, then the second one by somebody else
    const booking = await held(async (tx) => {
      const wish = { visitTypeId: plan.followUp, siteId: plan.main, physicianId: plan.lee };
      const at = { startsAt: '2026-03-04T11:00:00-05:00', resourceIds: [], reason: '', note: '' };
      return bookVisit(tx, { patientId: one, ...wish, ...at });
    });
    const other = await held((tx) =>
      sql`select from patients where patient_id = ${two} for no key update`.execute(tx.db),
    );
    const body = { version: 1, otherId: one, otherVersion: 1 };
    const merge = desk.ask(merging.mergePatients, { params: { id: two }, body });
    await untilOneWaits();
    const { visitId } = await booking.commit();
    const arriving = await held((tx) => arriveVisit(tx, visitId, { version: 1 }));
    await untilOneWaits();
    await other.commit();
    await untilOneWaits();
    await arriving.commit();
    expect((await merge).body.message).toBeUndefined();
    const { visit, steps } = await desk.do(api.readVisit, { params: { id: visitId } });
    expect([visit.patientId, visit.version]).toEqual([two, 3]);
    expect(steps.map((step) => step.step)).toEqual(['booked', 'arrived', 'merged']);
    const { patient } = await desk.do(patients.openPatient, { params: { id: one } });
    expect(patient.mergedInto).toBe(two);
  });
});
