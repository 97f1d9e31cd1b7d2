import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messagesDesk } from '../../../test/messages-desk.ts';
import { type Messaging, openMessaging } from '../../../test/messaging.ts';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../test/office.ts';
import { post } from '../../../test/text-provider.ts';
import { listConsents, recordConsents } from '../patients/consents/api.ts';
import { addRelation } from '../patients/relations/api.ts';
import * as api from './api.ts';

describe.each(eitherStorage)('messages on %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let messaging: Messaging;
  let ana: Desk;
  beforeAll(async () => {
    office = await openTestOffice({ storage, allowInner: true });
    practice = await office.practice();
    messaging = await openMessaging(office, practice);
    ana = await practice.as('secretary');
  });
  afterAll(async () => {
    await messaging.close();
    await office.close();
  });

  const { threadOf, lastOf, send, numberOf, write, owed } = messagesDesk(() => ({
    ...{ office, practice, messaging, ana },
  }));

  it('leave through the outbox, once, and it is seen whether they arrived', async () => {
    const id = await messaging.person();
    const { message } = await send(id, 'Please bring “your” card – Núria');
    expect(message).toMatchObject({ state: 'queued', body: 'Please bring "your" card - Nuria' });
    await messaging.drain();
    await messaging.drain();
    const texts = messaging.provider.texts.filter((one) => one.to === message.address);
    expect(texts.map((one) => one.body)).toEqual(['Please bring "your" card - Nuria']);
    expect(await lastOf(id)).toMatchObject({ state: 'sent' });
    const [text] = texts;
    if (!text) throw new Error('nothing was sent');
    expect(await messaging.provider.tell(text, 'delivered')).toBe(200);
    expect(await messaging.provider.tell(text, 'sent')).toBe(200);
    expect(await lastOf(id)).toMatchObject({ state: 'delivered' });
    const { steps } = await ana.do(api.readMessage, { params: { id: message.messageId } });
    expect(steps.map((one) => one.state)).toEqual(['queued', 'sending', 'sent', 'delivered']);
  });

  it('are not sent to who was not asked, refused or died; the desk reads why', async () => {
    const unasked = await messaging.person({}, null);
    const answer = await ana.ask(api.sendMessage, {
      body: { patientId: unasked, body: 'Hi', purpose: 'reminder' },
    });
    expect([answer.status, answer.body.message]).toEqual([409, expect.stringContaining('nobody asked')]);
    expect((await threadOf(unasked)).ways[0]).toMatchObject({
      may: 'ask',
      why: expect.stringContaining('asked'),
    });
    const refusing = await messaging.person();
    await send(refusing, 'before');
    const { history } = await ana.do(listConsents, { params: { id: refusing } });
    const answers = [
      { channel: 'text' as const, purpose: 'appointments' as const, state: 'refused' as const },
    ];
    const body = { answers, how: 'phone' as const, lastId: history[0]?.consentId ?? null };
    await ana.do(recordConsents, { params: { id: refusing }, body });
    // What was in the outbox is held back at the last moment
    await messaging.drain();
    expect(await lastOf(refusing)).toMatchObject({ state: 'suppressed', why: 'refused', waits: true });
    expect(
      (await ana.ask(api.sendMessage, { body: { patientId: refusing, body: 'Hi', purpose: 'reminder' } }))
        .status,
    ).toBe(409);
  });

  it('survive a provider that fails, slows down or hangs up, and none is sent twice', async () => {
    const id = await messaging.person();
    const number = await numberOf(id);
    messaging.provider.next(429, 503, 'drop-after');
    const before = messaging.provider.asked();
    await send(id, 'once, please');
    await messaging.drain();
    expect(await lastOf(id)).toMatchObject({ state: 'queued', why: expect.stringContaining('429') });
    const later = async (ms: number) => {
      office.clock.set(new Date(office.clock.now().getTime() + ms));
      await messaging.drain();
    };
    await later(60_000); // 503: it may have it
    await later(160_000); // asked: it has not; sent again, and the connection drops after it was taken
    expect(messaging.provider.asked() - before).toBe(3);
    await later(160_000); // asked: it has it
    expect(messaging.provider.texts.filter((one) => one.to === number)).toHaveLength(1);
    expect(await lastOf(id)).toMatchObject({ state: 'sent' });
    office.clock.set(new Date('2026-03-04T15:00:00.000Z'));
  });

  it('that the carrier refuses are owed a look, and opted out there is opted out here', async () => {
    const id = await messaging.person();
    const number = await numberOf(id);
    messaging.provider.optedOut.add(number);
    const { message } = await send(id, 'hello');
    await messaging.drain();
    const [duty] = (await owed()).filter((one) => one.subjectId === message.messageId);
    expect(duty).toMatchObject({ kind: 'message.undelivered', patientId: id });
    const { ways } = await threadOf(id);
    expect(ways[0]).toMatchObject({ optedOut: true });
    await ana.do(api.settleMessage, {
      params: { id: message.messageId },
      body: { version: duty ? ((await lastOf(id))?.version ?? 0) : 0 },
    });
    expect((await owed()).filter((one) => one.subjectId === message.messageId)).toEqual([]);
  });

  it('STOP is heard at once, said once, and stands on the record; START brings texts back', async () => {
    const id = await messaging.person();
    const number = await numberOf(id);
    await send(id, 'queued before');
    expect(await write(number, 'Stop please')).toBe(200);
    await messaging.drain();
    const bodies = () => messaging.provider.texts.filter((one) => one.to === number).map((one) => one.body);
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).toContain('no more texts');
    expect((await threadOf(id)).ways[0]).toMatchObject({ optedOut: true, may: 'no' });
    const { consents } = await ana.do(listConsents, { params: { id } });
    expect(
      consents
        .filter((one) => one.channel === 'text')
        .every((one) => one.state === 'refused' && one.how === 'message'),
    ).toBe(true);
    await write(number, 'STOP');
    await messaging.drain();
    expect(bodies()).toHaveLength(1);
    expect((await ana.ask(api.sendMessage, { body: { patientId: id, body: 'Hi' } })).status).toBe(409);
    await write(number, 'START');
    await messaging.drain();
    expect(bodies()).toHaveLength(2);
    expect((await threadOf(id)).ways[0]).toMatchObject({ optedOut: false, may: 'yes' });
    await send(id, 'again');
  });

  it('bare CANCEL ends texts and makes a task; a sentence with it is a message to a human', async () => {
    const id = await messaging.person();
    const number = await numberOf(id);
    await write(number, 'please cancel my appointment');
    expect(await lastOf(id)).toMatchObject({ waits: true, meaning: '' });
    await write(number, 'CANCEL');
    const tasks = await practice.tx(async (tx) => {
      const { rows } = await sql<{ text: string }>`select text from tasks where patient_id = ${id}`.execute(
        tx.db,
      );
      return rows;
    });
    expect(tasks).toEqual([{ text: expect.stringContaining('ask whether the visit') }]);
  });

  it('words of danger are on top of Today, and answered with 911 once', async () => {
    const id = await messaging.person();
    const number = await numberOf(id);
    await write(number, 'hi, is the office open');
    await write(number, 'I have chest pain and cant breathe');
    await write(number, 'tengo dolor en el pecho');
    await messaging.drain();
    const mine = (await owed()).filter((one) => one.patientId === id);
    expect(mine.map((one) => one.severity)).toEqual(['danger', 'danger', 'calm']);
    expect(mine[0]?.title).toContain('URGENT');
    const texts = messaging.provider.texts.filter((one) => one.to === number);
    expect(texts).toHaveLength(1);
    expect(texts[0]?.body).toContain('911');
    const seenUpTo = (await lastOf(id))?.messageId;
    await send(id, 'Hang up and dial 911 please', { purpose: 'other', seenUpTo });
    expect((await owed()).filter((one) => one.patientId === id)).toEqual([]);
  });

  it('an unknown number is a thread of its own until someone says whose it is', async () => {
    const number = '+15185559876';
    await write(number, 'What time is my visit?', 'SM1');
    // The provider tells twice
    await write(number, 'What time is my visit?', 'SM1');
    const { threads } = await ana.do(api.listThreads, {});
    const thread = threads.find((one) => one.address === number);
    expect(thread).toMatchObject({ patientId: null, waiting: 1 });
    const params = { id: thread?.lastMessageId ?? '' };
    const answer = await ana.do(api.sendMessage, { body: { address: number, body: 'Who is this, please?' } });
    await messaging.drain();
    expect(messaging.provider.texts.filter((one) => one.to === number)).toHaveLength(1);
    const stranger = await ana.ask(api.sendMessage, { body: { address: '+15185550000', body: 'Hi' } });
    expect(stranger.status).toBe(409);
    const id = await messaging.person();
    await ana.do(api.sayWhose, { params, body: { patientId: id } });
    expect((await threadOf(id)).messages.map((one) => one.body)).toEqual([
      'What time is my visit?',
      answer.message.body,
    ]);
  });

  it('callbacks that are not signed, or for another address, are refused', async () => {
    const before = (await ana.do(api.listThreads, {})).threads.length;
    const fields = {
      MessageSid: 'SMx',
      From: '+15185550199',
      Body: 'STOP',
      To: '+15185550100',
      NumMedia: '0',
    };
    expect(await post(messaging.textUrl, fields, 'another token')).toBe(403);
    const unsigned = await fetch(messaging.textUrl, { method: 'POST', body: new URLSearchParams(fields) });
    expect(unsigned.status).toBe(403);
    const elsewhere = messaging.textUrl.replace(/[0-9a-f-]{36}/, '00000000-0000-4000-8000-000000000000');
    expect(await post(elsewhere, fields, messaging.provider.token)).toBe(404);
    expect((await ana.do(api.listThreads, {})).threads).toHaveLength(before);
  });

  it('about a child go to who may hear about appointments, never to the child', async () => {
    const id = await messaging.person({ bornOn: '2018-01-01' });
    expect((await threadOf(id)).ways[0]).toMatchObject({
      address: '',
      why: expect.stringContaining('no number'),
    });
    const body = {
      name: 'Kim Test',
      relationship: 'mother',
      phone: '518 555 0188',
      mayHear: ['appointments' as const],
      proof: 'parent' as const,
    };
    await ana.do(addRelation, { params: { id }, body });
    const { message } = await send(id, 'The visit is on');
    expect(message).toMatchObject({ address: '+15185550188', proxyName: 'Kim Test' });
  });

  it('wait for the morning where the person lives', async () => {
    const id = await messaging.person({
      addresses: [{ kind: 'home', line1: '1 Elm', city: 'Reno', state: 'NV', zip: '89501' }],
    });
    office.clock.set(new Date('2026-03-04T13:30:00.000Z'));
    const ben = await practice.as('secretary');
    await ben.do(api.sendMessage, { body: { patientId: id, body: 'early', purpose: 'reminder' } });
    await messaging.drain();
    // Nevada lies in two zones: 8:00 on the Pacific
    const thread = await ben.do(api.readPatientThread, { params: { id } });
    expect(thread.messages.at(-1)).toMatchObject({ state: 'queued', notBefore: '2026-03-04T16:00:00.000Z' });
    expect(thread.quietUntil).toBe('2026-03-04T16:00:00.000Z');
    office.clock.set(new Date('2026-03-04T16:00:01.000Z'));
    await messaging.drain();
    const { messages } = await ben.do(api.readPatientThread, { params: { id } });
    expect(messages.at(-1)).toMatchObject({ state: 'sent' });
    office.clock.set(new Date('2026-03-04T15:00:00.000Z'));
  });

  it('passwords are sealed and told to nobody; a template that asks for CANCEL is refused', async () => {
    const { settings } = await practice.manager.do(api.readMessageSettings, {});
    expect(settings).toMatchObject({ hasTextToken: true });
    expect(JSON.stringify(settings)).not.toContain(messaging.provider.token);
    expect((await ana.ask(api.readMessageSettings, {})).status).toBe(403);
    const { templates } = await ana.do(api.listTemplates, {});
    const reminder = templates.find((one) => one.template === 'reminder' && one.language === 'en');
    if (!reminder) throw new Error('no reminder');
    const wrong = { ...reminder, body: '{practice}: reply CANCEL to cancel. STOP to end texts.' };
    expect((await practice.manager.ask(api.changeTemplate, { body: wrong })).status).toBe(400);
    const right = { ...reminder, body: '{practice}: {day} {time}. C or R. {phone} STOP to end texts.' };
    const { template } = await practice.manager.do(api.changeTemplate, { body: right });
    expect(template.version).toBe(1);
    expect((await practice.manager.ask(api.changeTemplate, { body: right })).body.error).toBe('stale');
  });
});
