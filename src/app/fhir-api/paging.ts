import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { FhirProblem } from '../../fhir/outcome.ts';
import type { Given } from '../../fhir/search.ts';

/**
 * The next page of a search by POST. Its address may hold no name, and the server keeps nothing between requests:
 * so what was asked is sealed into the address, under a key that only this session has. The session's id is never
 * told to anyone, so whoever reads an address in a log learns nothing.
 */

const keyOf = (sessionId: string) => Buffer.from(hkdfSync('sha256', sessionId, '', 'fhir-page', 32));
const Pairs = z.array(z.tuple([z.string(), z.string()]));

export function sealPage(given: Given, sessionId: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(sessionId), nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(given), 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64url');
}

export function openPage(page: string, sessionId: string): Given {
  try {
    const sealed = Buffer.from(page, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', keyOf(sessionId), sealed.subarray(0, 12));
    decipher.setAuthTag(sealed.subarray(12, 28));
    const text = Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
    return Pairs.parse(JSON.parse(text.toString('utf8')));
  } catch {
    throw new FhirProblem(400, 'invalid', 'This page has gone with the session that asked. Search again.');
  }
}
