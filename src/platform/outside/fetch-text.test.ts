import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { isInnerAddress } from './addresses.ts';
import { fetchText, mostBytes, webAddress } from './fetch-text.ts';

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  '::',
  'fd00::1',
  'fe80::1',
  '::ffff:10.0.0.1',
  '::ffff:a00:1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  'not an address',
])('%s is inside', (address) => {
  expect(isInnerAddress(address)).toBe(true);
});
test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '2606:4700::1111'])('%s is outside', (address) => {
  expect(isInnerAddress(address)).toBe(false);
});
test.each([
  ['webcal://calendar.example/a.ics', 'https://calendar.example/a.ics'],
  ['http://calendar.example/a', 'http://calendar.example/a'],
  ['file:///etc/passwd', undefined],
  ['ftp://calendar.example', undefined],
  ['https://me:secret@calendar.example', undefined],
  ['calendar.example', undefined],
])('%s is read as %s', (typed, expected) => {
  expect(webAddress(typed)?.href).toBe(expected);
});

describe('a text of the web', () => {
  let server: http.Server;
  let at: string;
  beforeAll(async () => {
    server = http.createServer((request, response) => {
      const say = (status: number, headers: Record<string, string>, body = '') =>
        response.writeHead(status, headers).end(body);
      if (request.url === '/again') return say(302, { location: '/again' });
      if (request.url === '/moved') return say(301, { location: '/here' });
      if (request.url === '/away') return say(302, { location: 'file:///etc/passwd' });
      if (request.url === '/large') return say(200, {}, 'x'.repeat(mostBytes + 1));
      if (request.url === '/gone') return say(404, {});
      if (request.headers['if-none-match'] === '"1"') return say(304, {});
      return say(200, { etag: '"1"' }, 'Łódź');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  const get = (path: string, more: { etag?: string } = {}) =>
    fetchText({ address: at + path, allowInner: true, ...more });

  it('comes with its mark, and not again while it is the same', async () => {
    expect(await get('/here')).toEqual({ kind: 'text', text: 'Łódź', etag: '"1"', lastModified: '' });
    expect(await get('/moved')).toMatchObject({ kind: 'text' });
    expect(await get('/here', { etag: '"1"' })).toEqual({ kind: 'same' });
  });
  it.each([
    ['/again', 'it leads on and on'],
    ['/large', 'it is larger than 5 MB'],
    ['/gone', 'there is nothing at the address any more'],
    ['/away', 'it answered with error 302'],
  ])('%s is a plain word', async (path, why) => {
    expect(await get(path)).toEqual({ kind: 'failed', why });
  });
  it('is not fetched out of the office’s own network, by number or by name', async () => {
    const why = 'the address lies in a private network';
    expect(await fetchText({ address: at })).toEqual({ kind: 'failed', why });
    const byName = at.replace('127.0.0.1', 'localhost');
    expect(await fetchText({ address: byName })).toEqual({ kind: 'failed', why });
    expect(await fetchText({ address: 'http://[::1]:1/' })).toEqual({ kind: 'failed', why });
  });
});
