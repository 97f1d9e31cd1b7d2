import { validateResource } from '@medplum/core';
import type { Appointment, Bundle, OperationOutcome, Patient, Resource } from '@medplum/fhirtypes';
import { Client } from 'fhir-kit-client';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  form,
  listOf,
  openProgram,
  type Program,
  parameters,
  post,
  put,
} from '../../../test/fhir/program.ts';

let program: Program;
beforeAll(async () => {
  program = await openProgram();
});
afterAll(() => program.office.close());

describe('another program', () => {
  it('reads what the server can do before it signs in', async () => {
    const { status, body } = await program.ask<Resource>('metadata', { as: null });
    expect([status, body.resourceType]).toEqual([200, 'CapabilityStatement']);
  });

  it('finds a person and a time, books, moves and cancels, with an access key', async () => {
    const client = new Client({ baseUrl: `${program.office.url}/fhir/R4`, bearerToken: program.key });
    const statement = await client.capabilityStatement();
    expect(statement.resourceType).toBe('CapabilityStatement');
    const found = (await client.search({
      resourceType: 'Patient',
      searchParams: { name: 'Test', given: 'Person 2' },
      options: { postSearch: true },
    })) as unknown as Bundle;
    const [person] = listOf<Patient>(found);
    expect(person?.id).toBe(program.plan.patients[1]);
    const openings = (await client.operation({
      name: 'find',
      resourceType: 'Appointment',
      method: 'POST',
      input: parameters({
        start: '2026-03-06T08:00:00-05:00',
        end: '2026-03-06T17:00:00-05:00',
        practitioner: `Practitioner/${program.lee}`,
        'service-type': 'fu',
        patient: `Patient/${person?.id}`,
      }),
    })) as unknown as Bundle;
    const [proposal] = listOf<Appointment>(openings);
    expect(proposal).toMatchObject({ status: 'proposed', start: '2026-03-06T08:00:00-05:00' });
    const booked = (await client.operation({
      name: 'book',
      resourceType: 'Appointment',
      method: 'POST',
      input: {
        resourceType: 'Parameters',
        parameter: [{ name: 'appt-resource', resource: proposal }],
      } as never,
    })) as unknown as Bundle;
    const [visit] = listOf<Appointment>(booked);
    expect(visit).toMatchObject({ status: 'booked', minutesDuration: 15 });
    const id = visit?.id ?? '';
    const moved = (await client.update({
      resourceType: 'Appointment',
      id,
      body: { ...visit, start: '2026-03-06T09:00:00-05:00', end: '2026-03-06T09:15:00-05:00' } as never,
      options: { headers: { 'If-Match': 'W/"1"' } },
    })) as unknown as Appointment;
    expect(moved).toMatchObject({ start: '2026-03-06T09:00:00-05:00', meta: { versionId: '2' } });
    const cancelled = (await client.update({
      resourceType: 'Appointment',
      id,
      body: { ...moved, status: 'cancelled', cancelationReason: { coding: [{ code: 'pat' }] } } as never,
    })) as unknown as Appointment;
    expect(cancelled.status).toBe('cancelled');
    for (const resource of [statement, found, openings, booked, moved, cancelled]) {
      validateResource(resource as Resource);
    }
  });

  it('is answered in FHIR R4 by every kind of read and search', async () => {
    const made = await program.ask<Appointment>('Appointment', post(program.appointment()));
    expect([made.status, made.headers.get('etag')]).toEqual([201, 'W/"1"']);
    const types = ['Patient?family=test', 'Practitioner', 'Location', 'Schedule', 'Appointment'];
    for (const address of types) {
      const { status, body } = await program.ask<Bundle>(address);
      expect([address, status]).toEqual([address, 200]);
      const [first] = listOf(body);
      const type = address.split('?')[0];
      expect((await program.ask<Resource>(`${type}/${first?.id}`)).body).toEqual(first);
    }
    const slots = await program.ask<Bundle>(
      `Slot?schedule=Schedule/${program.plan.lee}&start=ge2026-03-05&start=lt2026-03-06`,
    );
    const states = listOf<Resource & { status: string; start: string }>(slots.body);
    expect(states.map(({ status, start }) => [status, start.slice(11, 16)])).toEqual([
      ['free', '08:00'],
      ['busy', '09:00'],
      ['free', '09:15'],
      ['free', '13:00'],
    ]);
    expect((await program.ask<Resource>(`Slot/${states[1]?.id}`)).body).toEqual(states[1]);
    const tags = await Promise.all(states.map(({ id }) => program.ask<Resource>(`Slot/${id}`)));
    expect(new Set(tags.map((one) => one.headers.get('etag'))).size).toBe(states.length);
    const gone = await program.ask<Appointment>(
      `Appointment/${made.body.id}`,
      put({ ...made.body, status: 'cancelled' }, { 'if-match': 'W/"1"' }),
    );
    expect(gone.status).toBe(200);
  });
});

describe('a person', () => {
  const person = (more: Record<string, unknown> = {}) => ({
    resourceType: 'Patient',
    identifier: [{ system: 'https://portal.example/people', value: '4711' }],
    name: [{ use: 'official', family: 'Okonkwo', given: ['Adaeze', 'Ruth'] }],
    telecom: [
      { system: 'phone', value: '+12125550177', use: 'mobile' },
      { system: 'email', value: 'adaeze@test.example' },
    ],
    gender: 'female',
    birthDate: '1981-07-14',
    address: [{ use: 'home', line: ['9 Elm Street'], city: 'Albany', state: 'NY', postalCode: '12207' }],
    ...more,
  });

  it('is created once, however often it is sent with If-None-Exist', async () => {
    const only = { 'if-none-exist': 'identifier=https://portal.example/people|4711' };
    const first = await program.ask<Patient>('Patient', post(person(), only));
    const again = await program.ask<Patient>('Patient', post(person(), only));
    expect([first.status, again.status, again.body.id]).toEqual([201, 200, first.body.id]);
    const { rows } = await program.practice.tx((tx) =>
      sql`select from audit_records where ${first.body.id}::uuid = any (subject_ids)
        and action = 'patient.opened'`.execute(tx.db),
    );
    expect(rows).toHaveLength(1);
    const twin = await program.ask('Patient', post(person({ identifier: [] })));
    expect([twin.status, twin.body.issue[0]?.code]).toEqual([409, 'duplicate']);
    expect(twin.body.issue[0]?.details?.text).toContain(first.body.id);
  });

  it.each([
    ['name', { name: 'adae' }],
    ['family and birth date', { family: 'okon', birthdate: '1981-07-14' }],
    ['phone', { phone: '(212) 555-0177' }],
    ['e-mail', { email: 'ADAEZE@test.example' }],
    ['identifier', { identifier: 'https://portal.example/people|4711' }],
  ])('is found by %s, by POST, and never by another', async (_, values) => {
    const { body } = await program.ask<Bundle>('Patient/_search', form(values as Record<string, string>));
    expect(listOf<Patient>(body).map((one) => one.name?.[0]?.family)).toEqual(['Okonkwo']);
    for (const value of Object.values(values)) expect(JSON.stringify(body.link)).not.toContain(value);
  });

  it('sent back as it was read stays as it is; a stale or nameless update is refused', async () => {
    const { body } = await program.ask<Bundle>('Patient?family=okonkwo');
    const read = listOf<Patient>(body)[0] as Patient;
    const same = await program.ask<Patient>(`Patient/${read.id}`, put(read, { 'if-match': 'W/"1"' }));
    expect([same.status, same.body]).toEqual([200, read]);
    const renamed = { ...read, name: [{ family: 'Okonkwo-Lee', given: ['Adaeze'] }] };
    const changed = await program.ask<Patient>(`Patient/${read.id}`, put(renamed, { 'if-match': 'W/"1"' }));
    expect(changed.body).toMatchObject({ meta: { versionId: '2' }, telecom: read.telecom });
    expect((await program.ask(`Patient/${read.id}`, put(read, { 'if-match': 'W/"1"' }))).status).toBe(412);
    expect((await program.ask(`Patient/${read.id}`, put({ ...read, name: [{}] }))).status).toBe(422);
  });

  it('opened or found is on record under the account of the key', async () => {
    const [id] = program.plan.patients;
    await program.ask<Patient>(`Patient/${id}`);
    const { rows } = await program.practice.tx((tx) =>
      sql<{ action: string }>`select action from audit_records where ${id}::uuid = any (subject_ids)
        and account_id is not null and action in ('patient.opened', 'patients.searched')`.execute(tx.db),
    );
    expect(new Set(rows.map((row) => row.action))).toEqual(new Set(['patient.opened', 'patients.searched']));
  });

  it('on the next page is reached without a name in the address', async () => {
    const first = await program.ask<Bundle>('Patient/_search', form({ family: 'test', _count: '4' }));
    const next = first.body.link?.find((link) => link.relation === 'next')?.url ?? '';
    expect(next).not.toMatch(/test(?!\w)/i);
    const second = await program.ask<Bundle>(next.slice(next.indexOf('/R4/') + 4));
    expect([listOf(first.body).length, listOf(second.body).length]).toEqual([4, 2]);
    const stranger = await program.ask(next.slice(next.indexOf('/R4/') + 4), {
      as: program.practice.manager.token,
    });
    expect(stranger.status).toBe(400);
  });

  it('has addresses of this server as it is reached, whatever a program says of it', async () => {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'elsewhere.example' };
    const { body } = await program.ask<Bundle>('Patient?family=test', { headers });
    const here = `${program.office.url}/fhir/R4/`;
    const addresses = [...(body.link ?? []).map(({ url }) => url), body.entry?.[0]?.fullUrl];
    expect(addresses.length).toBeGreaterThan(1);
    expect(addresses.filter((url) => !url?.startsWith(here))).toEqual([]);
  });
});

describe('an appointment', () => {
  it('list asks the database as often for one as for many', async () => {
    for (const hour of ['13', '14'])
      await program.ask(
        'Appointment',
        post(
          program.appointment({
            start: `2026-03-10T${hour}:00:00-04:00`,
            end: `2026-03-10T${hour}:15:00-04:00`,
          }),
        ),
      );
    const statementsOf = async (count: number) => {
      const before = program.office.statements();
      const { body } = await program.ask<Bundle>(`Appointment?date=2026-03-10&_count=${count}`);
      expect(listOf(body)).toHaveLength(count);
      return program.office.statements() - before;
    };
    await statementsOf(2);
    expect(await statementsOf(2)).toBe(await statementsOf(1));
  });

  it('goes through the day with the office’s own steps and refusals', async () => {
    const today = { start: '2026-03-04T14:00:00-05:00', end: '2026-03-04T14:15:00-05:00' };
    const made = await program.ask<Appointment>(
      'Appointment',
      post(program.appointment(today, program.plan.patients[2])),
    );
    const to = (body: unknown) => program.ask<Appointment>(`Appointment/${made.body.id}`, put(body));
    const early = await to({ ...made.body, status: 'fulfilled' });
    expect([early.status, (early.body as unknown as OperationOutcome).issue[0]?.details?.text]).toEqual([
      409,
      'Check the patient in first.',
    ]);
    let now = made.body;
    for (const status of ['arrived', 'checked-in', 'fulfilled'] as const) {
      const answer = await to({ ...now, status });
      expect([answer.status, answer.body.status]).toEqual([200, status]);
      now = answer.body;
    }
    expect((await to({ ...now, start: '2026-03-04T15:00:00-05:00' })).status).toBe(409);
    const { body } = await program.ask<Bundle>(
      `Appointment?patient=Patient/${program.plan.patients[2]}&date=2026-03-04&status=fulfilled`,
    );
    expect([body.total, listOf(body)[0]?.id]).toEqual([1, made.body.id]);
    const none = await program.ask<Bundle>(
      `Appointment?patient=${program.plan.patients[2]}&date=gt2026-03-04`,
    );
    expect(none.body.total).toBe(0);
  });

  it('of a taken time is refused with the next free, once more with the same Idempotency-Key is the same', async () => {
    const at = { start: '2026-03-09T09:00:00-04:00', end: '2026-03-09T09:15:00-04:00' };
    const keyed = { 'idempotency-key': 'portal-0001' };
    const first = await program.ask<Appointment>(
      'Appointment',
      post(program.appointment(at, program.plan.patients[3]), keyed),
    );
    const again = await program.ask<Appointment>(
      'Appointment',
      post(program.appointment(at, program.plan.patients[3]), keyed),
    );
    expect([again.status, again.body.id]).toEqual([201, first.body.id]);
    const taken = await program.ask('Appointment', post(program.appointment(at, program.plan.patients[4])));
    expect([taken.status, taken.body.issue[0]?.code]).toEqual([409, 'conflict']);
    expect(taken.body.issue[0]?.details?.text).toContain('Next free: 9:15');
  });
});
