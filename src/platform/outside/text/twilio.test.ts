import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { openTextProvider, type TextProvider } from '../../../../test/text-provider.ts';
import { checked, demoSender, type Sender } from '../message.ts';
import { textSender } from './twilio.ts';

describe('texts by a provider', () => {
  let provider: TextProvider;
  let sender: Sender;
  let number = 0;
  beforeAll(async () => {
    provider = await openTextProvider();
    const { accountSid, token, number: from } = provider;
    const config = { baseUrl: provider.url, accountSid, authToken: token, from, statusUrl: null };
    sender = checked(textSender(config, { allowInner: true }));
  });
  afterAll(() => provider.close());
  beforeEach(() => {
    number += 1;
  });
  const to = () => `+1518555${String(2000 + number)}`;
  const text = (more = {}) => ({
    channel: 'text' as const,
    to: to(),
    body: `Hello ${number}`,
    idempotencyKey: `k${number}`,
    ...more,
  });
  const never = { sinceMs: 0, knownIds: new Set<string>() };

  it('are taken, and found again by who asks', async () => {
    const sent = await sender.send(text());
    expect(sent).toMatchObject({ kind: 'sent', status: 'sent' });
    expect(await sender.find(text(), never)).toMatchObject({ kind: 'found' });
    expect(await sender.find(text({ body: 'another' }), never)).toEqual({ kind: 'absent' });
    const knownIds = new Set(sent.kind === 'sent' ? [sent.providerId] : []);
    expect(await sender.find(text(), { sinceMs: 0, knownIds })).toEqual({ kind: 'absent' });
  });
  it.each([
    [429, 'again'],
    [500, 'unknown'],
    [503, 'unknown'],
    [401, 'again'],
    [400, 'refused'],
    ['drop-before', 'unknown'],
    ['drop-after', 'unknown'],
  ] as const)('after %s are %s', async (mishap, kind) => {
    provider.next(mishap);
    expect((await sender.send(text())).kind).toBe(kind);
  });
  it('to a number that the carrier knows as opted out say so', async () => {
    provider.optedOut.add(to());
    expect(await sender.send(text())).toMatchObject({ kind: 'refused', optedOut: true, code: '21610' });
  });
  it('to nobody there are for later', async () => {
    const nowhere = textSender(
      {
        baseUrl: 'http://127.0.0.1:1',
        accountSid: 'AC',
        authToken: 'x',
        from: '+15185550100',
        statusUrl: null,
      },
      { allowInner: true },
    );
    expect((await nowhere.send(text())).kind).toBe('again');
    expect(await nowhere.find(text(), never)).toEqual({ kind: 'cannot-say' });
  });
  it('lead into no private network', async () => {
    const config = {
      baseUrl: provider.url,
      accountSid: 'AC',
      authToken: 'x',
      from: '+15185550100',
      statusUrl: null,
    };
    expect(await textSender(config).send(text())).toMatchObject({
      kind: 'again',
      why: expect.stringContaining('private'),
    });
  });
  it.each(['+1518555', '5185550123', '+15185550123\r\nX: y', '+15185550123,+15185550124', 'jo', ''])(
    'to %j never leave',
    async (wrong) => {
      const before = provider.asked();
      expect(await sender.send(text({ to: wrong }))).toMatchObject({ kind: 'refused', code: 'address' });
      expect(provider.asked()).toBe(before);
    },
  );
  it('of a demo open no connection', async () => {
    const before = provider.asked();
    expect((await demoSender.send(text())).kind).toBe('sent');
    expect(provider.asked()).toBe(before);
  });
});

test('texts and the token go nowhere in the clear', async () => {
  const account = { accountSid: 'AC1', authToken: 'secret', from: '+15185550100', statusUrl: null };
  const sender = textSender({ ...account, baseUrl: 'http://api.example.com' });
  expect(await sender.send({ channel: 'text', to: '+15185550123', body: 'Hi', idempotencyKey: 'k' })).toEqual(
    {
      ...{ kind: 'again', why: 'its address does not begin with https' },
    },
  );
});
