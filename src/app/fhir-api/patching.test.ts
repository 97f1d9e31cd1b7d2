import { MedplumClient } from '@medplum/core';
import type { Appointment, OperationOutcome, Patient } from '@medplum/fhirtypes';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProgram, type Program, patch, post, put } from '../../../test/fhir/program.ts';

let program: Program;
let person: string;
let visit: string;
beforeAll(async () => {
  program = await openProgram();
  person = program.plan.patients[0] ?? '';
  visit = (await program.ask<Appointment>('Appointment', post(program.appointment()))).body.id ?? '';
});
afterAll(() => program.office.close());

const readPerson = async () => (await program.ask<Patient>(`Patient/${person}`)).body;
const readVisit = async () => (await program.ask<Appointment>(`Appointment/${visit}`)).body;
const recordsOf = async (id: string) => {
  const { rows } = await program.practice.tx((tx) =>
    sql<{ action: string }>`select action from audit_records where ${id}::uuid = any (subject_ids)
      order by seq`.execute(tx.db),
  );
  return rows.map((row) => row.action);
};

describe('a patch', () => {
  it('of a person changes what it names, raises the version and is on record', async () => {
    const read = await readPerson();
    const answer = await program.ask<Patient>(
      `Patient/${person}`,
      patch(
        [
          { op: 'test', path: '/name/0/family', value: 'Test' },
          { op: 'replace', path: '/name/0/family', value: 'Tester' },
          { op: 'add', path: '/birthDate', value: '1980-02-29' },
          { op: 'add', path: '/telecom/-', value: { system: 'email', value: 'a@test.example' } },
        ],
        { 'if-match': 'W/"1"' },
      ),
    );
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, 'W/"2"']);
    expect(answer.body).toMatchObject({
      name: [{ ...read.name?.[0], family: 'Tester' }],
      birthDate: '1980-02-29',
      telecom: [...(read.telecom ?? []), { system: 'email', value: 'a@test.example' }],
    });
    expect((await recordsOf(person)).at(-1)).toBe('patient.changed');
  });

  it('of a visit takes the office’s own steps', async () => {
    const moved = await program.ask<Appointment>(
      `Appointment/${visit}`,
      patch([
        { op: 'replace', path: '/start', value: '2026-03-05T10:00:00-05:00' },
        { op: 'replace', path: '/end', value: '2026-03-05T10:15:00-05:00' },
      ]),
    );
    expect([moved.status, moved.body.start]).toEqual([200, '2026-03-05T10:00:00-05:00']);
    const early = await program.ask(
      `Appointment/${visit}`,
      patch([{ op: 'replace', path: '/status', value: 'fulfilled' }]),
    );
    expect([early.status, early.body.issue[0]?.details?.text]).toEqual([409, 'Check the patient in first.']);
    const cancelled = await program.ask<Appointment>(
      `Appointment/${visit}`,
      patch([
        { op: 'replace', path: '/status', value: 'cancelled' },
        { op: 'add', path: '/cancelationReason', value: { coding: [{ code: 'pat' }], text: 'Feels well' } },
      ]),
    );
    expect(cancelled.body).toMatchObject({ status: 'cancelled', cancelationReason: { text: 'Feels well' } });
    expect((await recordsOf(visit)).slice(-2)).toEqual(['visit.moved', 'visit.cancelled']);
  });

  it('is sent by Medplum’s client as by any other', async () => {
    const client = new MedplumClient({ baseUrl: `${program.office.url}/`, fhirUrlPath: 'fhir/R4/', fetch });
    client.setAccessToken(program.key);
    const back = await client.patchResource('Appointment', visit, [
      { op: 'replace', path: '/status', value: 'booked' },
    ]);
    expect(back.status).toBe('booked');
  });

  it.each<[string, 'Patient' | 'Appointment', unknown, number]>([
    ['no list', 'Patient', { op: 'remove', path: '/gender' }, 400],
    ['an operation that is none', 'Patient', [{ op: 'delete', path: '/gender' }], 400],
    ['half a JSON', 'Patient', '[{"op":', 400],
    ['another type', 'Patient', [{ op: 'replace', path: '/resourceType', value: 'Group' }], 400],
    ['another id', 'Patient', [{ op: 'replace', path: '/id', value: '0' }], 400],
    ['a version of its own', 'Patient', [{ op: 'replace', path: '/meta/versionId', value: '9' }], 422],
    ['what is not there', 'Patient', [{ op: 'remove', path: '/photo' }], 422],
    ['what is another value now', 'Patient', [{ op: 'test', path: '/gender', value: 'male' }], 422],
    ['no name', 'Patient', [{ op: 'remove', path: '/name' }], 400],
    ['a number instead of a name', 'Patient', [{ op: 'replace', path: '/name/0/family', value: 7 }], 400],
    ['a day that is none', 'Patient', [{ op: 'add', path: '/birthDate', value: '2026-02-30' }], 422],
    ['what is not kept', 'Patient', [{ op: 'add', path: '/multipleBirthBoolean', value: true }], 422],
    ['our own number', 'Patient', [{ op: 'replace', path: '/identifier/0/value', value: '1' }], 422],
    ['a number taken away', 'Patient', [{ op: 'remove', path: '/identifier/0' }], 422],
    ['a status that is none', 'Appointment', [{ op: 'replace', path: '/status', value: 'x' }], 400],
    ['a status it cannot have', 'Appointment', [{ op: 'replace', path: '/status', value: 'proposed' }], 422],
    ['nobody in it', 'Appointment', [{ op: 'remove', path: '/participant' }], 400],
    ['a priority', 'Appointment', [{ op: 'add', path: '/priority', value: 1 }], 422],
  ])('with %s is refused and changes nothing', async (_, type, operations, status) => {
    const read = type === 'Patient' ? readPerson : readVisit;
    const before = await read();
    const id = type === 'Patient' ? person : visit;
    const refused = await program.ask<OperationOutcome>(`${type}/${id}`, patch(operations));
    expect([refused.status, refused.body.resourceType]).toEqual([status, 'OperationOutcome']);
    expect(refused.body.issue[0]?.details?.text).toMatch(/^[A-Z].+\.$/s);
    expect(await read()).toEqual(before);
  });

  it('of an old version, of nobody, or in another form is refused', async () => {
    const operations = [{ op: 'replace', path: '/gender', value: 'female' }];
    const nobody = 'Patient/00000000-0000-7000-8000-000000000000';
    const statuses = [
      await program.ask(`Patient/${person}`, patch(operations, { 'if-match': 'W/"1"' })),
      await program.ask(`Patient/${person}`, patch(operations, { 'if-match': 'new' })),
      await program.ask(nobody, patch(operations)),
      await program.ask(`Patient/${person}`, patch(operations, { 'content-type': 'application/fhir+json' })),
      await program.ask(`Patient/${person}`, patch(operations, { 'content-type': 'application/xml' })),
      await program.ask('Patient', patch(operations)),
      await program.ask(`Schedule/${program.plan.lee}`, patch(operations)),
    ].map((one) => one.status);
    expect(statuses).toEqual([412, 400, 404, 415, 415, 405, 405]);
  });

  it('that changes nothing, or guesses, is on record as a look', async () => {
    const looksOf = async () => (await recordsOf(person)).filter((one) => one === 'patient.opened').length;
    const before = await looksOf();
    const same = await program.ask<Patient>(
      `Patient/${person}`,
      patch([{ op: 'test', path: '/name/0/family', value: 'Tester' }]),
    );
    expect([same.status, await looksOf()]).toEqual([200, before + 1]);
    await program.ask(`Patient/${person}`, patch([{ op: 'test', path: '/birthDate', value: '1980-01-01' }]));
    expect(await looksOf()).toBe(before + 2);
    await program.ask(`Patient/${person}`, put(same.body));
    expect(await looksOf()).toBe(before + 3);
  });
});

describe('a write answers as the program prefers', () => {
  it.each([
    ['return=minimal', undefined],
    ['return=OperationOutcome', 'OperationOutcome'],
    ['return=representation', 'Patient'],
    ['handling=strict', 'Patient'],
  ])('%s', async (prefer, type) => {
    const body = { resourceType: 'Patient', name: [{ family: 'Prefer', given: [prefer] }] };
    const made = await program.ask<Patient>('Patient', post(body, { prefer }));
    expect([made.status, made.headers.get('etag'), made.body.resourceType]).toEqual([201, 'W/"1"', type]);
    const id = made.headers.get('location')?.split('/').at(-1) ?? '';
    const read = (await program.ask<Patient>(`Patient/${id}`)).body;
    const changed = await program.ask(`Patient/${id}`, put({ ...read, gender: 'other' }, { prefer }));
    expect([changed.status, changed.headers.get('etag'), changed.body.resourceType]).toEqual([
      200,
      'W/"2"',
      type,
    ]);
    const patched = await program.ask(
      `Patient/${id}`,
      patch([{ op: 'replace', path: '/gender', value: 'female' }], { prefer }),
    );
    expect([patched.status, patched.body.resourceType]).toEqual([200, type]);
  });
});
