import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { deskAt, eitherStorage, openTestOffice, storages, type TestOffice } from '../../test/office.ts';
import { databaseUrl } from '../../test/templates.ts';
import { type DemoInProgress, openDemo } from '../app/demo.ts';
import { makeTask } from '../features/tasks/api.ts';
import type { EmbeddedSource } from '../platform/db/embedded.ts';
import { inTransaction, theOffice } from '../platform/db/transaction.ts';
import { listPractices } from '../platform/practices.ts';
import { hoursToday, playNext, resumeDemo } from './demo.ts';
import type { Size } from './plan.ts';

const size: Size = { physicians: 4, patients: 130, pastDays: 1, comingDays: 2, density: 0.9 };
/** Enough where a day is played several times. */
const small: Size = { ...size, physicians: 2, patients: 70, comingDays: 1 };
const slow = 240_000;

let offices: TestOffice[] = [];
afterEach(async () => {
  await Promise.all(offices.map((office) => office.close()));
  offices = [];
}, slow);

/** On the server where there is one: the same commands, and quicker. */
async function openOffice(storage: (typeof storages)[number] | undefined = storages.at(-1)) {
  const office = await openTestOffice(storage ? { storage } : {});
  offices.push(office);
  return office;
}

async function open(office: TestOffice, options = {}): Promise<DemoInProgress> {
  const { source } = office.store;
  const name = await office.database();
  const database =
    office.storage === 'embedded' ? { source, embedded: source as EmbeddedSource } : { source };
  const config = office.storage === 'server' ? { ownerUrl: databaseUrl(name) } : {};
  const demo = await openDemo(office.store, database, config, { size, ...options });
  if (!demo) throw new Error('There is no demo.');
  return demo;
}

async function playAll(demo: DemoInProgress) {
  demo.goOn();
  while (demo.state().part < demo.state().total) await new Promise((resolve) => setTimeout(resolve, 50));
  await demo.stop();
}

type Row = { startsAt: string; endsAt: string; state: string; name: string; physician: string; code: string };

/** Every visit in words, so that two practices can be compared though their ids differ. */
async function visitsOf(office: TestOffice, practiceId: string): Promise<(Row & { confirmed: boolean })[]> {
  return inTransaction(office.store, { practiceId, actor: theOffice }, async (tx) => {
    const { rows } = await sql<Row & { confirmed: boolean }>`
      select v.starts_at, v.ends_at, v.state, v.confirmed_at is not null as confirmed, t.code,
        p.mrn || ' ' || p.family_name || ' ' || p.given_name as name, d.name as physician
      from visits v join patients p using (practice_id, patient_id)
        join visit_types t using (practice_id, visit_type_id)
        join resources d on d.practice_id = v.practice_id and d.resource_id = v.physician_id
      order by v.starts_at, d.name, name`.execute(tx.db);
    return rows;
  });
}

async function signIn(office: TestOffice, role = 'secretary') {
  const response = await fetch(`${office.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: `${role}@demo.test`, password: 'demo-desk' }),
  });
  expect(response.status).toBe(200);
  return deskAt(office.url, (await response.json()).token);
}

describe('the demo', () => {
  it(
    'opens with a day in progress: one late, one waiting too long, one who never came',
    async () => {
      const office = await openOffice();
      const demo = await open(office);
      const nowMs = office.clock.now().getTime();
      const visits = await visitsOf(office, demo.practiceId);
      const minutesAgo = (visit: Row) => (nowMs - Date.parse(visit.startsAt)) / 60_000;
      const late = visits.filter((one) => one.state === 'booked' && minutesAgo(one) > 10);
      const waiting = visits.filter((one) => one.state === 'arrived' && minutesAgo(one) > 20);
      expect(late).toHaveLength(1);
      expect(waiting).toHaveLength(1);
      const states = new Set(visits.map((one) => one.state));
      for (const state of ['checked_out', 'no_show', 'booked']) expect(states).toContain(state);
      expect(states.has('in_room') || states.has('with_physician')).toBe(true);
      for (const role of ['secretary', 'biller', 'nurse', 'physician', 'manager', 'auditor']) {
        await signIn(office, role);
      }
    },
    slow,
  );

  it(
    'is the same for the same seed and day, also when it was cut off many times, and nothing is refused',
    async () => {
      const [one, other] = [await openOffice(), await openOffice()];
      const whole = await open(one, { size: small });
      await playAll(whole);
      const demo = await open(other, { size: small });
      for (let cut = 0; cut < 6; cut++) {
        // As after a restart: everything is read again, also in the middle of a day.
        const player = { ...(await resumeDemo(other.store, demo.practiceId, small)), plan: null };
        for (let piece = 0; piece < 3; piece++) await playNext(player, 5);
      }
      await playAll(await open(other, { size: small }));
      const [first, second] = [await visitsOf(one, whole.practiceId), await visitsOf(other, demo.practiceId)];
      expect(first.length).toBeGreaterThan(50);
      expect(second).toEqual(first);
      const startOfDay = Date.parse('2026-03-04T05:00:00Z');
      const past = first.filter((visit) => Date.parse(visit.startsAt) < startOfDay);
      const over = ['checked_out', 'cancelled', 'no_show'];
      expect(past.length).toBeGreaterThan(5);
      expect(past.filter((visit) => !over.includes(visit.state))).toEqual([]);
      expect(whole.state()).toMatchObject({ refused: 0, done: whole.state().total });
      const booked = first.filter((visit) => visit.state === 'booked');
      expect(booked.some((visit) => visit.confirmed)).toBe(true);
      expect(booked.some((visit) => !visit.confirmed)).toBe(true);
    },
    slow,
  );

  it.each(eitherStorage)(
    'moves to today when nobody changed anything (%s)',
    async (storage) => {
      const office = await openOffice(storage);
      const before = await open(office, { size: small });
      const desk = await signIn(office);
      office.clock.advance(3 * 86_400_000);
      const after = await open(office, { size: small });
      expect(after.practiceId).not.toBe(before.practiceId);
      expect(after.state().anchorOn).toBe('2026-03-07');
      expect(await listPractices(office.store)).toHaveLength(1);
      const visits = await visitsOf(office, after.practiceId);
      expect(visits.some((visit) => visit.state === 'with_physician' || visit.state === 'in_room')).toBe(
        true,
      );
      expect(
        (await desk.ask(makeTask, { body: { text: 'Call', dueAt: '2026-03-09T15:00:00Z' } })).status,
      ).toBe(401);
      await signIn(office);
    },
    slow,
  );

  it(
    'goes on as its days would have gone when somebody worked in it',
    async () => {
      const office = await openOffice();
      const before = await open(office);
      await playAll(before);
      const desk = await signIn(office);
      await desk.do(makeTask, { body: { text: 'Water the plants', dueAt: '2026-03-09T15:00:00Z' } });
      office.clock.advance(86_400_000);
      const after = await open(office);
      expect(after.practiceId).toBe(before.practiceId);
      const nowMs = office.clock.now().getTime();
      const visits = await visitsOf(office, after.practiceId);
      const open_ = ['booked', 'arrived', 'in_room', 'with_physician'];
      const stale = visits.filter(
        (one) => open_.includes(one.state) && Date.parse(one.endsAt) < nowMs - 4 * 3_600_000,
      );
      expect(stale).toEqual([]);
      const today = visits.filter((one) => one.startsAt.startsWith('2026-03-05'));
      expect(today.filter((one) => one.state === 'checked_out').length).toBeGreaterThan(3);
      expect(today.filter((one) => one.state === 'booked').length).toBeGreaterThan(3);
    },
    slow,
  );

  it('keeps extended hours when it is opened outside of the usual ones', () => {
    const hours = (at: string) => hoursToday(new Date(at), at.slice(0, 10), 'UTC');
    expect(hours('2026-03-04T12:00:00Z')).toBeNull();
    expect(hours('2026-03-08T22:10:00Z')).toEqual({ fromMinutes: 1020, toMinutes: 1440 });
    expect(hours('2026-03-04T08:00:00Z')).toEqual({ fromMinutes: 330, toMinutes: 720 });
    expect(hours('2026-03-04T00:20:00Z')).toEqual({ fromMinutes: 0, toMinutes: 270 });
  });
});
