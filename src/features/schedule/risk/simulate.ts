import type { Tx } from '../../../platform/db/transaction.ts';
import { learnRisk } from './commands.ts';

/** What the nights before would have learned, once the past was played. */
export async function playRisk(tx: Tx, untilMs: number): Promise<void> {
  tx.now = new Date(untilMs);
  await learnRisk(tx);
}
