import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPractice } from '../src/features/practice/commands.ts';
import { readConfig } from '../src/platform/config.ts';
import { readTls, takeRenewed } from '../src/platform/http/tls.ts';
import { certify, found, name } from './durability/nginx.ts';
import { openTestOffice, type TestOffice } from './office.ts';

const openssl = found?.openssl ?? '';

describe.runIf(openssl)('an office with a certificate', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-tls-'));
  const files = { cert: path.join(folder, 'certificate.pem'), key: path.join(folder, 'key.pem') };
  let ca = '';
  let office: TestOffice;
  const account = { email: 'max@test.example', password: 'correct horse battery' };

  beforeAll(async () => {
    ca = certify(openssl, folder);
    office = await openTestOffice({ tls: files });
    await createPractice(office.store, {
      name: 'Elm Street Family Practice',
      timeZone: 'America/New_York',
      kind: 'real',
      manager: { givenName: 'Max', familyName: 'Okafor', ...account },
    });
  });
  afterAll(async () => {
    await office.close();
    rmSync(folder, { recursive: true });
  });

  type Got = { status: number; headers: IncomingMessage['headers']; serial: string };
  function ask(
    method: string,
    place: string,
    body = '',
    { trusted = ca, port = Number(new URL(office.url).port) } = {},
  ): Promise<Got> {
    const headers = {
      host: `${name}:${port}`,
      origin: `https://${name}:${port}`,
      'content-type': 'application/json',
      'x-frontdesk': '1',
    };
    const at = {
      ...{ host: '127.0.0.1', port, method, path: place, headers },
      ...{ ca: trusted, servername: name, agent: false },
    };
    return new Promise((resolve, reject) => {
      const request = https.request(at, (response) => {
        const { serialNumber } = (response.socket as TLSSocket).getPeerCertificate();
        response.resume().on('end', () => {
          resolve({ status: response.statusCode ?? 0, headers: response.headers, serial: serialNumber });
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  it('answers by TLS, and browsers keep to it', async () => {
    const got = await ask('GET', '/api/health');
    expect(got.status).toBe(200);
    expect(got.headers['strict-transport-security']).toMatch(/max-age=\d{7}/);
    await expect(fetch(office.url.replace('https', 'http'))).rejects.toThrow();
  });

  it('gives a session that travels by TLS alone', async () => {
    const got = await ask('POST', '/api/session', JSON.stringify({ ...account, kind: 'browser' }));
    expect(got.status).toBe(200);
    expect(String(got.headers['set-cookie'])).toMatch(/; Secure/);
  });

  it('takes a renewed certificate without a restart, and keeps the old one where the new does not fit', async () => {
    const other = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-tls-'));
    const own = { cert: path.join(other, 'certificate.pem'), key: path.join(other, 'key.pem') };
    const first = certify(openssl, other);
    const failures: unknown[] = [];
    const server = https.createServer(readTls(own), (_, response) => response.end());
    takeRenewed(server, own, (error) => failures.push(error), 30);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const serial = async (trusted: string) => (await ask('GET', '/', '', { trusted, port })).serial;
    const before = await serial(first);
    const renewed = certify(openssl, other);
    const wait = { timeout: 10_000 };
    await expect.poll(() => serial(`${first}\n${renewed}`), wait).not.toBe(before);
    const after = await serial(renewed);
    writeFileSync(own.cert, 'half a file');
    await expect.poll(() => failures.length, wait).toBeGreaterThan(0);
    expect(await serial(renewed)).toBe(after);
    await new Promise((done) => server.close(done));
    rmSync(other, { recursive: true });
  });
});

it.each<[string, Record<string, string>, RegExp]>([
  ['a certificate without a key', { FRONTDESK_TLS_CERT: 'a.pem' }, /together, or neither/],
  ['a key without a certificate', { FRONTDESK_TLS_KEY: 'a.pem' }, /together, or neither/],
])('%s is refused by name', (_, env, why) => {
  expect(() => readConfig(env)).toThrow(why);
});

it('a file that is not there is named', async () => {
  const tls = { cert: '/nowhere/certificate.pem', key: '/nowhere/key.pem' };
  await expect(openTestOffice({ tls })).rejects.toThrow(/FRONTDESK_TLS_CERT: .*cannot be read .*PEM file/);
});
