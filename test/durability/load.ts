import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { markDeceased, registerPatient } from '../../src/features/patients/api.ts';
import { createPractice } from '../../src/features/practice/commands.ts';
import { bookVisit, readVisit } from '../../src/features/schedule/visits/api.ts';
import { verifyChain } from '../../src/platform/audit/verify.ts';
import { addDays, isoWeekday } from '../../src/platform/calendar/dates.ts';
import { inTransaction, type Store, type Tx, theOffice } from '../../src/platform/db/transaction.ts';
import { openSession } from '../../src/platform/session/session.ts';
import type { Desk, TestPractice } from '../office.ts';
import { setUpSchedule, type TestSchedule } from '../practice.ts';

/** What the tests of this folder write while processes are killed, and what must be there afterwards. */

export type LoadPractice = {
  practiceId: string;
  email: string;
  schedule: TestSchedule;
  token(): Promise<string>;
};

export const password = 'four quiet words';

/** A practice that can be booked, in a zone without summer time. `token` signs in while the store is open. */
export async function openPractice(store: Store): Promise<LoadPractice> {
  const email = `m-${randomUUID()}@test.example`;
  const made = await createPractice(store, {
    name: 'Elm',
    timeZone: 'America/Phoenix',
    manager: { givenName: 'Max', familyName: 'O', email, password },
  });
  const opening = { practiceId: made.practiceId, actor: theOffice };
  const tx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(store, opening, work);
  const schedule = await setUpSchedule({ ...made, tx } as unknown as TestPractice, 0);
  return {
    practiceId: made.practiceId,
    email,
    schedule,
    token: async () => (await tx((open) => openSession(open, made.managerAccountId, 'bearer'))).token,
  };
}

export type Person = { familyName: string; givenName: string; bornOn: string; phone: string; email: string };

const letters = () =>
  randomUUID()
    .replaceAll('-', '')
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '');

let invented = 0;

/** Somebody whose every word stands nowhere else: found in a log, it has leaked. */
export function inventPerson(): Person {
  const nth = invented++;
  return {
    familyName: `Q${letters()}`,
    givenName: `X${letters()}`,
    bornOn: addDays('1931-01-01', nth),
    phone: `+1212${String(2_000_001 + nth)}`,
    email: `${letters()}@mail.example`,
  };
}

/** The nth quarter of an hour of Dr. Lee's that nobody else is given. */
export function slotAt(nth: number): string {
  let date = addDays(new Date().toISOString().slice(0, 10), 7);
  for (let days = Math.floor(nth / 32); ; date = addDays(date, 1)) {
    if (isoWeekday(date) > 5) continue;
    if (days === 0) break;
    days -= 1;
  }
  const quarter = nth % 32;
  const minutes = 8 * 60 + quarter * 15 + (quarter >= 16 ? 60 : 0);
  const local = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `${date}T${local}:00-07:00`;
}

export type Done = {
  sent: Person[];
  acknowledged: Set<string>;
  /** Visits of people whose death was acknowledged: a job cancels each of them. */
  orphaned: string[];
  /** How often "not just now" was answered. */
  refused: number;
};

type Plan = {
  /** The desk that asks; the same request is sent again by the next one until it is answered. */
  desk(worker: number, tries: number): Desk;
  schedule: TestSchedule;
  workers: number;
};

export type Load = {
  /** Wait for so many more acknowledged writes; throws what a desk was answered and should not be. */
  more(writes: number): Promise<void>;
  stop(): Promise<Done>;
};

/**
 * Desks that register people, book every fourth and say that they died; a job of that write then cancels the
 * visit. Whoever gets no answer asks again with the same key.
 */
export function startLoad({ desk, schedule, workers }: Plan): Load {
  const done: Done = { sent: [], acknowledged: new Set(), orphaned: [], refused: 0 };
  let [written, slots, stopped] = [0, 0, false];
  const persist = (worker: number) => {
    const ask: Desk['ask'] = async (endpoint, input) => {
      const key = randomUUID();
      for (let tries = worker; ; tries++) {
        const answer = await desk(worker, tries)
          .ask(endpoint, input, { key })
          .catch(() => undefined);
        if (answer?.status === 200) {
          written += 1;
          return answer;
        }
        if (answer && answer.status !== 503)
          throw new Error(`${endpoint.path} answered ${answer.status}: ${answer.body.message}`);
        if (answer) done.refused += 1;
        if (stopped) throw stopping;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    return ask;
  };
  const stopping = new Error('The load was stopped.');
  const work = async (worker: number) => {
    const ask = persist(worker);
    for (let nth = worker; !stopped; nth++) {
      const person = inventPerson();
      const { phone, ...words } = person;
      done.sent.push(person);
      const patient = { ...words, phones: [{ number: phone }] };
      const registered = (await ask(registerPatient, { body: { patient } })).body.patient;
      done.acknowledged.add(person.familyName);
      if (nth % 4 !== 0) continue;
      const { patientId } = registered;
      const { visit } = (
        await ask(bookVisit, {
          body: {
            patientId,
            visitTypeId: schedule.followUp,
            siteId: schedule.main,
            physicianId: schedule.lee,
            startsAt: slotAt(slots++),
          },
        })
      ).body;
      await ask(markDeceased, { params: { id: patientId }, body: { version: registered.version } });
      done.orphaned.push(visit.visitId);
    }
  };
  const all = Promise.all(
    Array.from({ length: workers }, (_, worker) =>
      work(worker).catch((error: unknown) => {
        if (error !== stopping) throw error;
      }),
    ),
  );
  all.catch(() => undefined);
  return {
    more: async (writes) => {
      const goal = written + writes;
      const reached = async () => {
        while (written < goal) await new Promise((resolve) => setTimeout(resolve, 10));
      };
      await Promise.race([reached(), all]);
    },
    stop: async () => {
      stopped = true;
      await all;
      return done;
    },
  };
}

/** A clock so far ahead that no job is still held for a process that was killed. */
export const afterLeases = { TEST_CLOCK_AHEAD_MS: String(2 * 60_000) };

/** Ask until the jobs of all acknowledged deaths are done: each visit is cancelled. */
export async function jobsGoOn(desk: Desk, done: Done): Promise<void> {
  const limit = Date.now() + 60_000;
  for (const id of done.orphaned) {
    while ((await desk.do(readVisit, { params: { id } })).visit.state !== 'cancelled') {
      if (Date.now() > limit) throw new Error(`The job of visit ${id} was not done.`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

type Row = { familyName: string; mrn: string };
type Cancelled = { visitId: string; cancels: number; events: number };

/** Nothing acknowledged is lost, nothing is there twice, jobs were done once, the audit is whole. Answers the MRNs. */
export async function expectWhole(store: Store, practiceId: string, done: Done): Promise<string[]> {
  const opening = { practiceId, actor: theOffice, readOnly: true };
  const found = await inTransaction(store, opening, async (tx) => {
    const people = await sql<Row>`select family_name, mrn from patients`.execute(tx.db);
    const cancelled = await sql<Cancelled>`
      select v.visit_id, (select count(*)::int from visit_steps s
          where s.visit_id = v.visit_id and s.step = 'cancelled') as cancels,
        (select count(*)::int from outbox_events e
          where e.subject_id = v.patient_id and e.kind = 'patient.deceased.v1') as events
      from visits v join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
      where p.deceased`.execute(tx.db);
    const jobs = await sql<{ kind: string }>`
      select kind from jobs where kind = 'schedule.cancel-of-deceased' or dead_at is not null`.execute(tx.db);
    const verdict = await verifyChain(tx.db, store.auditKey, practiceId, []);
    return { people: people.rows, cancelled: cancelled.rows, jobs: jobs.rows, verdict };
  });
  const names = found.people.map((row) => row.familyName);
  const here = new Set(names);
  const sent = new Set(done.sent.map((one) => one.familyName));
  expect(here.size).toBe(names.length);
  expect([...done.acknowledged].filter((name) => !here.has(name))).toEqual([]);
  expect(names.filter((name) => !sent.has(name))).toEqual([]);
  expect(found.verdict).toMatchObject({ ok: true });
  expect(done.orphaned.length).toBeGreaterThan(0);
  const dead = new Set(found.cancelled.map((row) => row.visitId));
  expect(done.orphaned.filter((id) => !dead.has(id))).toEqual([]);
  expect(found.cancelled.filter((row) => row.cancels !== 1 || row.events !== 1)).toEqual([]);
  expect(found.jobs).toEqual([]);
  process.stdout.write(
    `  ${done.acknowledged.size} people and ${done.orphaned.length} deaths acknowledged, ${names.length} people here\n`,
  );
  return found.people.map((row) => row.mrn);
}
