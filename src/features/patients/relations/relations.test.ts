import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { addPeople } from '../../../../test/practice.ts';
import { listPatientHistory, openPatientCard } from '../api.ts';
import { listConsents, recordConsents } from '../consents/api.ts';
import { addCustody, changeCustody } from '../custody/api.ts';
import { mergePatients, takeApart } from '../merging/api.ts';
import { addRelation, changeRelation, listRelations, restoreRelation, revokeRelation } from './api.ts';

describe.each(eitherStorage)('who may hear what on %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let desk: Desk;
  let ids: string[];
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    desk = await practice.as('secretary');
    ids = await practice.tx((tx) => addPeople(tx, 4));
  });
  afterAll(() => office.close());

  const idOf = (index: number) => ids[index] ?? '';
  const card = async (id: string) => (await desk.do(openPatientCard, { params: { id } })).card;
  const listed = async (id: string) => (await desk.do(listRelations, { params: { id } })).relations;

  it('keeps an authorized person, on the card while it holds, and revokes without deleting', async () => {
    const id = idOf(0);
    const unproved = await desk.ask(addRelation, {
      params: { id },
      body: { name: 'Ann Test', mayHear: ['results'] },
    });
    expect(unproved.status).toBe(400);
    expect(unproved.body.fields).toHaveProperty('proof');

    const { relation } = await desk.do(addRelation, {
      params: { id },
      body: {
        ...{ name: 'Ann Test', relationship: 'daughter', phone: '518 555 0101' },
        ...{ mayHear: ['appointments'], proof: 'form', emergency: true },
      },
    });
    expect(relation).toMatchObject({ phone: '+15185550101', mayHear: ['appointments'], version: 1 });
    expect((await card(id)).authorized).toEqual([
      expect.objectContaining({ name: 'Ann Test', hears: 'may hear appointments' }),
    ]);

    const params = { id, relationId: relation.relationId };
    const more = { name: 'Ann Test', mayHear: ['all' as const], proof: 'in-person' as const };
    await desk.do(changeRelation, { params, body: { version: 1, relation: more } });
    const late = await desk.ask(revokeRelation, { params, body: { version: 1, reason: 'asked for it' } });
    expect([late.status, late.body.error]).toEqual([409, 'stale']);
    await desk.do(revokeRelation, { params, body: { version: 2, reason: 'asked for it' } });
    expect((await card(id)).authorized).toEqual([]);
    expect(await listed(id)).toEqual([
      expect.objectContaining({ name: 'Ann Test', revokeReason: 'asked for it', mayHear: ['all'] }),
    ]);
    await desk.do(restoreRelation, { params, body: { version: 3 } });
    expect((await card(id)).authorized[0]?.hears).toBe('may hear everything');
  });

  it('keeps every answer about contact; the last holds, and nobody overwrites one unseen', async () => {
    const id = idOf(1);
    const say = (state: 'given' | 'refused', lastId: string | null) =>
      desk.ask(recordConsents, {
        params: { id },
        body: {
          answers: (['appointments', 'results', 'billing'] as const).map((purpose) => ({
            ...{ channel: 'voicemail' as const, purpose, state },
          })),
          how: 'phone',
          lastId,
        },
      });
    const first = await say('given', null);
    expect(first.body.consents.map((one) => one.state)).toEqual(['given', 'given', 'given']);
    expect((await card(id)).refusals).toEqual([]);
    const unseen = await say('refused', null);
    expect([unseen.status, unseen.body.error]).toEqual([409, 'stale']);
    const second = await say('refused', first.body.history[0]?.consentId ?? null);
    expect(second.status).toBe(200);
    expect((await card(id)).refusals).toEqual(['do not leave voicemail']);
    const { consents, history } = await desk.do(listConsents, { params: { id } });
    expect([consents.length, history.length]).toEqual([3, 6]);
  });

  it('shows a custody note as the gravest alert wherever the person is in view', async () => {
    const id = idOf(2);
    const nothing = await desk.ask(addCustody, { params: { id }, body: {} });
    expect(nothing.status).toBe(400);
    await desk.do(addCustody, {
      params: { id },
      body: { mustNotTell: ['Ray Test'], mayDecide: 'the mother', courtOrder: true },
    });
    const { alerts, alertCount } = await card(id);
    expect(alertCount).toBe(1);
    expect(alerts[0]).toMatchObject({
      tone: 'wrong',
      text: 'Custody: do NOT tell Ray Test · the mother decides · court order on file',
      custody: { mustNotTell: ['Ray Test'], courtOrder: true },
    });
    const { alertId = '', version = 0 } = alerts[0] ?? {};
    const custody = { mustNotTell: ['Ray Test', 'Roy Test'], mayDecide: 'the mother' };
    const change = { params: { id, alertId }, body: { version, custody } };
    const { alert } = await desk.do(changeCustody, change);
    expect(alert).toMatchObject({ version: version + 1, custody: { courtOrder: false } });
    expect((await card(id)).alerts[0]?.text).toBe(
      'Custody: do NOT tell Ray Test or Roy Test · the mother decides',
    );
    expect((await desk.ask(changeCustody, change)).status).toBe(409);
    const { changes } = await practice.manager.do(listPatientHistory, { params: { id } });
    expect(changes[0]).toMatchObject({
      action: 'patient.custody-changed',
      before: { text: 'Custody: do NOT tell Ray Test · the mother decides · court order on file' },
    });
  });

  it('goes along when two records become one, and back when they are taken apart', async () => {
    const [into, from] = [idOf(3), idOf(1)];
    await desk.do(addRelation, { params: { id: from }, body: { name: 'Lou Test', relationship: 'son' } });
    const versions = { version: 1, otherId: from, otherVersion: 1, choices: {} };
    const { mergeId } = await desk.do(mergePatients, { params: { id: into }, body: versions });
    expect((await listed(into)).map((one) => one.name)).toEqual(['Lou Test']);
    expect((await card(into)).refusals).toEqual(['do not leave voicemail']);
    await desk.do(takeApart, { params: { id: mergeId }, body: { version: 2 } });
    expect([(await listed(into)).length, (await listed(from)).length]).toEqual([0, 1]);
    expect((await card(into)).refusals).toEqual([]);
    expect((await card(from)).refusals).toEqual(['do not leave voicemail']);
  });
});
