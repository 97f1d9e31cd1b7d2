import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type MailServer, openMailServer } from '../../../../test/mail-server.ts';
import { checked, isBareAddress, type Sender } from '../message.ts';
import { type SmtpConfig, smtpSender } from './smtp.ts';

const usual: Omit<SmtpConfig, 'port'> = {
  ...{ host: '127.0.0.1', security: 'none', user: 'office', password: 's3cret', from: 'desk@elm.example' },
  ...{ fromName: 'Elm Street', replyTo: '' },
};
const letter = (more = {}) => ({
  ...{ channel: 'email' as const, to: 'jo@home.example', subject: 'Your visit', body: 'Grüße\n\nElm Street' },
  ...{ idempotencyKey: '0198' },
  ...more,
});

describe('e-mail over SMTP', () => {
  let server: MailServer;
  let sender: Sender;
  const open = async (more: Partial<SmtpConfig> = {}) =>
    checked(await smtpSender({ ...usual, port: server.port, ...more }, { allowInner: true }));
  beforeAll(async () => {
    server = await openMailServer({ user: 'office', password: 's3cret' });
    sender = await open();
  });
  afterAll(async () => {
    sender.close();
    await server.close();
  });

  it('arrives with its subject, its text and an id of its own', async () => {
    expect(await sender.send(letter())).toEqual({
      kind: 'sent',
      providerId: '<0198@elm.example>',
      status: 'sent',
    });
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: 'desk@elm.example', to: ['jo@home.example'], user: 'office' });
    expect(mail?.text).toContain('Subject: Your visit');
    expect(mail?.text).toContain('Auto-Submitted: auto-generated');
  });
  it.each([
    [{ at: 'recipient', code: 450 }, 'again'],
    [{ at: 'recipient', code: 550 }, 'refused'],
    [{ at: 'data', code: 451 }, 'again'],
    [{ at: 'data', code: 554 }, 'refused'],
    // Not a byte of it was sent: the next connection carries it at once
    ['drop-at-recipient', 'sent'],
    // Short enough that its end was on the way as well
    ['drop-in-data', 'unknown'],
    ['drop-after-data', 'unknown'],
  ] as const)('after %j it is %s, and the next goes well', async (mishap, kind) => {
    server.next(mishap);
    expect((await sender.send(letter())).kind).toBe(kind);
    expect((await sender.send(letter())).kind).toBe('sent');
  });
  it('of which the end was not sent yet when the connection dropped is for later: nobody has it', async () => {
    const taken = server.mails.length;
    server.next('drop-in-data');
    const long = letter({ body: `${'All that there is to say. '.repeat(3)}\n`.repeat(100_000) });
    expect(await sender.send(long)).toMatchObject({ kind: 'again' });
    expect(server.mails).toHaveLength(taken);
  });
  it('to a server that never comes to an end is unclear when its time is over, and the next goes well', async () => {
    const hurried = checked(
      await smtpSender({ ...usual, port: server.port }, { allowInner: true, wholeMs: 400 }),
    );
    server.next('say-on-and-on');
    expect(await hurried.send(letter())).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('did not come to an end'),
    });
    hurried.close();
    expect((await sender.send(letter())).kind).toBe('sent');
  });
  it('with a wrong password is for later, and says why', async () => {
    const wrong = await open({ password: 'x' });
    expect(await wrong.send(letter())).toMatchObject({
      kind: 'again',
      why: expect.stringContaining('password'),
    });
    wrong.close();
  });
  it('where nobody listens is for later', async () => {
    const nowhere = await open({ port: 1 });
    expect((await nowhere.send(letter())).kind).toBe('again');
    nowhere.close();
  });
  it('leads into no private network', async () => {
    const inner = await smtpSender({ ...usual, port: server.port });
    expect(await inner.send(letter())).toMatchObject({
      kind: 'again',
      why: expect.stringContaining('private'),
    });
  });
  it.each([
    'jo@home.example\r\nBcc: evil@x.example',
    'jo@home.example, evil@x.example',
    'Jo <jo@home.example>',
    'jo@',
    '',
  ])('to %j never leaves', async (to) => {
    const before = server.mails.length;
    expect(await sender.send(letter({ to }))).toMatchObject({ kind: 'refused', code: 'address' });
    expect(await sender.send(letter({ subject: 'Hi\r\nBcc: evil@x.example' }))).toMatchObject({
      kind: 'refused',
    });
    expect(server.mails).toHaveLength(before);
  });
});

const openssl = ['/usr/bin/openssl', '/usr/local/bin/openssl'].find((one) => existsSync(one)) ?? '';
describe.runIf(openssl)('e-mail under TLS', () => {
  it('goes only to a server whose certificate is trusted', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-mail-'));
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name));
    const names = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const kind = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names];
    execFileSync(openssl, [...kind, '-keyout', key ?? '', '-out', cert ?? ''], { stdio: 'pipe' });
    const tls = { key: readFileSync(key ?? '', 'utf8'), cert: readFileSync(cert ?? '', 'utf8') };
    const server = await openMailServer({ tls, user: 'office', password: 's3cret' });
    const config = { ...usual, host: 'localhost', security: 'starttls', port: server.port } as const;
    const trusting = await smtpSender(config, { allowInner: true, ca: tls.cert });
    expect((await trusting.send(letter())).kind).toBe('sent');
    expect(server.mails[0]).toMatchObject({ isSecure: true, user: 'office' });
    const strict = await smtpSender(config, { allowInner: true });
    expect(await strict.send(letter())).toMatchObject({
      kind: 'again',
      why: expect.stringContaining('safe'),
    });
    const plain = await openMailServer({ user: 'office', password: 's3cret' });
    const asking = await smtpSender({ ...config, port: plain.port }, { allowInner: true, ca: tls.cert });
    expect((await asking.send(letter())).kind).not.toBe('sent');
    expect(plain.mails).toEqual([]);
    for (const one of [trusting, strict, asking]) one.close();
    await server.close();
    await plain.close();
    rmSync(folder, { recursive: true });
  });
});

test.each([
  ['jo@home.example', true],
  ['jo.o-neill+x@mail.home.example', true],
  ["o'brien@home.example", true],
  ['jo@home..example', false],
  ['jo@home.example\n', false],
  ['"jo"@home.example', false],
  ['jo@home.example;x@y', false],
  ['a@b@c', false],
  ['jo @home.example', false],
])('%j is a bare address: %s', (address, expected) => {
  expect(isBareAddress(address)).toBe(expected);
});

test('e-mail in the clear goes to a machine of the office alone', async () => {
  const open = { ...usual, host: 'mail.example.com', port: 25 };
  const sender = await smtpSender(open);
  expect(await sender.send(letter())).toEqual({
    ...{ kind: 'again', why: 'without a safe connection e-mail goes to this machine alone' },
  });
});
