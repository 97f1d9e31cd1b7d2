import { mkdtempSync, rmSync } from 'node:fs';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { certify, found, name } from './durability/nginx.ts';
import { openTestOffice, type TestOffice } from './office.ts';

const openssl = found?.openssl ?? '';
let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
});
// Who guessed too often is let in again on another day.
beforeEach(() => office.clock.advance(86_400_000));
afterAll(() => office?.close());

/** What the listener answers to so many knocks of each of these, each with its own forwarded address. */
async function statuses(url: string, ...told: string[]): Promise<number[]> {
  const answers: number[] = [];
  for (const address of told) {
    const headers = { 'x-forwarded-for': address };
    answers.push((await fetch(`${url}/my?k=none`, { headers })).status);
  }
  return answers;
}
/** More than one address may ask for in a minute. */
const many = 70;

describe('patients’ pages behind a balancer', () => {
  it('count each patient by the address that the trusted balancer tells', async () => {
    const url = await office.openPublic({ trustedProxies: '127.0.0.1' });
    const crowd = Array.from({ length: many }, (_, at) => `203.0.113.${at + 1}`);
    expect(new Set(await statuses(url, ...crowd))).toEqual(new Set([404]));
    const same = await statuses(url, ...Array<string>(many).fill('198.51.100.7'));
    expect([same.at(0), same.at(-1)]).toEqual([404, 429]);
  });
  it('believe nobody else: who invents an address is counted by their own', async () => {
    const url = await office.openPublic();
    const crowd = Array.from({ length: many }, (_, at) => `203.0.113.${at + 1}`);
    const answers = await statuses(url, ...crowd);
    expect([answers.at(0), answers.at(-1)]).toEqual([404, 429]);
  });
  it('take the nearest address that is no balancer’s, whatever stands before it', async () => {
    const url = await office.openPublic({ trustedProxies: '127.0.0.1, 10.0.0.0/8' });
    const chains = Array.from({ length: many }, (_, at) => `192.0.2.${at + 1}, 198.51.100.9, 10.1.2.3`);
    expect((await statuses(url, ...chains)).at(-1)).toBe(429);
  });
  it('are linked to by the public address, whatever the request says', async () => {
    const url = await office.openPublic({ url: 'https://visits.elm.example', trustedProxies: '127.0.0.1' });
    expect(url).toBe('https://visits.elm.example');
    expect(office.store.publicUrl).toBe('https://visits.elm.example');
  });
});

describe.runIf(openssl)('patients’ pages with a certificate of their own', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-public-tls-'));
  const tls = { cert: path.join(folder, 'certificate.pem'), key: path.join(folder, 'key.pem') };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('answer by TLS alone, and browsers keep to it', async () => {
    const ca = certify(openssl, folder);
    const url = await office.openPublic({ tls });
    expect(url).toMatch(/^https:/);
    const at = { host: '127.0.0.1', port: Number(new URL(url).port), path: '/my?k=none' };
    const got = await new Promise<{ status?: number | undefined; hsts: string }>((resolve, reject) => {
      https
        .get({ ...at, ca, servername: name, headers: { host: name }, agent: false }, (answer) => {
          const hsts = String(answer.headers['strict-transport-security']);
          answer.resume().on('end', () => resolve({ status: answer.statusCode, hsts }));
        })
        .on('error', reject);
    });
    expect(got).toEqual({ status: 404, hsts: expect.stringMatching(/max-age=\d{7}/) });
    await expect(fetch(url.replace('https', 'http'))).rejects.toThrow();
  });
  it('do not open where the certificate cannot be read', async () => {
    const missing = { cert: path.join(folder, 'none.pem'), key: path.join(folder, 'none.key') };
    await expect(office.openPublic({ tls: missing })).rejects.toThrow(
      /FRONTDESK_PUBLIC_TLS_CERT: .*cannot be read/,
    );
  });
});
