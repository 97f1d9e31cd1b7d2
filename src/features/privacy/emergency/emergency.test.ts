import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { addPeople } from '../../../../test/practice.ts';
import { readToday } from '../../../app/pages/today/today-api.ts';
import { getSession } from '../../../platform/http/api.ts';
import { addAlert, openPatient } from '../../patients/api.ts';
import { changeRole } from '../../practice/accounts/api.ts';
import { breakGlass, listGlass, restrictRecord } from '../api.ts';
import { endEmergency, readEmergency, startEmergency } from './api.ts';

let office: TestOffice;
let practice: TestPractice;
let patients: string[];
beforeAll(async () => {
  office = await openTestOffice();
  practice = await office.practice({ asksWhy: true });
  patients = await practice.tx((tx) => addPeople(tx, 2));
  const body = { kind: 'order' as const, roles: ['manager' as const], careTeam: false, version: 0 };
  await practice.manager.do(restrictRecord, { params: { id: patients[1] ?? '' }, body });
  const params = { role: 'nurse' as const, permission: 'patients.open' };
  await practice.manager.do(changeRole, { params, body: { allowed: false, was: true } });
});
afterAll(() => office.close());

it('who may not read may in an emergency, for an hour, and no more than read; the manager is told', async () => {
  const nurse = await practice.as('nurse');
  const open = (at: number) => nurse.ask(openPatient, { params: { id: patients[at] ?? '' } });
  expect((await open(0)).status).toBe(403);
  expect((await nurse.ask(startEmergency, { body: { reason: 'help' } })).status).toBe(400);
  const { until } = await nurse.do(startEmergency, { body: { reason: 'Someone collapsed in room 2' } });
  expect(until).toBe('2026-03-04T16:00:00.000Z');
  expect([(await open(0)).status, (await open(1)).status]).toEqual([200, 200]);
  expect((await nurse.do(getSession)).permissions).toContain('patients.open');
  expect((await nurse.do(readEmergency)).until).toBe(until);
  // A right that the nurse has, on a record that is open now; a right that they do not have stays closed.
  const alert = { params: { id: patients[0] ?? '' }, body: { text: 'Latex', tone: 'wrong' as const } };
  expect((await nurse.ask(addAlert, alert)).status).toBe(200);
  const secretary = await practice.as('secretary');
  expect((await secretary.ask(startEmergency, { body: { reason: 'I would like to read' } })).status).toBe(
    403,
  );
  const { duties } = await practice.manager.do(readToday, { query: { who: 'everyone' } });
  expect(duties.find((duty) => duty.kind === 'privacy.glass')).toMatchObject({
    title: 'Ana Ruiz raised their rights in an emergency',
    severity: 'wrong',
  });
  const { glass } = await practice.manager.do(listGlass, {});
  expect(glass).toMatchObject([{ reason: 'Someone collapsed in room 2', patientId: null }]);
  office.clock.set('2026-03-04T16:00:01.000Z');
  expect([(await open(0)).status, (await open(1)).status]).toEqual([403, 403]);
  expect((await nurse.do(getSession)).permissions).not.toContain('patients.open');
});

it('it can be ended before', async () => {
  const physician = await practice.as('physician');
  const open = () => physician.ask(openPatient, { params: { id: patients[1] ?? '' } });
  await physician.do(startEmergency, { body: { reason: 'Chest pain at the window' } });
  expect((await open()).status).toBe(200);
  await physician.do(endEmergency);
  office.clock.set('2026-03-04T16:00:05.000Z');
  expect((await open()).status).toBe(428);
});

it('who broke the glass hears of which record, and until when by the office’s clock', async () => {
  const secretary = await practice.as('secretary');
  const [, patientId = ''] = patients;
  await secretary.do(breakGlass, { body: { patientId, reason: 'She waits at the window' } });
  expect(await secretary.do(readEmergency)).toMatchObject({
    now: '2026-03-04T16:00:05.000Z',
    until: null,
    glass: [{ aboutId: patientId, until: '2026-03-04T17:00:05.000Z' }],
  });
  office.clock.set('2026-03-04T17:00:06.000Z');
  expect((await secretary.do(readEmergency)).glass).toEqual([]);
});
