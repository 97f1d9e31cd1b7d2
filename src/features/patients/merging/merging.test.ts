import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import * as patients from '../api.ts';
import { registerPatients } from '../commands.ts';
import type { NewPatient } from '../schema.ts';
import * as api from './api.ts';

const nobody = '00000000-0000-4000-8000-000000000001';

describe.each(eitherStorage)('merging people on %s storage', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let desk: Desk;
  let made = 0;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    desk = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const register = async (draft: Partial<NewPatient> = {}) => {
    made += 1;
    const [person] = await practice.tx((tx) =>
      registerPatients(tx, [{ familyName: `Merge${made}`, ...draft }]),
    );
    return open(person!.patientId);
  };
  const open = async (id: string) => (await desk.do(patients.openPatient, { params: { id } })).patient;
  const ask = async (intoId: string, otherId: string, choices = {}) => {
    const [into, other] = [await open(intoId), await open(otherId)];
    const body = { version: into.version, otherId, otherVersion: other.version, choices };
    return desk.ask(api.mergePatients, { params: { id: intoId }, body });
  };
  const merge = async (intoId: string, otherId: string) => {
    const answer = await ask(intoId, otherId);
    expect(answer.status).toBe(200);
    return String(answer.body.mergeId);
  };
  const apart = async (mergeId: string, survivorId: string) =>
    desk.ask(api.takeApart, { params: { id: mergeId }, body: { version: (await open(survivorId)).version } });
  const found = async (text: string) =>
    (await desk.do(patients.searchPatients, { body: { text } })).hits.map((hit) => [
      hit.patientId,
      hit.matched,
    ]);

  it('keeps the other as a row that leads to the survivor, and finds the survivor by its number', async () => {
    const one = await register({ givenName: 'Ann', phones: [{ number: '2125550111' }] });
    const two = await register({ givenName: 'Ann', phones: [{ number: '2125550112' }] });
    await desk.do(patients.addAlert, { params: { id: two.patientId }, body: { text: 'Latex' } });
    await merge(one.patientId, two.patientId);
    const survivor = await open(one.patientId);
    expect(survivor.phones.map((phone) => phone.number)).toEqual(['+12125550111', '+12125550112']);
    expect(survivor.alerts.map((alert) => alert.text)).toEqual(['Latex']);
    expect((await open(two.patientId)).mergedInto).toBe(one.patientId);
    expect(await found(two.mrn)).toEqual([[one.patientId, [`was MRN ${two.mrn}`]]]);
    const { card } = await desk.do(patients.openPatientCard, { params: { id: two.patientId } });
    expect(card.patientId).toBe(one.patientId);
    // what is changed later keeps the old number findable
    const change = { note: 'Side door.' };
    const body = { version: survivor.version, change };
    await desk.do(patients.changePatient, { params: { id: one.patientId }, body });
    expect(await found(two.mrn)).toHaveLength(1);
  });

  it('takes them apart again, and what was said since stays with the survivor', async () => {
    const one = await register({ givenName: 'Bo', email: '' });
    const two = await register({ givenName: 'Bo', email: 'bo@test.example', note: 'Two.' });
    const mergeId = await merge(one.patientId, two.patientId);
    const merged = await open(one.patientId);
    expect(merged.email).toBe('bo@test.example');
    const body = { version: merged.version, change: { note: 'Since.' } };
    await desk.do(patients.changePatient, { params: { id: one.patientId }, body });
    const answer = await apart(mergeId, one.patientId);
    expect(answer.body).toMatchObject({ patientId: one.patientId, otherId: two.patientId, kept: ['note'] });
    const { version: _, updatedAt: __, ...was } = two;
    expect(await open(two.patientId)).toMatchObject(was);
    expect(await open(one.patientId)).toMatchObject({ email: '', note: 'Since.', formerMrns: [] });
    expect((await found(two.mrn))[0]?.[0]).toBe(two.patientId);
    expect((await apart(mergeId, one.patientId)).body.message).toBe(
      'These records were taken apart already.',
    );
  });

  it('takes chains apart from their end', async () => {
    const [a, b, c] = [await register(), await register(), await register()];
    const first = await merge(b.patientId, a.patientId);
    const second = await merge(c.patientId, b.patientId);
    expect((await open(a.patientId)).mergedInto).toBe(c.patientId);
    expect((await found(a.mrn))[0]?.[0]).toBe(c.patientId);
    expect((await apart(first, b.patientId)).body.message).toContain('became part of another');
    expect((await apart(second, c.patientId)).status).toBe(200);
    expect((await apart(first, b.patientId)).status).toBe(200);
    expect(await Promise.all([a, b, c].map(async (one) => (await open(one.patientId)).mergedInto))).toEqual([
      null,
      null,
      null,
    ]);
  });

  it('takes the latest of a survivor apart first', async () => {
    const [a, b, c] = [await register(), await register(), await register()];
    const first = await merge(c.patientId, a.patientId);
    office.clock.advance(1000);
    await merge(c.patientId, b.patientId);
    expect((await apart(first, c.patientId)).body.message).toContain('Take that one apart first');
  });

  it('knows the latest also where a clock stands still or runs back', async () => {
    const [a, b, c, d] = [await register(), await register(), await register(), await register()];
    const first = await merge(d.patientId, a.patientId);
    const second = await merge(d.patientId, b.patientId);
    office.clock.advance(-5000);
    const third = await merge(d.patientId, c.patientId);
    office.clock.advance(5000);
    const { merges } = await desk.do(api.listMerges, { query: { patientId: d.patientId } });
    expect(merges.map((one) => one.mergeId)).toEqual([third, second, first]);
    for (const early of [first, second])
      expect((await apart(early, d.patientId)).body.message).toContain('Take that one apart first');
    for (const latest of [third, second, first]) expect((await apart(latest, d.patientId)).status).toBe(200);
  });

  it.each([
    ['a person with themself', (a: string) => [a, a], 'one and the same record'],
    ['someone who is not here', (a: string) => [a, nobody], 'not here'],
  ])('refuses to merge %s', async (_, pair, why) => {
    const one = await register();
    const [intoId = '', otherId = ''] = pair(one.patientId);
    const body = { version: one.version, otherId, otherVersion: 1, choices: {} };
    const answer = await desk.ask(api.mergePatients, { params: { id: intoId }, body });
    expect(answer.body.message).toContain(why);
  });

  it('refuses a record that is part of another, one entered in error, and what someone changed since', async () => {
    const [a, b, c] = [await register(), await register(), await register()];
    await merge(a.patientId, b.patientId);
    expect((await ask(c.patientId, b.patientId)).body.message).toContain('became part of another');
    const removal = { version: c.version, reason: 'A test' };
    await practice.manager.do(patients.removePatient, { params: { id: c.patientId }, body: removal });
    expect((await ask(a.patientId, c.patientId)).status).toBe(404);
    const d = await register();
    const body = { version: a.version, otherId: d.patientId, otherVersion: d.version };
    const stale = await desk.ask(api.mergePatients, { params: { id: a.patientId }, body });
    expect(stale.body.message).toContain('changed this record');
  });

  it('lists who is likely the same until told apart, in one statement for the pairs', async () => {
    const born = { familyName: 'Doubled', givenName: 'Iris', bornOn: '1970-05-06' };
    const one = await register(born);
    const two = await register({ ...born, givenName: 'Iriss' });
    const pairs = async () => {
      const answer = await desk.do(api.listLikelyPairs);
      return answer.pairs.filter((pair) => [one.patientId, two.patientId].includes(pair.one.patientId));
    };
    expect(await pairs()).toHaveLength(1);
    const likely = async (id: string) =>
      (await desk.do(api.listLikelySame, { params: { id } })).likely.map((offer) => offer.hit.patientId);
    expect(await likely(one.patientId)).toEqual([two.patientId]);
    await desk.do(api.tellApart, { body: { oneId: two.patientId, otherId: one.patientId } });
    expect(await pairs()).toEqual([]);
    expect(await likely(one.patientId)).toEqual([]);
    expect(await likely(two.patientId)).toEqual([]);
  });

  it('takes back that they are two, says both in the audit, and lets it be said again', async () => {
    const born = { familyName: 'Twice', givenName: 'Ida', bornOn: '1970-05-06' };
    const [one, two] = [await register(born), await register({ ...born, givenName: 'Idaa' })];
    const body = { oneId: one.patientId, otherId: two.patientId };
    const likely = async () => (await desk.do(api.listLikelySame, { params: { id: one.patientId } })).likely;
    const listed = async () =>
      (await desk.do(api.listLikelyPairs)).pairs.some(({ one: a, other }) =>
        [a.patientId, other.patientId].includes(two.patientId),
      );
    expect((await desk.ask(api.untellApart, { body })).status).toBe(409);
    await desk.do(api.tellApart, { body });
    await desk.do(api.untellApart, { body: { oneId: two.patientId, otherId: one.patientId } });
    expect([(await likely()).length, await listed()]).toEqual([1, true]);
    expect((await desk.ask(api.untellApart, { body })).body.message).toContain('not kept as two people');
    await desk.do(api.tellApart, { body });
    expect([(await likely()).length, await listed()]).toEqual([0, false]);
    for (const { patientId: id } of [one, two]) {
      const { changes } = await practice.manager.do(patients.listPatientHistory, { params: { id } });
      expect(changes.map((change) => change.action).filter((action) => action.includes('told'))).toEqual([
        'patient.told-apart',
        'patient.not-told-apart',
        'patient.told-apart',
      ]);
    }
  });

  it('reads the likely pairs once while nothing changes, and anew when a record did', async () => {
    await desk.do(api.listLikelyPairs);
    const before = office.statements();
    await desk.do(api.listLikelyPairs, { query: { page: 1 } });
    expect(office.statements() - before).toBeLessThan(8);
    const one = await register({ familyName: 'Remembered', givenName: 'Uma', bornOn: '1971-02-03' });
    await register({ familyName: 'Remembred', givenName: 'Uma', bornOn: '1971-02-03' });
    const { pairs } = await desk.do(api.listLikelyPairs);
    const shown = pairs.flatMap((pair) => [pair.one.patientId, pair.other.patientId]);
    expect(shown).toContain(one.patientId);
  });

  it('is for who may, and says before and after in the audit', async () => {
    const physician = await practice.as('physician');
    expect((await physician.ask(api.listMerges)).status).toBe(403);
    const [a, b] = [await register({ givenName: 'Cy' }), await register({ givenName: 'Cy' })];
    await merge(a.patientId, b.patientId);
    const { changes } = await practice.manager.do(patients.listPatientHistory, {
      params: { id: a.patientId },
    });
    const entry = changes.find((change) => change.action === 'patient.merged');
    expect(entry?.after).toMatchObject({ formerMrns: [b.mrn] });
    expect((await desk.do(api.listMerges, { query: { patientId: a.patientId } })).merges).toHaveLength(1);
  });
});
