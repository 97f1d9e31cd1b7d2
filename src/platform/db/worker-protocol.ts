/** What the office and the embedded database's thread say to each other. */

export type WorkerStart = {
  /** Data folder; absent: in memory (tests). */
  folder?: string;
  /** Sync every write (O_DSYNC); only a bulk load or a test may leave it off. */
  durable: boolean;
  /** A tar made by `dump`, loaded into a fresh store. */
  snapshotPath?: string;
};

export type WorkerRequest =
  | { id: number; op: 'query'; sql: string; params: unknown[] }
  | { id: number; op: 'exec'; sql: string }
  | { id: number; op: 'dump'; file: string }
  | { id: number; op: 'close' };

export type WorkerFailure = { message: string; code?: string; constraint?: string };

export type WorkerAnswer =
  | { id: number; ok: true; value: { rows: Record<string, unknown>[]; affected: number } }
  | { id: number; ok: false; error: WorkerFailure };
