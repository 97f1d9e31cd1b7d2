import { type LinkPurpose, linkPurposes } from './schema.ts';

/** So many wrong birth dates, and the link is dead. */
export const mostMisses = 5;

/** The letter of each purpose in its address. */
const letters: Record<LinkPurpose, string> = { visit: 'v', offer: 'o', waitlist: 'w', book: 'b' };

/** Purpose, 128 random bits and a signature of 66 bits, as letters that stand in an address as they are. */
const shape = /^([vowb])([A-Za-z0-9_-]{22})([A-Za-z0-9_-]{11})$/;
const signatureLetters = 11;

export const signedPart = (purpose: LinkPurpose, random: string) => `${letters[purpose]}${random}`;
export const signatureOf = (mac: Uint8Array) =>
  btoa(String.fromCharCode(...mac))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .slice(0, signatureLetters);

export type TokenParts = { purpose: LinkPurpose; signed: string; signature: string };

/** undefined: no office makes such an address. */
export function readToken(token: string): TokenParts | undefined {
  const [, letter, random, signature] = shape.exec(token) ?? [];
  const purpose = linkPurposes.find((one) => letters[one] === letter);
  if (!purpose || !random || !signature) return undefined;
  return { purpose, signed: `${letter}${random}`, signature };
}

/** The secret stands behind the question mark, which no log of a balancer keeps (deploy/nginx.conf). */
export const pathOf = (token: string) => `/my?k=${token}`;
