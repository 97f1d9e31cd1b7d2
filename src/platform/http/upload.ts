import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance } from 'fastify';
import { inTransaction, type Tx } from '../db/transaction.ts';
import { Refusal } from '../refusal.ts';
import { requirePermission, requireSession } from './admit.ts';
import type { ServerParts } from './server.ts';

export type Upload = {
  path: string;
  permission: string;
  /** bytes */
  most: number;
  /** Turns what came into the file to keep, before any transaction. */
  settle(from: string, to: string): Promise<void>;
  /** Notes the file in the database; answers what the desk is told. */
  note(tx: Tx, file: { path: string; name: string }): Promise<Record<string, unknown>>;
};

/** One route that takes a file as it is (text/csv) into a folder, without holding it in memory. */
export async function addUpload(
  app: FastifyInstance,
  parts: ServerParts,
  folder: string,
  upload: Upload,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('text/csv', { bodyLimit: upload.most }, (_request, payload, done) => {
      done(null, payload);
    });
    scope.post(upload.path, { bodyLimit: upload.most }, async (request) => {
      const session = await requireSession(parts, request);
      requirePermission(session, upload.permission, parts.catalog);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const file = path.join(folder, `${randomUUID()}.csv`);
      try {
        await pipeline(
          request.body as Readable,
          atMost(upload.most),
          createWriteStream(`${file}.came`, { mode: 0o600 }),
        );
        await upload.settle(`${file}.came`, file);
        const name = fileNameOf(request.headers['x-file-name']);
        const { practiceId, actor } = session;
        return await inTransaction(parts.store, { practiceId, actor, requestId: request.id }, (tx) =>
          upload.note(tx, { path: file, name }),
        );
      } catch (error) {
        await rm(file, { force: true });
        throw error;
      } finally {
        await rm(`${file}.came`, { force: true });
      }
    });
  });
}

function atMost(most: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > most) done(new Refusal('too-large', 'This file is larger than 100 MB. Divide it.'));
      else done(null, chunk);
    },
  });
}

function fileNameOf(header: unknown): string {
  try {
    // Control characters have no place in a name.
    return (
      decodeURIComponent(String(header ?? ''))
        .replace(/\p{Cc}/gu, '')
        .slice(0, 200) || 'table.csv'
    );
  } catch {
    return 'table.csv';
  }
}
