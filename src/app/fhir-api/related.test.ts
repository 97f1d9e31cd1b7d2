import type { Bundle, RelatedPerson } from '@medplum/fhirtypes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOf, openProgram, type Program } from '../../../test/fhir/program.ts';
import { changePatient, openPatient } from '../../features/patients/api.ts';
import { addRelation, revokeRelation } from '../../features/patients/relations/api.ts';
import type { Guarantor } from '../../features/patients/schema.ts';
import { restrictRecord } from '../../features/privacy/api.ts';

/** Who belongs to a patient, and who pays; each answer is checked against FHIR R4 as it comes. */
describe('RelatedPerson', () => {
  let program: Program;
  let relationId: string;
  beforeAll(async () => {
    program = await openProgram();
    const { manager } = program.practice;
    const relation = {
      ...{ name: 'Lou Quill', relationship: 'son', phone: '+12125550188', emergency: true },
      ...{ mayHear: ['results' as const], proof: 'form' as const, since: '2026-01-05', until: '2027-01-05' },
    };
    const made = await manager.do(addRelation, { params: { id: idOf(0) }, body: relation });
    relationId = made.relation.relationId;
    await paysFor(0, { ...outside, name: 'Ann Quill', relationship: 'mother', phone: '+12125550177' });
    await paysFor(1, { patientId: idOf(2), relationship: 'spouse' });
  });
  afterAll(() => program.office.close());

  const idOf = (index: number) => program.plan.patients[index] ?? '';
  const outside = { address: null, bornOn: '1960-02-03' };
  async function paysFor(index: number, guarantor: Guarantor): Promise<void> {
    const { manager } = program.practice;
    const params = { id: idOf(index) };
    const { version } = (await manager.do(openPatient, { params })).patient;
    await manager.do(changePatient, { params, body: { version, change: { guarantor } } });
  }
  const search = (query: string) => program.ask<Bundle>(`RelatedPerson?${query}`);
  const namesOf = (bundle: Bundle) => listOf<RelatedPerson>(bundle).map((one) => one.name?.[0]?.text);

  it('is found by its patient: who pays, and who may be called', async () => {
    const { body } = await search(`patient=Patient/${idOf(0)}`);
    expect(body.total).toBe(2);
    expect(namesOf(body)).toEqual(['Ann Quill', 'Lou Quill']);
    const [pays, son] = listOf<RelatedPerson>(body);
    expect(pays).toMatchObject({
      id: idOf(0),
      active: true,
      birthDate: '1960-02-03',
      relationship: [{ coding: [{ code: 'GUAR' }] }, { text: 'mother' }],
    });
    expect(son).toMatchObject({
      id: relationId,
      patient: { reference: `Patient/${idOf(0)}` },
      telecom: [{ system: 'phone', value: '+12125550188' }],
      relationship: [{ text: 'son' }, { coding: [{ code: 'C' }] }],
      period: { start: '2026-01-05', end: '2027-01-05' },
    });
    // What they may hear is a Consent, and not said here.
    expect(JSON.stringify(body)).not.toMatch(/results|hear/i);
  });

  it('is read by its id, a guarantor by the patient’s', async () => {
    const son = await program.ask<RelatedPerson>(`RelatedPerson/${relationId}`);
    expect([son.status, son.body.name]).toEqual([200, [{ text: 'Lou Quill' }]]);
    const pays = await program.ask<RelatedPerson>(`RelatedPerson/${idOf(1)}`);
    expect(pays.body).toMatchObject({
      name: [{ text: 'Person 3 Test' }],
      patient: { reference: `Patient/${idOf(1)}` },
    });
    expect((await program.ask(`RelatedPerson/${idOf(3)}`)).status).toBe(404);
    expect((await program.ask('RelatedPerson/nobody')).status).toBe(404);
  });

  it('tells nobody without a patient, or where nobody belongs to them', async () => {
    expect((await program.ask<Bundle>('RelatedPerson')).body.total).toBe(0);
    expect((await search(`patient=${idOf(4)}`)).body.total).toBe(0);
  });

  it('is not active once it was revoked', async () => {
    const params = { id: idOf(0), relationId };
    await program.practice.manager.do(revokeRelation, {
      params,
      body: { version: 1, reason: 'asked for it' },
    });
    expect((await program.ask<RelatedPerson>(`RelatedPerson/${relationId}`)).body.active).toBe(false);
  });

  it('tells nothing of a restricted record, as whose relative or as who pays', async () => {
    const body = { kind: 'vip' as const, roles: ['manager' as const], careTeam: false, version: 0 };
    const { manager } = program.practice;
    for (const index of [0, 2]) await manager.do(restrictRecord, { params: { id: idOf(index) }, body });
    for (const whose of [`Patient/${idOf(0)}`, idOf(0)])
      expect((await program.ask(`RelatedPerson?patient=${whose}`)).status).toBe(403);
    for (const id of [relationId, idOf(0)])
      expect((await program.ask(`RelatedPerson/${id}`)).status).toBe(403);
    expect((await search(`patient=Patient/${idOf(1)}`)).body.total).toBe(0);
    expect((await program.ask(`RelatedPerson/${idOf(1)}`)).status).toBe(404);
  });
});
