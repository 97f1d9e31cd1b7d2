import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { touchVersion } from '../../../platform/db/versions.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { withOutside } from '../setup/outside/commands.ts';
import { listVisitTypes } from '../setup/queries.ts';
import type { Outside } from '../setup/schema.ts';
import { listSlotCodes, lockSlotCode } from './queries.ts';
import { NewSlotCode, type SlotCodeChange, type SlotCodeRow } from './schema.ts';

/** Add a slot code, last in the order. */
export async function addSlotCode(tx: Tx, input: NewSlotCode): Promise<string> {
  const code = NewSlotCode.parse(input);
  await refuseMisnamed(tx, code, null);
  const slotCodeId = newId();
  await sql`
    insert into slot_codes (practice_id, slot_code_id, code, name, color, visit_type_ids, release_hours, position)
    values (${tx.practiceId}, ${slotCodeId}, ${code.code}, ${code.name}, ${code.color},
      ${code.visitTypeIds}::uuid[], ${code.releaseHours},
      (select coalesce(max(position) + 1, 0) from slot_codes where practice_id = ${tx.practiceId}))`.execute(
    tx.db,
  );
  const subjectIds = [slotCodeId];
  tx.audit({ action: 'slot-code.added', subjectKind: 'slot-code', subjectIds, after: code });
  await touchVersion(tx, 'setup', slotCodeId);
  return slotCodeId;
}

type Named = { code: string; visitTypeIds: readonly string[] };

/** One code, one meaning; the visit types are there. */
async function refuseMisnamed(tx: Tx, { code, visitTypeIds }: Named, ownId: string | null): Promise<void> {
  const twin = (await listSlotCodes(tx.db)).find((one) => one.code === code && one.slotCodeId !== ownId);
  if (twin) {
    const message = `The code ${code} is ${twin.name}${twin.active ? '' : ', which is out of use'}. Choose another.`;
    throw new Refusal('conflict', message, { fields: { code: message } });
  }
  const known = new Set((await listVisitTypes(tx.db)).map((type) => type.visitTypeId));
  if (!visitTypeIds.every((id) => known.has(id))) throw notFound('visit type');
}

/**
 * Change a slot code or take it out of use. Hours keep it; out of use it restricts nothing. Booked visits stay, and
 * those that now stand in time kept for others are said.
 */
export async function changeSlotCode(
  tx: Tx,
  slotCodeId: string,
  { version, ...change }: SlotCodeChange,
): Promise<{ version: number; outside: Outside }> {
  const before = await lockSlotCode(tx.db, slotCodeId);
  if (!before) throw notFound('slot code');
  if (before.version !== version) throw stale('slot code', before);
  const after = { ...before, ...change };
  await refuseMisnamed(tx, after, slotCodeId);
  return withOutside(tx, undefined, async () => {
    await writeSlotCode(tx, before, after);
    return { version: version + 1 };
  });
}

async function writeSlotCode(tx: Tx, before: SlotCodeRow, after: SlotCodeRow): Promise<void> {
  const { slotCodeId } = before;
  await sql`
    update slot_codes set code = ${after.code}, name = ${after.name}, color = ${after.color},
      visit_type_ids = ${after.visitTypeIds}::uuid[], release_hours = ${after.releaseHours},
      active = ${after.active}, version = version + 1
    where practice_id = ${tx.practiceId} and slot_code_id = ${slotCodeId}`.execute(tx.db);
  const subjectIds = [slotCodeId];
  tx.audit({ action: 'slot-code.changed', subjectKind: 'slot-code', subjectIds, before, after });
  await touchVersion(tx, 'setup', slotCodeId);
}

export async function orderSlotCodes(tx: Tx, ids: readonly string[]): Promise<void> {
  await sql`
    update slot_codes set position = array_position(${ids}::uuid[], slot_code_id)
    where practice_id = ${tx.practiceId} and slot_code_id = any (${ids}::uuid[])`.execute(tx.db);
  tx.audit({ action: 'slot-codes.ordered', subjectKind: 'slot-code', subjectIds: [...ids] });
  await touchVersion(tx, 'setup', ...ids);
}
