import type { Tx } from '../../../platform/db/transaction.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { openVisit, recordStep } from '../recording/commands.ts';
import type { Visit } from '../visits/schema.ts';

/** The patient wants no other visit in place of one cancelled or missed: nobody is owed a call about it. */
export async function letGoVisit(
  tx: Tx,
  visitId: string,
  { version, reason }: { version: number; reason: string },
): Promise<Visit> {
  const visit = await openVisit(tx, visitId, version);
  if (visit.state !== 'cancelled' && visit.state !== 'no_show')
    throw new Refusal('conflict', 'Only a cancelled or missed visit is rebooked or let go. Cancel it first.');
  return recordStep(tx, { visit, step: 'let_go', change: {}, detail: { reason }, reason });
}
