import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { readToday } from '../../app/pages/today/today-api.ts';
import { findDuplicates, openPatient, registerPatient, searchPatients } from '../patients/api.ts';
import { mergePatients, takeApart } from '../patients/merging/api.ts';
import { makeAccessKey } from '../practice/access/api.ts';
import { readDay } from '../schedule/day/api.ts';
import { arriveVisit, bookVisit, readVisit } from '../schedule/visits/api.ts';
import { makeTask } from '../tasks/api.ts';
import * as api from './api.ts';
import { restrictedName } from './veil/rules.ts';

const name = { familyName: 'Quartermain', givenName: 'Zelda', bornOn: '1971-05-06' };
const phone = '+12125550777';
let office: TestOffice;
let practice: TestPractice;
let plan: TestSchedule;
let desk: Desk;
let nurse: Desk;
let id: string;
let visit: { visitId: string; version: number };
const restriction = { kind: 'vip' as const, roles: ['manager' as const], careTeam: true };
beforeAll(async () => {
  office = await openTestOffice();
  practice = await office.practice();
  plan = await setUpSchedule(practice, 3);
  [desk, nurse] = [await practice.as('secretary'), await practice.as('nurse')];
  const { manager } = practice;
  const body = { patient: { ...name, phones: [{ kind: 'mobile' as const, number: phone }] } };
  id = (await manager.do(registerPatient, { body })).patient.patientId;
  const booking = { patientId: id, visitTypeId: plan.followUp, physicianId: plan.lee, siteId: plan.main };
  const at = { startsAt: '2026-03-04T18:15:00.000Z', reason: 'about Zelda' };
  visit = (await manager.do(bookVisit, { body: { ...booking, ...at } })).visit;
  await manager.do(makeTask, {
    body: { text: 'Call Zelda Quartermain', dueAt: '2026-03-04T20:00:00Z', patientId: id },
  });
  await manager.do(api.restrictRecord, { params: { id }, body: { ...restriction, version: 0 } });
});
afterAll(() => office.close());

const open = (who: Desk) => who.ask(openPatient, { params: { id } });
const leaks = (answer: unknown) => /zelda|quartermain|1971|5550777/i.test(JSON.stringify(answer));
const search = async (text: string) => (await desk.do(searchPatients, { body: { text } })).hits;

describe('a restricted record', () => {
  it('opens for those on its list, and for nobody else', async () => {
    expect((await open(practice.manager)).status).toBe(200);
    const asked = await open(desk);
    expect(asked.status).toBe(428);
    expect(asked.body.asks).toMatchObject({ what: 'restricted', minutes: 60 });
    expect(leaks(asked.body)).toBe(false);
    const biller = await open(await practice.as('biller'));
    expect([biller.status, biller.body.error]).toEqual([403, 'not-permitted']);
  });

  it('stands on the day, on Today and in the visit as someone at a time, and is checked in as that', async () => {
    const date = '2026-03-04';
    const day = await desk.do(readDay, { query: { date } });
    expect(day.visits).toMatchObject([
      { patient: restrictedName, startsAt: '2026-03-04T18:15:00.000Z', visitTypeId: plan.followUp },
    ]);
    const today = await desk.do(readToday, { query: { who: 'everyone' } });
    expect(today.duties.filter((duty) => duty.title === restrictedName).length).toBeGreaterThan(0);
    expect(leaks([day, today])).toBe(false);
    expect((await desk.ask(readVisit, { params: { id: visit.visitId } })).status).toBe(428);
    const arrived = await desk.do(arriveVisit, {
      params: { id: visit.visitId },
      body: { version: visit.version },
    });
    expect(arrived.visit.state).toBe('arrived');
    expect(leaks(arrived)).toBe(false);
    expect(leaks(await practice.manager.do(readDay, { query: { date } }))).toBe(true);
  });

  it.each([
    ['a part of the name', 'quarter', 0],
    ['the whole name', 'quartermain zelda', 0],
    ['the phone', '2125550777', 0],
    ['the birth date', '5/6/1971', 0],
    ['a misspelled name with the birth date', 'quartermane zelda 5/6/1971', 0],
    ['name and birth date, which only who knows them types', 'quartermain zelda 5/6/1971', 1],
  ])('is found by %s: %s', async (_, text, count) => {
    const hits = await search(text);
    expect(hits).toHaveLength(count);
    if (count > 0)
      expect(hits[0]).toMatchObject({ patientId: id, fileName: restrictedName, mrn: '', bornOn: null });
    expect(leaks(hits)).toBe(false);
  });

  it('is no duplicate that anyone is shown, and is not registered twice', async () => {
    const draft = { ...name, phones: [phone] };
    expect((await desk.do(findDuplicates, { body: draft })).duplicates).toEqual([]);
    const body = { patient: { ...name, phones: [{ kind: 'mobile' as const, number: phone }] } };
    const refused = await desk.ask(registerPatient, { body });
    expect(refused.status).toBe(409);
    expect(leaks(refused.body)).toBe(false);
  });

  it('is no patient to a program: not read, not found, not counted', async () => {
    const { key } = await practice.manager.do(makeAccessKey, {
      body: { accountId: desk.accountId, label: 'Sync', purpose: 'Nightly copy' },
    });
    const ask = async (path: string) => {
      const answer = await fetch(`${office.url}/fhir/R4${path}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      return { status: answer.status, body: (await answer.json()) as { total?: number } };
    };
    expect((await ask(`/Patient/${id}`)).status).toBe(403);
    expect((await ask('/Patient?family=Quartermain&_total=accurate')).body.total).toBe(0);
    expect((await ask('/Patient?_total=accurate')).body.total).toBe(3);
    const found = await ask('/Appointment?date=2026-03-04&_include=Appointment:patient');
    expect(found.body.total).toBe(1);
    expect(leaks(found.body)).toBe(false);
  });

  it('opens with broken glass for an hour; the manager is told at once and writes what they found', async () => {
    const short = await nurse.ask(api.breakGlass, { body: { patientId: id, reason: 'please' } });
    expect(short.status).toBe(400);
    await nurse.do(api.breakGlass, { body: { patientId: id, reason: 'She fell in the waiting room' } });
    expect((await open(nurse)).body.patient?.familyName).toBe('Quartermain');
    expect((await open(desk)).status).toBe(428);
    const owed = async () =>
      (await practice.manager.do(readToday, { query: { who: 'everyone' } })).duties.filter(
        (duty) => duty.kind === 'privacy.glass',
      );
    // Under touches Today is read anew once a second.
    await expect
      .poll(owed, { timeout: 10_000 })
      .toMatchObject([{ severity: 'wrong', title: 'Ana Ruiz opened a restricted record' }]);
    const { glass } = await practice.manager.do(api.listGlass, {});
    expect(glass).toMatchObject([{ reason: 'She fell in the waiting room', fileName: 'Quartermain, Zelda' }]);
    const params = { id: glass[0]?.glassId ?? '' };
    await practice.manager.do(api.reviewGlass, { params, body: { note: 'Justified' } });
    const again = await practice.manager.ask(api.reviewGlass, { params, body: { note: 'Justified' } });
    expect(again.status).toBe(409);
    office.clock.set('2026-03-04T16:01:00.000Z');
    expect((await open(nurse)).status).toBe(428);
    office.clock.set('2026-03-04T15:00:00.000Z');
  });

  it('opens for the physicians who treat the person', async () => {
    const staff = await practice.as('physician');
    expect((await open(staff)).status).toBe(428);
    await practice.tx(async (tx) => {
      await sql`update resources set staff_id = ${staff.staffId} where resource_id = ${plan.lee}`.execute(
        tx.db,
      );
      tx.touch('privacy');
    });
    expect((await open(staff)).status).toBe(200);
  });

  it('stays restricted when it becomes part of another, and is alone restricted when taken apart', async () => {
    const { manager } = practice;
    const other = plan.patients[0] ?? '';
    const [mine, theirs] = [await open(manager), await manager.do(openPatient, { params: { id: other } })];
    const body = {
      version: theirs.patient.version,
      otherId: id,
      otherVersion: mine.body.patient?.version ?? 0,
    };
    const { mergeId, patient } = await manager.do(mergePatients, { params: { id: other }, body });
    const ask = (who: string) => desk.ask(openPatient, { params: { id: who } });
    expect([(await ask(other)).status, (await ask(id)).status]).toEqual([428, 428]);
    await manager.do(takeApart, { params: { id: mergeId }, body: { version: patient.version } });
    expect([(await ask(other)).status, (await ask(id)).status]).toEqual([200, 428]);
  });

  it('nobody opens their own chart, on whatever list they stand', async () => {
    const own = plan.patients[1] ?? '';
    const { manager } = practice;
    await manager.do(api.linkStaff, { body: { staffId: manager.staffId, patientId: own } });
    const refused = await manager.ask(openPatient, { params: { id: own } });
    expect([refused.status, refused.body.message]).toEqual([403, expect.stringMatching(/own chart/)]);
    expect((await desk.ask(openPatient, { params: { id: own } })).status).toBe(200);
    await manager.do(api.unlinkStaff, { params: { staffId: manager.staffId } });
    expect((await manager.ask(openPatient, { params: { id: own } })).status).toBe(200);
  });

  it('is lifted with a reason, and open at once', async () => {
    const { manager } = practice;
    const { restricted } = await manager.do(api.listRestricted, {});
    const row = restricted.find((one) => one.patientId === id);
    expect(row).toMatchObject({ fileName: 'Quartermain, Zelda', kind: 'vip' });
    const body = { version: row?.version ?? 0, reason: 'Asked for it' };
    await manager.do(api.liftRestriction, { params: { id }, body });
    expect((await open(desk)).status).toBe(200);
    expect(await search('quarter')).toHaveLength(1);
  });
});
