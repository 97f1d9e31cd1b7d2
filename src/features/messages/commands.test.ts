import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messagesDesk } from '../../../test/messages-desk.ts';
import { type Messaging, openMessaging } from '../../../test/messaging.ts';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import * as api from './api.ts';
import { sendMessage } from './commands.ts';
import { NewMessage } from './schema.ts';

describe('messages', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let messaging: Messaging;
  let ana: Desk;
  beforeAll(async () => {
    office = await openTestOffice({ allowInner: true });
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

  it('that never left are asked anew whether they may: who said STOP meanwhile gets none', async () => {
    const id = await messaging.person();
    const from = await numberOf(id);
    messaging.provider.next('drop-before');
    await send(id, 'Please call us');
    await messaging.drain();
    expect(await lastOf(id)).toMatchObject({ state: 'sending' });
    await write(from, 'STOP');
    office.clock.advance(160_000);
    await messaging.drain();
    const { messages } = await threadOf(id);
    const { messageId, ...kept } = messages.find((one) => one.body === 'Please call us')!;
    expect(kept).toMatchObject({ state: 'suppressed', why: expect.stringContaining('opted-out') });
    const { steps } = await ana.do(api.readMessage, { params: { id: messageId } });
    expect(steps.map((one) => one.state)).toEqual(['queued', 'sending', 'queued', 'suppressed']);
    const told = messaging.provider.texts.filter((one) => one.to === from).map((one) => one.body);
    expect(told).toEqual([expect.stringContaining('START')]);
    office.clock.set(new Date('2026-03-04T15:00:00.000Z'));
  });

  it('HELP is answered at once and once, also after STOP, and waits for a human', async () => {
    const id = await messaging.person();
    const from = await numberOf(id);
    await write(from, 'STOP');
    for (const body of ['HELP', 'help please']) await write(from, body);
    await messaging.drain();
    const told = messaging.provider.texts.filter((one) => one.to === from).map((one) => one.body);
    expect(told).toEqual([expect.stringContaining('START'), expect.stringMatching(/911.*STOP/)]);
    const waiting = (await threadOf(id)).messages.filter((one) => one.waits).map((one) => one.body);
    expect(waiting).toEqual(['HELP', 'help please']);
  });

  it('are promised to go just where they would: what was agreed to, was for a purpose', async () => {
    const id = await messaging.person({}, { channel: 'text', purpose: 'results' });
    const { ways } = await threadOf(id);
    expect(new Set(ways.map((one) => one.purpose)).size * 2).toBe(ways.length);
    for (const { channel, purpose, why } of ways) {
      const body = { patientId: id, body: 'Hi', subject: 'Hi', channel, purpose };
      const { status } = await ana.ask(api.sendMessage, { body });
      expect([channel, purpose, status]).toEqual([channel, purpose, why === '' ? 200 : 409]);
    }
    expect(ways.filter((one) => one.why === '').map((one) => one.purpose)).toEqual(['other']);
  });

  it('that came while someone typed, or that nobody looked at, are not answered by what is sent', async () => {
    const id = await messaging.person();
    const number = await numberOf(id);
    const waiting = async () =>
      (await owed()).filter((one) => one.patientId === id).map((one) => one.severity);
    await write(number, 'When is my visit?');
    const seenUpTo = (await lastOf(id))?.messageId;
    office.clock.advance(1000);
    await write(number, 'I have chest pain');
    // From the line, where no thread is shown
    await send(id, 'Your form is ready', { purpose: 'other' });
    expect(await waiting()).toEqual(['danger', 'calm']);
    await send(id, 'Tomorrow at 3', { purpose: 'other', seenUpTo });
    expect(await waiting()).toEqual(['danger']);
    office.clock.set(new Date('2026-03-04T15:00:00.000Z'));
  });

  it('that answer someone hours later, whom nobody asked or knows, arrive', async () => {
    const [unasked, stranger] = [await messaging.person({}, null), '+15185559333'];
    const number = await numberOf(unasked);
    for (const from of [number, stranger]) await write(from, 'When are you open?');
    office.clock.advance(2 * 3_600_000);
    const body = 'From 8 to 5';
    const ben = await practice.as('secretary');
    await ben.do(api.sendMessage, { body: { patientId: unasked, body } });
    await ben.do(api.sendMessage, { body: { address: stranger, body } });
    await messaging.drain();
    const sent = messaging.provider.texts.filter((one) => one.body === body).map((one) => one.to);
    expect(sent.sort()).toEqual([number, stranger].sort());
    office.clock.set(new Date('2026-03-04T15:00:00.000Z'));
    ana = await practice.as('secretary');
  });

  it('of many at once all leave at once', async () => {
    const ids: string[] = [];
    for (let one = 0; one < 45; one++) ids.push(await messaging.person());
    const before = messaging.provider.texts.length;
    await practice.tx(async (tx) => {
      for (const patientId of ids)
        await sendMessage(tx, NewMessage.parse({ patientId, body: 'We moved', purpose: 'reminder' }));
    });
    await messaging.drain();
    expect(messaging.provider.texts).toHaveLength(before + 45);
  });

  it('that say “we are late today” do not go out tomorrow: the desk hears that it has to call', async () => {
    const id = await messaging.person();
    await send(id, 'Your form is ready');
    await messaging.drain();
    const { message } = await send(id, 'We are running late today', { template: 'late' });
    await messaging.drain();
    expect(await lastOf(id)).toMatchObject({ state: 'suppressed', why: 'limit', waits: true });
    expect((await owed()).some((one) => one.subjectId === message.messageId)).toBe(true);
  });
});
