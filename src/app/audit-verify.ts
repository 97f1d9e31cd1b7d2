import { parseArgs } from 'node:util';
import { parseHead, readHeads } from '../platform/audit/heads.ts';
import { verifyChain } from '../platform/audit/verify.ts';
import { inTransaction, theOffice } from '../platform/db/transaction.ts';
import { listPractices } from '../platform/practices.ts';
import { type OpenStore, withStore } from './open-store.ts';

/** `frontdesk audit verify [--head n:code]`: 0 when every chain is whole, 1 when one is not. */
export async function auditCommand(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { head: { type: 'string', multiple: true, default: [] } },
  });
  if (positionals[0] !== 'verify') throw new Error('Say “frontdesk audit verify [--head 812:9f0c…]”.');
  const given = values.head.map((text) => {
    const head = parseHead(text);
    if (!head) throw new Error('A head is a number, a colon and 64 hex digits, as audit-heads.log has it.');
    return head;
  });
  return withStore((open) => verifyAll(open, given));
}

async function verifyAll(
  { store, config }: OpenStore,
  given: { seq: number; mac: string }[],
): Promise<number> {
  let failed = 0;
  for (const { practiceId } of await listPractices(store)) {
    const known = [...readHeads(config.dataFolder, practiceId), ...given];
    const opening = { practiceId, actor: theOffice, readOnly: true };
    const verdict = await inTransaction(store, opening, (tx) =>
      verifyChain(tx.db, store.auditKey, practiceId, known),
    );
    if (verdict.ok) {
      process.stdout.write(
        `${practiceId}: whole, ${verdict.records} records, head ${verdict.head.seq}:${verdict.head.mac}\n`,
      );
    } else {
      failed += 1;
      process.stdout.write(`${practiceId}: NOT whole at record ${verdict.badSeq}: ${verdict.why}\n`);
    }
  }
  return failed > 0 ? 1 : 0;
}
