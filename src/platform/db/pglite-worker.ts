/**
 * The embedded database's own thread. It opens the store with O_DSYNC on every writable file (PGlite itself
 * never syncs: docs/decisions/0002-embedded-database.md) and answers queries in the order they come.
 */
import fs from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { embeddedParsers } from './parsers.ts';
import { preparedStatements } from './pglite-statements.ts';
import type { WorkerAnswer, WorkerRequest, WorkerStart } from './worker-protocol.ts';

const start = workerData as WorkerStart;

/** Add O_DSYNC to every writable open below the folder. The fs object is this thread's own. */
function syncWrites(folder: string): void {
  const plainOpen = fs.openSync;
  const root = path.resolve(folder) + path.sep;
  const writable = fs.constants.O_WRONLY | fs.constants.O_RDWR;
  fs.openSync = ((file: fs.PathLike, flags: fs.OpenMode = 'r', mode?: fs.Mode | null) => {
    const below = path.resolve(String(file)).startsWith(root);
    const durable = below && typeof flags === 'number' && (flags & writable) !== 0;
    return plainOpen(file, durable ? flags | fs.constants.O_DSYNC : flags, mode);
  }) as typeof fs.openSync;
}

/** At most so much is kept to be played again: a store that was cut off is back in a second, and no gigabyte lies beside it. */
const settings = ['max_wal_size=128MB', 'min_wal_size=32MB'];

async function open(): Promise<PGlite> {
  if (start.folder && start.durable) syncWrites(start.folder);
  const loadDataDir = start.snapshotPath
    ? new Blob([new Uint8Array(fs.readFileSync(start.snapshotPath))])
    : undefined;
  return PGlite.create({
    ...(start.folder ? { dataDir: start.folder } : {}),
    ...(loadDataDir ? { loadDataDir } : {}),
    extensions: { btree_gist, pg_trgm, unaccent },
    parsers: embeddedParsers,
    startParams: [...PGlite.defaultStartParams, ...settings.flatMap((one) => ['-c', one])],
  });
}

type Reply = Extract<WorkerAnswer, { ok: true }>['value'];

type Statements = ReturnType<typeof preparedStatements>;

async function answer(db: PGlite, statements: Statements, request: WorkerRequest): Promise<Reply> {
  switch (request.op) {
    case 'query': {
      const result = await statements.query(request.sql, request.params);
      return { rows: result.rows, affected: result.affectedRows ?? 0 };
    }
    case 'exec': {
      const results = await db.exec(request.sql);
      const last = results.at(-1);
      return { rows: (last?.rows ?? []) as Record<string, unknown>[], affected: last?.affectedRows ?? 0 };
    }
    case 'dump': {
      const dump = await db.dumpDataDir('none');
      fs.writeFileSync(request.file, new Uint8Array(await dump.arrayBuffer()), { mode: 0o600 });
      return { rows: [], affected: 0 };
    }
    case 'close':
      await db.close();
      return { rows: [], affected: 0 };
  }
}

/** PostgreSQL's error fields, which do not survive a structured clone by themselves. */
function asFailure(id: number, error: unknown): WorkerAnswer {
  const fields = (error ?? {}) as { message?: string; code?: string; constraint?: string; detail?: string };
  return {
    id,
    ok: false,
    error: { message: fields.message ?? String(error), code: fields.code, constraint: fields.constraint },
  };
}

async function main(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('pglite-worker runs only as a worker thread');
  const db = await open();
  const statements = preparedStatements(db);
  let queue: Promise<unknown> = Promise.resolve();
  port.on('message', (request: WorkerRequest) => {
    queue = queue
      .then(() => answer(db, statements, request))
      .then((value) => port.postMessage({ id: request.id, ok: true, value } satisfies WorkerAnswer))
      .catch((error: unknown) => port.postMessage(asFailure(request.id, error)))
      .then(() => {
        if (request.op === 'close') port.close();
      });
  });
  port.postMessage({ id: 0, ok: true, value: { rows: [], affected: 0 } } satisfies WorkerAnswer);
}

main().catch((error: unknown) => parentPort?.postMessage(asFailure(0, error)));
