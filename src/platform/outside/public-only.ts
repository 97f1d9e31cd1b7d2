import { lookup as lookUp } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isInnerAddress } from './addresses.ts';

/** The address lies in a private network, where an address that someone typed must not lead. */
export class Inner extends Error {}

/** Looked up once and connected to what was found: a name cannot mean another address a moment later. */
export const publicOnly: LookupFunction = (host, options, done) => {
  lookUp(host, { ...options, all: true }, (error, found) => {
    const [first] = found ?? [];
    if (error || !first) return done(error ?? new Error('no address'), '', 4);
    if (found.some((one) => isInnerAddress(one.address))) return done(new Inner(), '', 4);
    // node asks for all of them where it would try several
    if (options.all) return done(null, found as never);
    done(null, first.address, first.family);
  });
};

/** Whether a host was given as a number of a private network: a number is not looked up. */
export function isInnerLiteral(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return (/^[\d.]+$/.test(host) || host.includes(':')) && isInnerAddress(host);
}
