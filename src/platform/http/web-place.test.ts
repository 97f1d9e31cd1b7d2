import { describe, expect, it } from 'vitest';
import { webPlace } from './web-place.ts';

describe('where passkeys belong', () => {
  it.each([
    ['https', 'desk.example.org', 'https://desk.example.org', 'desk.example.org'],
    ['https', 'desk.example.org:8443', 'https://desk.example.org:8443', 'desk.example.org'],
    ['http', 'localhost:4600', 'http://localhost:4600', 'localhost'],
  ])('%s://%s is a place', (protocol, host, origin, rpId) => {
    expect(webPlace({ protocol, host } as Parameters<typeof webPlace>[0])).toEqual({ origin, rpId });
  });

  it.each([
    ['http', 'desk.example.org', /only over https/],
    ['http', '127.0.0.1:4600', /localhost:4600/],
    ['https', '[::1]:4600', /not its number/],
  ])('%s://%s is none, and says why', (protocol, host, why) => {
    expect(() => webPlace({ protocol, host } as Parameters<typeof webPlace>[0])).toThrow(why);
  });

  it('is what the host says, whatever the request names', () => {
    const request = { protocol: 'http', host: 'evil.example' } as Parameters<typeof webPlace>[0];
    expect(webPlace(request, 'https://desk.example.org')).toEqual({
      origin: 'https://desk.example.org',
      rpId: 'desk.example.org',
    });
  });
});
