import type { Tx } from '../../../platform/db/transaction.ts';
import type { AskedBy, Visit } from '../visits/schema.ts';
import { readNoticeHours } from './queries.ts';
import { type Notice, noticeOf } from './rules.ts';

/** Who asked for a step that takes a visit from its time, and whether that was late; for the step's detail. */
export async function noticeFor(tx: Tx, visit: Visit, askedBy: AskedBy | undefined): Promise<Notice> {
  const noticeHours = askedBy === 'patient' ? await readNoticeHours(tx.db) : 0;
  return noticeOf({ askedBy, startsAtMs: Date.parse(visit.startsAt), atMs: tx.now.getTime(), noticeHours });
}
