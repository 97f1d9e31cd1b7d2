import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MailServer, openMailServer } from '../../../../test/mail-server.ts';
import { type Messaging, openMessaging } from '../../../../test/messaging.ts';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { todayBoard } from '../../../app/lists.ts';
import { readToday } from '../../../app/pages/today/today-api.ts';
import * as api from '../api.ts';
import type { EmailProvider } from '../settings/schema.ts';

const start = Date.parse('2026-03-04T15:00:00.000Z');
const second = 1000;

describe.each(eitherStorage)('e-mail from the outbox to a real mail server, on %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let messaging: Messaging;
  let server: MailServer;
  let ana: Desk;
  let made = 0;
  const provider = (): EmailProvider => ({
    ...{ host: '127.0.0.1', port: server.port, security: 'none', user: 'office', from: 'desk@elm.example' },
    ...{ fromName: 'Elm Street', replyTo: '' },
  });
  const pace = todayBoard.paceMs;
  beforeAll(async () => {
    todayBoard.paceMs = 0;
    office = await openTestOffice({ storage, allowInner: true });
    practice = await office.practice();
    messaging = await openMessaging(office, practice);
    server = await openMailServer({ user: 'office', password: 's3cret' });
    await messaging.change({}, provider(), 's3cret');
    ana = await practice.as('secretary');
  });
  afterAll(async () => {
    todayBoard.paceMs = pace;
    await messaging.close();
    await server.close();
    await office.close();
  });
  beforeEach(() => office.clock.set(new Date(start)));

  const pass = async (ms: number) => {
    office.clock.set(new Date(office.clock.now().getTime() + ms));
    await messaging.drain();
  };
  /** Someone with an address of their own, to whom an e-mail stands in the outbox. */
  const write = async (from = { messaging, desk: ana }) => {
    made += 1;
    const email = `jo${made}@home.example`;
    const patientId = await from.messaging.person({ email }, { channel: 'email', purpose: 'appointments' });
    const body = {
      patientId,
      channel: 'email',
      purpose: 'reminder',
      subject: 'Hello',
      body: 'Bring your card',
    };
    const { message } = await from.desk.do(api.sendMessage, {
      body: { ...body, channel: 'email', purpose: 'reminder' },
    });
    return { id: message.messageId, email };
  };
  const read = (id: string, desk = ana) => desk.do(api.readMessage, { params: { id } });
  const stateOf = async (id: string) => (await read(id)).message.state;
  const mailsTo = (email: string) => server.mails.filter((one) => one.to.includes(email)).length;
  const dutyOf = async (id: string) =>
    (await ana.do(readToday, { query: { who: 'everyone' } })).duties.find((one) => one.subjectId === id);

  it('is delivered once, however often the outbox is looked into', async () => {
    const { id, email } = await write();
    await messaging.drain();
    for (let round = 0; round < 3; round++) await pass(600 * second);
    expect(mailsTo(email)).toBe(1);
    const { message, steps } = await read(id);
    expect([message.state, message.tries]).toEqual(['sent', 1]);
    expect(steps.map((one) => one.state)).toEqual(['queued', 'sending', 'sent']);
    expect(server.mails.at(-1)).toMatchObject({ from: 'desk@elm.example', user: 'office' });
    expect(server.mails.at(-1)?.text).toMatch(/Subject: Hello[\s\S]*Bring your card/);
    expect(await dutyOf(id)).toBe(undefined);
  });

  it('of which the server says “later” (4xx) is tried again, further and further apart, until it goes', async () => {
    server.next({ at: 'recipient', code: 450 }, { at: 'data', code: 451 }, { at: 'recipient', code: 421 });
    const { id, email } = await write();
    await messaging.drain();
    for (const [wait, tries] of [
      [30, 1],
      [60, 2],
      [120, 3],
    ] as const) {
      expect((await read(id)).message).toMatchObject({
        ...{ state: 'queued', tries, why: expect.stringContaining('try later') },
        notBefore: new Date(office.clock.now().getTime() + wait * second).toISOString(),
      });
      await pass((wait - 1) * second);
      expect((await read(id)).message.tries).toBe(tries);
      await pass(second);
    }
    expect(await stateOf(id)).toBe('sent');
    expect(mailsTo(email)).toBe(1);
    expect(await dutyOf(id)).toBe(undefined);
  });

  it('of which the server says “later” for good is given up after ten tries, and is a duty', async () => {
    server.next(...Array.from({ length: 10 }, () => ({ at: 'recipient', code: 450 }) as const));
    const { id, email } = await write();
    await messaging.drain();
    for (let hour = 0; hour < 9; hour++) await pass(3600 * second);
    await pass(3600 * second);
    expect(mailsTo(email)).toBe(0);
    // Her desk was locked long ago
    ana = await practice.as('secretary');
    expect((await read(id)).message).toMatchObject({ state: 'failed', tries: 10 });
    expect(await dutyOf(id)).toMatchObject({ kind: 'message.undelivered' });
  });

  it.each(['recipient', 'data'] as const)(
    'that the server refuses at %s (5xx) has failed, is not tried again, and is a duty on Today',
    async (at) => {
      server.next({ at, code: 550 });
      const { id, email } = await write();
      await messaging.drain();
      await pass(7200 * second);
      expect((await read(id)).message).toMatchObject({ state: 'failed', tries: 1, waits: true });
      expect(mailsTo(email)).toBe(0);
      const duty = await dutyOf(id);
      expect(duty).toMatchObject({ title: expect.stringMatching(/^The e-mail to .* did not arrive$/) });
      expect(duty?.detail).toContain('refused it (550)');
      const { version } = (await read(id)).message;
      await ana.do(api.settleMessage, { params: { id }, body: { version } });
      expect(await dutyOf(id)).toBe(undefined);
    },
  );

  it('whose connection drops before a byte of it was read is tried again', async () => {
    server.next('drop-at-recipient');
    const { id, email } = await write();
    await messaging.drain();
    expect((await read(id)).message).toMatchObject({ state: 'queued', tries: 1 });
    await pass(30 * second);
    expect(await stateOf(id)).toBe('sent');
    expect(mailsTo(email)).toBe(1);
  });

  it('whose server hangs up before it says a word is tried again later, and holds nobody up', async () => {
    server.next('drop-at-greeting', 'drop-at-greeting', 'drop-at-greeting');
    const { id, email } = await write();
    await messaging.drain();
    expect((await read(id)).message).toMatchObject({ state: 'queued', tries: 1 });
    for (let round = 0; round < 4; round++) await pass(600 * second);
    expect(await stateOf(id)).toBe('sent');
    expect(mailsTo(email)).toBe(1);
  });

  it.each([
    // It was with the server, though the answer was lost
    ['drop-after-data', 1],
    // All of it was on its way; from here it looks the same
    ['drop-in-data', 0],
  ] as const)(
    'that may have arrived (%s) is not sent again, and someone decides',
    async (mishap, arrived) => {
      server.next(mishap);
      const { id, email } = await write();
      await messaging.drain();
      for (let round = 0; round < 4; round++) await pass(600 * second);
      expect((await read(id)).message).toMatchObject({ state: 'failed', tries: 1, waits: true });
      expect(mailsTo(email)).toBe(arrived);
      expect((await dutyOf(id))?.detail).toContain('nobody knows whether it arrived');
    },
  );

  it('goes out to others in the same minute in which one is refused', async () => {
    server.next({ at: 'recipient', code: 550 });
    const both = [await write(), await write()];
    await messaging.drain();
    const states = await Promise.all(both.map((one) => stateOf(one.id)));
    expect(states.sort()).toEqual(['failed', 'sent']);
    expect(both.map((one) => mailsTo(one.email)).sort()).toEqual([0, 1]);
  });

  it('of a demo practice never reaches the server, whatever its settings say', async () => {
    const demo = await office.practice({ kind: 'demo' });
    const asDemo = await openMessaging(office, demo);
    await asDemo.change({}, provider(), 's3cret');
    const [taken, met] = [server.mails.length, server.met()];
    const desk = await demo.as('secretary');
    const { id } = await write({ messaging: asDemo, desk });
    await messaging.drain();
    expect((await read(id, desk)).message).toMatchObject({ state: 'delivered' });
    expect([server.mails.length, server.met()]).toEqual([taken, met]);
    await asDemo.close();
  });
});
