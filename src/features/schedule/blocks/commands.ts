import { sql } from 'kysely';
import { addDays } from '../../../platform/calendar/dates.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { touchVersion } from '../../../platform/db/versions.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { addException, removeException, todayHere } from '../setup/hours/commands.ts';
import { withOutside } from '../setup/outside/commands.ts';
import { lockException, lockResource } from '../setup/queries.ts';
import { exceptionFaults } from '../setup/rules.ts';
import type { NewException } from '../setup/schema.ts';
import type { BlockTime } from './schema.ts';

/** A block is a one-off closing with its times: everything that books or looks for time knows it as one. */
function closingOf({ onDate, startsLocal, endsLocal, reason }: BlockTime): NewException {
  return { kind: 'closing', from: onDate, startsLocal, endsLocal, note: reason };
}

export async function addBlock(tx: Tx, input: BlockTime) {
  const { exceptionIds, outside } = await addException(tx, input.resourceId, closingOf(input));
  return { blockId: exceptionIds[0] ?? '', version: 1, outside };
}

/** Another time, day, column or reason; the visits that are now in it are told, and stay. */
export async function changeBlock(
  tx: Tx,
  blockId: string,
  { version, ...input }: BlockTime & { version: number },
) {
  const before = await lockException(tx.db, blockId);
  if (before?.kind !== 'closing' || before.startsLocal === null) throw notFound('block');
  if (before.version !== version) throw stale('block', before);
  if (!(await lockResource(tx.db, input.resourceId))) throw notFound('resource');
  const wanted = { siteId: null, ...closingOf(input) };
  const faults = exceptionFaults(
    {
      ...wanted,
      startsLocal: input.startsLocal,
      endsLocal: input.endsLocal,
      siteId: null,
      note: input.reason,
    },
    addDays(await todayHere(tx), -1),
  );
  const [first] = Object.values(faults);
  if (first) throw new Refusal('bad-input', first, { fields: faults });
  return withOutside(tx, [input.resourceId], async () => {
    await sql`
      update hours_exceptions set resource_id = ${input.resourceId}, on_date = ${input.onDate}::date,
        starts_local = ${input.startsLocal}, ends_local = ${input.endsLocal}, note = ${input.reason},
        version = version + 1
      where practice_id = ${tx.practiceId} and exception_id = ${blockId}`.execute(tx.db);
    const subjectIds = [input.resourceId, blockId];
    tx.audit({ action: 'hours.block-changed', subjectKind: 'resource', subjectIds, before, after: input });
    const ids = [...new Set([before.resourceId, input.resourceId])];
    await touchVersion(tx, 'setup', ...ids, ...new Set([before.onDate, input.onDate]));
    return { version: version + 1 };
  });
}

export async function removeBlock(tx: Tx, blockId: string, version: number) {
  const before = await lockException(tx.db, blockId);
  if (before?.kind !== 'closing' || before.startsLocal === null) throw notFound('block');
  return removeException(tx, blockId, version);
}
