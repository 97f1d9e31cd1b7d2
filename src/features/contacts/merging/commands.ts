import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { countBoth } from '../people/queries.ts';

async function moveLinks(tx: Tx, fromId: string, toId: string, only?: readonly string[]): Promise<string[]> {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ linkId: string }>`
    update patient_contacts set patient_id = ${toId}, version = version + 1
    where patient_id = ${fromId} and (${ids}::uuid[] is null or link_id = any (${ids}::uuid[]))
    returning link_id`.execute(tx.db);
  const moved = rows.map((row) => row.linkId);
  if (moved.length === 0) return moved;
  tx.audit({
    action: only ? 'patient-contact.taken-apart' : 'patient-contact.merged',
    subjectKind: 'patient-contact',
    subjectIds: moved,
    before: { patientId: fromId },
    after: { patientId: toId },
  });
  tx.touch('patient-contacts', fromId, toId);
  return moved;
}

/** Who referred a person and who treats them; what both records said is shown once (people/queries.ts). */
export const contactHolder: PersonHolder = {
  name: 'contacts',
  words: { one: 'doctor', many: 'doctors' },
  move: (tx, fromId, toId) => moveLinks(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveLinks(tx, fromId, toId, ids),
  preview: async (db, fromId, toId) => {
    const { count, doctors } = await countBoth(db, fromId, toId);
    const remark = 'The records name different primary care doctors. Both stay: end the one who is not.';
    return { count, remarks: doctors > 1 ? [remark] : [] };
  },
};
