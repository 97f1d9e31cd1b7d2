import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

/**
 * Sealed files (backups): AES-256-GCM in chunks of 1 MiB, each with its number and whether it is the last in
 * the associated data, so that a cut, swapped or changed chunk is found. The key is made from a passphrase by
 * scrypt (N 2^16, r 8, p 1).
 *
 * Layout: `FRONTDESK-SEAL1\n`, salt (16 bytes), then per chunk: length (uint32 BE, top bit = last), nonce (12),
 * tag (16), ciphertext.
 */
const magic = Buffer.from('FRONTDESK-SEAL1\n');
const chunkSize = 1024 * 1024;
const lastBit = 0x8000_0000;
const headSize = 4 + 12 + 16;

export class SealBroken extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'SealBroken';
  }
}

function keyFrom(passphrase: string, salt: Buffer): Buffer {
  return scryptSync(passphrase, salt, 32, { N: 2 ** 16, r: 8, p: 1, maxmem: 128 * 1024 * 1024 });
}

function associated(index: number, last: boolean): Buffer {
  return Buffer.from(`${index}:${last ? 'last' : 'more'}`);
}

/** A stream that seals what is written to it. */
export function sealing(passphrase: string): Transform {
  const salt = randomBytes(16);
  const key = keyFrom(passphrase, salt);
  let pending = Buffer.alloc(0);
  let index = 0;
  const sealChunk = (plain: Buffer, last: boolean): Buffer => {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    cipher.setAAD(associated(index, last));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE((sealed.length | (last ? lastBit : 0)) >>> 0);
    index += 1;
    return Buffer.concat([length, nonce, cipher.getAuthTag(), sealed]);
  };
  const stream = new Transform({
    transform(data: Buffer, _encoding, done: TransformCallback) {
      pending = Buffer.concat([pending, data]);
      while (pending.length > chunkSize) {
        this.push(sealChunk(pending.subarray(0, chunkSize), false));
        pending = pending.subarray(chunkSize);
      }
      done();
    },
    flush(done) {
      this.push(sealChunk(pending, true));
      done();
    },
  });
  stream.push(Buffer.concat([magic, salt]));
  return stream;
}

/** A stream that opens what `sealing` made. Fails with SealBroken on a wrong passphrase, damage or a cut end. */
export function unsealing(passphrase: string): Transform {
  const state: Opening = { pending: Buffer.alloc(0), key: undefined, index: 0, ended: false };
  return new Transform({
    transform(data: Buffer, _encoding, done) {
      try {
        state.pending = Buffer.concat([state.pending, data]);
        for (const plain of openChunks(state, passphrase)) this.push(plain);
        done();
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      if (state.ended && state.pending.length === 0) done();
      else
        done(
          new SealBroken(
            state.key
              ? 'This backup is cut short or has something added at its end.'
              : 'This is not a Frontdesk backup.',
          ),
        );
    },
  });
}

type Opening = { pending: Buffer; key: Buffer | undefined; index: number; ended: boolean };

function* openChunks(state: Opening, passphrase: string): Generator<Buffer> {
  if (!state.key) {
    if (state.pending.length < magic.length + 16) return;
    if (!state.pending.subarray(0, magic.length).equals(magic))
      throw new SealBroken('This is not a Frontdesk backup.');
    state.key = keyFrom(passphrase, Buffer.from(state.pending.subarray(magic.length, magic.length + 16)));
    state.pending = state.pending.subarray(magic.length + 16);
  }
  while (state.pending.length >= headSize && !state.ended) {
    const head = state.pending.readUInt32BE(0);
    const length = (head & ~lastBit) >>> 0;
    if (length > chunkSize) throw new SealBroken('This backup is damaged.');
    if (state.pending.length < headSize + length) return;
    yield openOne(state, state.key, length, (head & lastBit) !== 0);
  }
}

function openOne(state: Opening, key: Buffer, length: number, last: boolean): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, state.pending.subarray(4, 16));
  decipher.setAAD(associated(state.index, last));
  decipher.setAuthTag(state.pending.subarray(16, headSize));
  try {
    const sealed = state.pending.subarray(headSize, headSize + length);
    const plain = Buffer.concat([decipher.update(sealed), decipher.final()]);
    state.pending = state.pending.subarray(headSize + length);
    state.index += 1;
    state.ended = last;
    return plain;
  } catch {
    throw new SealBroken(
      state.index === 0
        ? 'Wrong passphrase, or this backup is damaged.'
        : 'This backup is damaged; nothing was restored.',
    );
  }
}
