import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { z } from 'zod';
import type { PresenceNotice } from '../http/presence.ts';
import type { Touch } from './transaction.ts';

/** The channel on which the processes of one database tell each other what their commits touched. */
export const channel = 'frontdesk_touched';

/** PostgreSQL takes 8,000 bytes; what is longer is told by topic alone. */
const mostBytes = 7500;

const Told = z.object({
  from: z.string(),
  practiceId: z.string(),
  touched: z.array(z.object({ topic: z.string(), keys: z.array(z.string()) })),
  presence: z
    .object({
      tab: z.string(),
      present: z
        .object({
          accountId: z.string(),
          staffId: z.string(),
          name: z.string(),
          kind: z.string(),
          id: z.string(),
          editing: z.boolean(),
          sinceMs: z.number(),
        })
        .nullable(),
    })
    .optional(),
});

/** This process, told apart from others. */
export const ownName = randomUUID();

/** What a transaction says on the channel as it commits: topics, ids and dates, never content. */
export function tellOthers(practiceId: string, touches: readonly Touch[]): string {
  const say = (touched: { topic: string; keys: string[] }[]) =>
    JSON.stringify({ from: ownName, practiceId, touched });
  const whole = say(touches.map(({ topic, keys }) => ({ topic, keys })));
  if (Buffer.byteLength(whole) <= mostBytes) return whole;
  const topics = [...new Set(touches.map((touch) => touch.topic))];
  return say(topics.map((topic) => ({ topic, keys: [] })));
}

/** What is said on the channel of a desk that has a record open: ids and a colleague's name, nothing of the record. */
export function tellPresence({ practiceId, ...presence }: PresenceNotice): string {
  return JSON.stringify({ from: ownName, practiceId, touched: [], presence });
}

export type Ears = {
  onPresence?(notice: PresenceNotice): void;
  onTouched(touches: Touch[]): void;
  /** The connection was away for a while: whatever is remembered may be old. */
  onMissed(): void;
};

const firstPauseMs = 200;
const longestPauseMs = 5000;

/**
 * Listen to the other processes on a connection of its own, taken up again whenever it breaks.
 * @returns how to stop
 */
export function listenToOthers(url: string, ears: Ears): () => Promise<void> {
  let stopped = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let pauseMs = firstPauseMs;

  const again = (lost: pg.Client) => {
    if (stopped || client !== lost) return;
    client = undefined;
    lost.end().catch(() => undefined);
    timer = setTimeout(() => void connect(true), pauseMs);
    timer.unref();
    pauseMs = Math.min(longestPauseMs, pauseMs * 2);
  };
  const connect = async (missed: boolean): Promise<void> => {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'frontdesk listens',
      keepAlive: true,
      connectionTimeoutMillis: 5000,
    });
    client = next;
    next.on('error', () => again(next));
    next.on('end', () => again(next));
    next.on('notification', ({ payload }) => {
      const told = readTold(payload);
      if (!told) return;
      const { practiceId, touched, presence } = told;
      if (presence) ears.onPresence?.({ practiceId, ...presence });
      else ears.onTouched(touched.map((one) => ({ practiceId, ...one })));
    });
    try {
      await next.connect();
      await next.query(`listen ${channel}`);
      pauseMs = firstPauseMs;
      if (missed) ears.onMissed();
    } catch {
      again(next);
    }
  };
  void connect(false);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}

/** undefined: this process's own, or not of this program. */
function readTold(payload: string | undefined): z.output<typeof Told> | undefined {
  const parsed = Told.safeParse(parseJson(payload ?? ''));
  if (!parsed.success || parsed.data.from === ownName) return undefined;
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
