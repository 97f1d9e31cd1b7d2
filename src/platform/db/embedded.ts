import { Worker } from 'node:worker_threads';
import type { Link, LinkSource } from './database.ts';
import type { WorkerAnswer, WorkerFailure, WorkerRequest, WorkerStart } from './worker-protocol.ts';

/** A database error with PostgreSQL's SQLSTATE, as node-postgres throws it. */
export class DatabaseError extends Error {
  readonly code: string | undefined;
  readonly constraint: string | undefined;
  constructor(failure: WorkerFailure) {
    super(failure.message);
    this.name = 'DatabaseError';
    this.code = failure.code;
    this.constraint = failure.constraint;
  }
}

type Waiting = {
  resolve: (value: { rows: Record<string, unknown>[]; affected: number }) => void;
  reject: (e: Error) => void;
};
/** The same request without its number. */
type Unnumbered = WorkerRequest extends infer R ? (R extends { id: number } ? Omit<R, 'id'> : never) : never;

function startWorker(start: WorkerStart): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL('./pglite-worker.js', import.meta.url), { workerData: start });
  }
  // From source a worker does not inherit the TypeScript loader: it registers its own first.
  const file = new URL('./pglite-worker.ts', import.meta.url).href;
  const boot = `import('tsx/esm/api').then((tsx) => { tsx.register(); return import(${JSON.stringify(file)}); })`;
  return new Worker(boot, { eval: true, workerData: start });
}

/**
 * The embedded PostgreSQL (PGlite) in its own thread: one session, so links are lent one at a time.
 * `dump(file)` writes a consistent tar of the whole store.
 */
export type EmbeddedSource = LinkSource & { dump(file: string): Promise<void> };

export async function openEmbedded(start: WorkerStart): Promise<EmbeddedSource> {
  const worker = startWorker(start);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let broken: Error | undefined;

  const failAll = (error: Error): void => {
    broken = error;
    for (const entry of waiting.values()) entry.reject(error);
    waiting.clear();
  };
  const ready = new Promise<void>((resolve, reject) => {
    waiting.set(0, { resolve: () => resolve(), reject });
  });
  worker.on('message', (message: WorkerAnswer) => {
    const entry = waiting.get(message.id);
    waiting.delete(message.id);
    if (!entry) return;
    if (message.ok) entry.resolve(message.value);
    else entry.reject(new DatabaseError(message.error));
  });
  worker.on('error', failAll);
  worker.on('exit', () => failAll(new Error('The embedded database has stopped.')));

  const ask = (request: Unnumbered) =>
    new Promise<{ rows: Record<string, unknown>[]; affected: number }>((resolve, reject) => {
      if (broken) return reject(broken);
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ ...request, id: lastId });
    });
  await ready;
  return lendOne(ask, worker);
}

function lendOne(
  ask: (request: Unnumbered) => Promise<{ rows: Record<string, unknown>[]; affected: number }>,
  worker: Worker,
): EmbeddedSource {
  const link: Link = {
    query: (sql, params) => ask({ op: 'query', sql, params: [...params] }),
    exec: (sql) => ask({ op: 'exec', sql }),
    // The session is the owner's: it takes the application's role for each transaction.
    begin: (practiceId, readOnly) =>
      ask({
        op: 'exec',
        sql: `${readOnly ? 'begin read only' : 'begin'}; set local role frontdesk_app;
          select set_config('frontdesk.practice_id', '${practiceId}', true)`,
      }),
    commit: () => ask({ op: 'exec', sql: 'commit' }),
  };
  const queue: ((link: Link) => void)[] = [];
  let lent = false;
  return {
    kind: 'embedded',
    acquire: () =>
      new Promise((resolve) => {
        if (lent) queue.push(resolve);
        else {
          lent = true;
          resolve(link);
        }
      }),
    release: () => {
      const next = queue.shift();
      if (next) next(link);
      else lent = false;
    },
    dump: async (file) => {
      await ask({ op: 'dump', file });
    },
    close: async () => {
      await ask({ op: 'close' });
      await worker.terminate();
    },
  };
}
