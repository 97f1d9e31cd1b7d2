import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/**
 * What sign-in keeps at rest is sealed or hashed with keys made from the office's own (audit/key.ts), which lies
 * outside the database: who has the database alone reads no secret and can try no code. A key for each purpose.
 */
function keyFor(officeKey: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', officeKey, '', `frontdesk ${purpose}`, 32));
}

/** AES-256-GCM: nonce (12), tag (16), ciphertext. @param owner whose it is; it opens for nobody else */
export function sealSecret(officeKey: Buffer, plain: Buffer, owner: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor(officeKey, 'secrets'), nonce);
  cipher.setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @returns null when it was sealed for another owner or with another office's key, or is damaged */
export function openSecret(officeKey: Buffer, sealed: Buffer, owner: string): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyFor(officeKey, 'secrets'), sealed.subarray(0, 12));
    decipher.setAAD(Buffer.from(owner));
    decipher.setAuthTag(sealed.subarray(12, 28));
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]);
  } catch {
    return null;
  }
}

/** HMAC-SHA256 with a key of its own for the purpose. */
export function keyedHash(officeKey: Buffer, purpose: string, value: string | Buffer): Buffer {
  return createHmac('sha256', keyFor(officeKey, purpose)).update(value).digest();
}
