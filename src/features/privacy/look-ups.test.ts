import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import {
  changePatient,
  openPatient,
  openPatientCard,
  registerPatient,
  searchPatients,
} from '../patients/api.ts';
import { makeAccessKey } from '../practice/access/api.ts';
import { bookVisit, listPatientVisits, readVisit } from '../schedule/visits/api.ts';
import { makeTask } from '../tasks/api.ts';
import * as api from './api.ts';
import { restrictRecord } from './restricted/commands.ts';

let office: TestOffice;
let practice: TestPractice;
let plan: TestSchedule;
let desk: Desk;
beforeAll(async () => {
  office = await openTestOffice();
  practice = await office.practice({ asksWhy: true });
  plan = await setUpSchedule(practice, 12);
  desk = await practice.as('secretary');
});
afterAll(() => office.close());

const person = (index: number) => plan.patients[index] ?? '';
const open = (who: Desk, id: string) => who.ask(openPatient, { params: { id } });
const visitOf = (patientId: string, startsAt: string) => ({
  body: { patientId, visitTypeId: plan.followUp, physicianId: plan.lee, siteId: plan.main, startsAt },
});
const actionsOf = (patientId: string) =>
  practice.tx(async (tx) => {
    const { rows } = await sql<{ action: string }>`
      select action from audit_records where subject_ids @> array[${patientId}::uuid] order by seq`.execute(
      tx.db,
    );
    return rows.map((row) => row.action);
  });

describe('someone who is not near today', () => {
  it('is not shown until it is said why, by any way in', async () => {
    const asked = await open(desk, person(0));
    expect(asked.status).toBe(428);
    expect(asked.body).toMatchObject({
      error: 'needs-reason',
      asks: { patientId: person(0), what: 'reason', mayGoOn: false },
    });
    expect(asked.body.patient).toBeUndefined();
    for (const endpoint of [openPatientCard, listPatientVisits])
      expect((await desk.ask(endpoint, { params: { id: person(0) } })).status).toBe(428);
    const change = { params: { id: person(0) }, body: { version: 1, change: { note: 'x' } } };
    expect((await desk.ask(changePatient, change)).status).toBe(428);
    const task = { body: { text: 'Call', dueAt: '2026-03-04T20:00:00Z', patientId: person(0) } };
    expect((await desk.ask(makeTask, task)).status).toBe(428);
    expect((await desk.ask(bookVisit, visitOf(person(0), '2026-03-05T15:00:00Z'))).status).toBe(428);
    expect(await actionsOf(person(0))).toContain('patient.asked-why');
  });

  it('and restricted: opens by the one reason given for breaking the glass, and closes when that time is over', async () => {
    const id = person(11);
    const listed = { kind: 'vip' as const, note: '', roles: ['manager' as const], accountIds: [] };
    await practice.tx((tx) => restrictRecord(tx, id, { ...listed, careTeam: false, version: 0 }));
    const nurse = await practice.as('nurse');
    expect((await open(nurse, id)).body.asks).toMatchObject({ what: 'restricted' });
    await nurse.do(api.breakGlass, { body: { patientId: id, reason: 'She fell in the waiting room' } });
    expect((await open(nurse, id)).status).toBe(200);
    office.clock.advance(61 * 60_000);
    expect((await open(await practice.as('nurse'), id)).body.asks).toMatchObject({ what: 'restricted' });
    office.clock.set('2026-03-04T15:00:00.000Z');
  });

  it('is found by the search line all the same', async () => {
    const { hits } = await desk.do(searchPatients, { body: { text: 'Test Person', limit: 20 } });
    expect(hits.map((hit) => hit.patientId)).toContain(person(0));
  });

  it('opens with a reason until the day ends, for this account alone; then for no more statements', async () => {
    await desk.do(api.sayWhy, { body: { patientId: person(0), kind: 'calling' } });
    const before = office.statements();
    expect((await open(desk, person(0))).status).toBe(200);
    const first = office.statements() - before;
    expect((await open(desk, person(0))).status).toBe(200);
    // Begin, look, commit: once
    expect(office.statements() - before - first).toBe(first - 3);
    expect((await open(await practice.as('biller'), person(0))).status).toBe(428);
    expect(await actionsOf(person(0))).toContain('patient.looked-up');
  });

  it('“Other” wants words, and no reason at all is for those who are never blocked', async () => {
    const body = { patientId: person(1), kind: 'other' as const };
    expect((await desk.ask(api.sayWhy, { body })).status).toBe(400);
    expect((await desk.ask(api.sayWhy, { body: { ...body, kind: 'none' } })).status).toBe(400);
    const physician = await practice.as('physician');
    expect((await open(physician, person(1))).body.asks).toMatchObject({ mayGoOn: true });
    await physician.do(api.sayWhy, { body: { ...body, kind: 'none' } });
    expect((await open(physician, person(1))).status).toBe(200);
  });
});

describe('what is a reason by itself', () => {
  it('a visit near today; a visit far away is none', async () => {
    const office2 = await practice.as('secretary');
    await desk.do(api.sayWhy, { body: { patientId: person(2), kind: 'calling' } });
    const { visit } = await desk.do(bookVisit, visitOf(person(2), '2026-03-06T15:00:00Z'));
    expect((await open(office2, person(2))).status).toBe(200);
    expect((await office2.ask(readVisit, { params: { id: visit.visitId } })).status).toBe(200);
    await practice.tx((tx) =>
      sql`update visit_steps set at = '2025-01-01' where visit_id = ${visit.visitId}`.execute(tx.db),
    );
    await practice.tx((tx) =>
      sql`update visits set starts_at = '2026-08-06T15:00Z', ends_at = '2026-08-06T15:15Z'
        where visit_id = ${visit.visitId}`.execute(tx.db),
    );
    const office3 = await practice.as('secretary');
    expect((await office3.ask(readVisit, { params: { id: visit.visitId } })).status).toBe(428);
  });

  it('an open task', async () => {
    await desk.do(api.sayWhy, { body: { patientId: person(3), kind: 'at-window' } });
    const due = { text: 'Call back', dueAt: '2026-06-04T20:00:00Z', patientId: person(3) };
    await desk.do(makeTask, { body: due });
    expect((await open(await practice.as('nurse'), person(3))).status).toBe(200);
  });

  it('having registered them', async () => {
    const patient = {
      familyName: 'Nguyễn',
      givenName: 'Thu',
      phones: [{ kind: 'mobile' as const, number: '(212) 555-0188' }],
    };
    const made = await desk.do(registerPatient, { body: { patient } });
    expect((await open(desk, made.patient.patientId)).status).toBe(200);
    expect((await open(await practice.as('biller'), made.patient.patientId)).status).toBe(428);
  });
});

describe('a program', () => {
  it('says its purpose with its key or with the request', async () => {
    const { accountId } = await practice.as('secretary');
    const bare = await practice.manager.do(makeAccessKey, { body: { accountId, label: 'Sync' } });
    const told = await practice.manager.do(makeAccessKey, {
      body: { accountId, label: 'Portal', purpose: 'Patients book online' },
    });
    const read = (key: string, path: string, headers = {}) =>
      fetch(`${office.url}${path}`, { headers: { authorization: `Bearer ${key}`, ...headers } });
    const paths = [
      `/api/patients/${person(4)}`,
      `/fhir/R4/Patient/${person(4)}`,
      '/fhir/R4/Patient?family=Test',
    ];
    for (const path of paths) {
      expect((await read(bare.key, path)).status, path).toBe(428);
      expect((await read(bare.key, path, { 'x-purpose': 'Nightly copy' })).status, path).toBe(200);
      expect((await read(told.key, path)).status, path).toBe(200);
    }
    expect(await actionsOf(person(4))).toContain('people.purpose');
  });
});

describe('the manager', () => {
  it('sees the look-ups with what followed, and marks them; never the own ones', async () => {
    const { manager } = practice;
    const { lookUps, open: count } = await manager.do(api.listLookUps, {});
    expect(count).toBe(lookUps.length);
    const first = lookUps.find((one) => one.patientId === person(0));
    expect(first).toMatchObject({ kind: 'calling', who: 'Ana Ruiz', since: null });
    expect(lookUps.find((one) => one.patientId === person(3))?.since).toBe('a task about them');
    const marked = await manager.do(api.reviewLookUps, { body: { lookUpIds: [first?.lookUpId ?? ''] } });
    expect(marked.reviewed).toBe(1);
    expect((await manager.do(api.listLookUps, {})).open).toBe(count - 1);
    await manager.do(api.sayWhy, { body: { patientId: person(5), kind: 'correction' } });
    const own = (await manager.do(api.listLookUps, {})).lookUps.find((one) => one.patientId === person(5));
    const refused = await manager.ask(api.reviewLookUps, { body: { lookUpIds: [own?.lookUpId ?? ''] } });
    expect(refused.status).toBe(403);
    expect((await desk.ask(api.listLookUps, {})).status).toBe(403);
  });

  it('chooses who is asked; it holds at once', async () => {
    const { settings, roles } = await practice.manager.do(api.readPrivacySettings, {});
    const roleModes = Object.fromEntries(roles.map((one) => [one.role, one.mode]));
    expect(roleModes).toMatchObject({ secretary: 'asks', physician: 'notes' });
    const nurse = await practice.as('nurse');
    expect((await open(nurse, person(6))).status).toBe(428);
    const body = { ...settings, roleModes: { ...roleModes, nurse: 'off' as const } };
    await practice.manager.do(api.changePrivacySettings, { body });
    expect((await open(nurse, person(6))).status).toBe(200);
    expect((await practice.manager.ask(api.changePrivacySettings, { body })).status).toBe(409);
  });
});

describe('the next day', () => {
  it('asks anew', async () => {
    office.clock.set('2026-03-05T15:00:00.000Z');
    await practice.tx((tx) => {
      tx.touch('sessions');
      return sql`update sessions set seen_at = ${tx.now}, expires_at = ${new Date('2026-03-06')}`.execute(
        tx.db,
      );
    });
    expect((await open(desk, person(0))).status).toBe(428);
  });
});
