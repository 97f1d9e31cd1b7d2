import type { Bundle, OperationOutcome } from '@medplum/fhirtypes';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOf, openProgram, type Program, parameters, post } from '../../../test/fhir/program.ts';
import { eitherStorage } from '../../../test/office.ts';
import { addPeople } from '../../../test/practice.ts';

describe.each(eitherStorage)('fifty programs that want one time, on %s', (storage) => {
  let rush: Program;
  beforeAll(async () => {
    rush = await openProgram(storage);
  });
  afterAll(() => rush.office.close());

  const countOf = async (action: string) => {
    const { rows } = await rush.practice.tx((tx) =>
      sql<{ n: number }>`select count(*)::int as n from audit_records where action = ${action}`.execute(
        tx.db,
      ),
    );
    return rows[0]?.n;
  };

  it('one books it, the others hear a kind 409 with a way on, and one booking is on record', async () => {
    const people = await rush.practice.tx((tx) => addPeople(tx, 50));
    const asked = { start: '2026-03-06', end: '2026-03-06', practitioner: `Practitioner/${rush.lee}` };
    const found = await rush.ask<Bundle>(
      'Appointment/$find',
      post(parameters({ ...asked, 'service-type': 'fu' })),
    );
    const id = listOf(found.body)[0]?.id ?? '';
    const answers = await Promise.all(
      people.map((patient) =>
        rush.ask(
          'Appointment/$book',
          post(parameters({ 'appt-id': id, 'patient-reference': `Patient/${patient}` })),
        ),
      ),
    );
    expect(answers.map((one) => one.status).sort()).toEqual([200, ...Array(49).fill(409)]);
    const refusals = answers.filter((one) => one.status === 409).map((one) => one.body as OperationOutcome);
    for (const { resourceType, issue } of refusals) {
      expect([resourceType, issue[0]?.code]).toEqual(['OperationOutcome', 'conflict']);
      expect(issue[0]?.details?.text).toMatch(/^Dr\. Lee is booked until .*Next free: .+/);
    }
    const { rows } = await rush.practice.tx((tx) => sql`select from visits`.execute(tx.db));
    expect([rows.length, await countOf('visit.booked')]).toEqual([1, 1]);
  });
});
