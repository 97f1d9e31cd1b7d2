import type { Appointment, Bundle } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Asked,
  listOf,
  openProgram,
  type Program,
  parameters,
  post,
  put,
} from '../../../test/fhir/program.ts';
import { serverUrl } from '../../../test/templates.ts';
import { makeAccessKey, revokeAccessKey } from '../../features/practice/access/api.ts';

let program: Program;
beforeAll(async () => {
  program = await openProgram();
});
afterAll(() => program.office.close());

beforeAll(async () => {
  await program.ask('Appointment', post(program.appointment()));
});

describe('permissions', () => {
  it('are those of the key’s account, and a revoked key is nobody', async () => {
    const { accountId } = await program.practice.as('auditor');
    const made = await program.practice.manager.do(makeAccessKey, {
      body: { accountId, label: 'Auditor’s tool' },
    });
    expect((await program.ask('Patient?family=test', { as: made.key })).status).toBe(403);
    expect((await program.ask('Appointment', { ...post(program.appointment()), as: made.key })).status).toBe(
      403,
    );
    const { body } = await program.ask<Bundle>('Appointment?_count=1', { as: made.key });
    const [visit] = listOf<Appointment>(body);
    const cancelled = put({ ...visit, status: 'cancelled' });
    expect((await program.ask(`Appointment/${visit?.id}`, { ...cancelled, as: made.key })).status).toBe(403);
    await program.practice.manager.do(revokeAccessKey, { params: { accessKeyId: made.accessKeyId } });
    const gone = await program.ask('Schedule', { as: made.key });
    expect([gone.status, gone.body.issue[0]?.code]).toEqual([401, 'login']);
  });

  it('of a key outlive nights and a new password, and end on its day', async () => {
    program.office.clock.advance(20 * 86_400_000);
    expect((await program.ask<Bundle>('Schedule')).status).toBe(200);
    program.office.clock.advance(350 * 86_400_000);
    expect((await program.ask('Schedule')).status).toBe(401);
    program.office.clock.set('2026-03-04T15:00:00.000Z');
  });
});

describe('what is wrong is refused kindly', () => {
  const noBody = { method: 'POST', body: '' };
  it.each<[string, string, Asked, number]>([
    ['an unknown type', 'Observation', {}, 404],
    ['an unknown operation', 'Patient/$everything', {}, 404],
    ['history', `Patient/${'0'.repeat(8)}-0000-7000-8000-000000000000/_history`, {}, 404],
    ['an id that is none', 'Patient/1', {}, 404],
    ['an id that is long', `Patient/${'x'.repeat(90)}`, {}, 404],
    ['a slot id that is none', 'Slot/abc.def.ghi', {}, 404],
    ['a wrong method', 'Patient', { method: 'DELETE' }, 405],
    ['writing what is only read', 'Slot', { method: 'POST', body: {} }, 405],
    ['XML wanted', 'Schedule', { headers: { accept: 'application/fhir+xml' } }, 406],
    ['XML by _format', 'Schedule?_format=xml', {}, 406],
    [
      'XML sent',
      'Patient',
      { method: 'POST', body: '<a/>', headers: { 'content-type': 'application/fhir+xml' } },
      415,
    ],
    ['half a JSON', 'Patient', { method: 'POST', body: '{"resourceType":' }, 400],
    ['deep JSON', 'Patient', { method: 'POST', body: '['.repeat(5000) + ']'.repeat(5000) }, 400],
    ['a list', 'Patient', { method: 'POST', body: [] }, 400],
    ['nothing', 'Patient', noBody, 400],
    ['another type', 'Patient', { method: 'POST', body: { resourceType: 'Group' } }, 400],
    [
      'a name that is a number',
      'Patient',
      { method: 'POST', body: { resourceType: 'Patient', name: 7 } },
      400,
    ],
    [
      'an update without a version',
      'Patient/00000000-0000-7000-8000-000000000000',
      { method: 'PUT', body: { resourceType: 'Patient' } },
      400,
    ],
    [
      'a phone that is none',
      'Patient',
      {
        method: 'POST',
        body: {
          resourceType: 'Patient',
          name: [{ family: 'A' }],
          telecom: [{ system: 'phone', value: '12' }],
        },
      },
      422,
    ],
    [
      'a null byte',
      'Patient',
      { method: 'POST', body: { resourceType: 'Patient', name: [{ family: 'A\u0000' }] } },
      400,
    ],
    [
      'an unknown parameter, strictly',
      'Patient?shoe-size=9',
      { headers: { prefer: 'handling=strict' } },
      400,
    ],
    ['a modifier', 'Patient?family:phonetic=A', {}, 400],
    ['a modifier elsewhere', 'Appointment?date:missing=true', {}, 400],
    ['a sort that is none, strictly', 'Patient?_sort=shoe', { headers: { prefer: 'handling=strict' } }, 400],
    [
      'an include that is none, strictly',
      'Patient?_include=Patient:organization',
      { headers: { prefer: 'handling=strict' } },
      400,
    ],
    ['a total that is none', 'Patient?_total=some', {}, 400],
    ['a summary that is none', 'Patient?_summary=short', {}, 400],
    ['all visits by their last change', 'Appointment?_sort=_lastUpdated', {}, 400],
    ['a cursor of somebody else', 'Patient?_cursor=abc', {}, 400],
    ['a count that is none', 'Patient?_count=-1', {}, 400],
    ['an endless offset', 'Patient?_offset=99999999', {}, 400],
    ['a parameter twice', 'Patient?family=a&family=b', {}, 400],
    ['a date that is none', 'Appointment?date=yesterday', {}, 400],
    ['a prefix that is none', 'Appointment?date=zz2026-03-04', {}, 400],
    ['a status that is none', 'Appointment?status=maybe', {}, 400],
    ['slots of nobody', 'Slot', {}, 400],
    ['slots of a year', 'Slot?schedule=x&start=ge2026-01-01&start=lt2027-01-01', {}, 400],
    [
      'a proposed appointment',
      'Appointment',
      { method: 'POST', body: { resourceType: 'Appointment', status: 'proposed', participant: [{}] } },
      422,
    ],
    ['$find without a start', 'Appointment/$find?service-type=fu', {}, 400],
    ['$find of nothing', 'Appointment/$find?start=2026-03-04', {}, 422],
    ['$book of nothing', 'Appointment/$book', { method: 'POST', body: { resourceType: 'Parameters' } }, 400],
    ['a page of somebody else', 'Patient?_page=abc', {}, 400],
    ['nobody signed in', 'Patient', { as: null }, 401],
    ['a wrong key', 'Patient', { as: 'fdk_wrong' }, 401],
  ])('%s', async (_, address, asked, status) => {
    const answer = await program.ask(address, asked);
    expect([answer.status, answer.body.resourceType]).toEqual([status, 'OperationOutcome']);
    expect(answer.body.issue[0]?.details?.text).toMatch(/^[A-Z].+\.$/s);
  });

  it.each([
    ['a huge count', 'Patient?family=test&_count=999999'],
    ['an unknown parameter, leniently', 'Patient?family=test&shoe-size=9'],
    ['a count of none', 'Patient?family=test&_count=0'],
    ['a name of signs', 'Patient?name=%25_'],
    ['ids that are none', 'Patient?_id=1,2,3'],
  ])('%s is answered', async (_, address) => {
    const { status, body } = await program.ask<Bundle>(address);
    expect([status, body.resourceType]).toEqual([200, 'Bundle']);
    expect(body.link?.[0]?.url).not.toContain('shoe');
  });

  it('and every answer was FHIR R4', () => {
    expect(program.checked()).toBeGreaterThan(45);
  });
});

describe.runIf(serverUrl)('on PostgreSQL, of many programs at once', () => {
  let rush: Program;
  beforeAll(async () => {
    rush = await openProgram('server');
  });
  afterAll(() => rush.office.close());

  it('one gets an opening and the others hear 409, by create and by $book', async () => {
    const people = rush.plan.patients;
    const created = await Promise.all(
      people.map((patient) => rush.ask('Appointment', post(rush.appointment({}, patient)))),
    );
    expect(created.map((one) => one.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const asked = { start: '2026-03-06', end: '2026-03-06', practitioner: `Practitioner/${rush.lee}` };
    const found = await rush.ask<Bundle>(
      'Appointment/$find',
      post(parameters({ ...asked, 'service-type': 'fu' })),
    );
    const id = listOf(found.body)[0]?.id ?? '';
    const booked = await Promise.all(
      people.map((patient) =>
        rush.ask(
          'Appointment/$book',
          post(parameters({ 'appt-id': id, 'patient-reference': `Patient/${patient}` })),
        ),
      ),
    );
    expect(booked.map((one) => one.status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });
});
