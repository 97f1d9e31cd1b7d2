import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { passDuties } from '../../tasks/marks/commands.ts';
import { countActive } from '../queries.ts';
import * as queries from './queries.ts';
import { acknowledgeMinutes } from './rules.ts';
import { type HandoffHead, NewHandoff, type OpenDuty } from './schema.ts';

async function readBack(tx: Tx, handoffId: string) {
  const found = await queries.findHandoff(tx.db, handoffId);
  if (!found) throw notFound('hand-off');
  return found;
}

function note(tx: Tx, action: string, handoff: HandoffHead, after: unknown): HandoffHead {
  const { handoffId } = handoff;
  tx.audit({ action, subjectKind: 'handoff', subjectIds: [handoffId], after });
  tx.touch('handoffs', handoffId);
  return handoff;
}

/** @param open what is open of those that were chosen, as it stands now */
export async function sendHandoff(
  tx: Tx,
  input: NewHandoff,
  open: readonly OpenDuty[],
): Promise<HandoffHead> {
  const { toStaffId, toRole, text, items } = NewHandoff.parse(input);
  const from = tx.actor.staffId;
  if (!from) throw new Refusal('bad-input', 'A hand-off is from somebody.');
  if (toStaffId === from)
    throw new Refusal('bad-input', 'Nobody hands off to themselves. Choose a colleague or a role.', {
      fields: { to: 'Choose a colleague or a role.' },
    });
  if (toStaffId && (await countActive(tx.db, [toStaffId])) === 0) throw notFound('colleague');
  const handoffId = newId();
  const by = new Date(tx.now.getTime() + acknowledgeMinutes * 60_000);
  await sql`
    insert into handoffs (practice_id, handoff_id, from_staff_id, to_staff_id, to_role, text, sent_at, acknowledge_by)
    values (${tx.practiceId}, ${handoffId}, ${from}, ${toStaffId}, ${toRole}, ${text}, ${tx.now}, ${by})`.execute(
    tx.db,
  );
  const notes = new Map(items.map((item) => [item.key, item.note]));
  const rows = open.map((duty, position) => ({ ...duty, position, note: notes.get(duty.key) ?? '' }));
  await sql`
    insert into handoff_items (practice_id, handoff_id, position, duty_key, permission, due_at, title, detail,
      patient_id, note)
    select ${tx.practiceId}, ${handoffId}, position, key, permission, "dueAt", title, detail, "patientId", note
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (position int, key text, permission text,
      "dueAt" timestamptz, title text, detail text, "patientId" uuid, note text)`.execute(tx.db);
  return note(tx, 'handoff.sent', await readBack(tx, handoffId), { toStaffId, toRole, count: rows.length });
}

async function openForChange(tx: Tx, handoffId: string, version: number) {
  await queries.lockHandoff(tx.db, handoffId);
  const found = await readBack(tx, handoffId);
  if (found.acknowledgedAt)
    throw new Refusal('conflict', `${found.acknowledgedByName} has acknowledged this already.`);
  if (found.version !== version) throw stale('hand-off', found);
  return found;
}

type Acknowledged = { version: number; theirs: readonly string[] };

/** @param theirs keys of what is open and was the sender's by name: it is the reader's from now on */
export async function acknowledgeHandoff(
  tx: Tx,
  handoffId: string,
  { version, theirs }: Acknowledged,
): Promise<HandoffHead> {
  await openForChange(tx, handoffId, version);
  await sql`
    update handoffs set acknowledged_at = ${tx.now}, acknowledged_by = ${tx.actor.staffId}, version = version + 1
    where practice_id = ${tx.practiceId} and handoff_id = ${handoffId}`.execute(tx.db);
  if (tx.actor.staffId) await passDuties(tx, theirs, tx.actor.staffId);
  return note(tx, 'handoff.acknowledged', await readBack(tx, handoffId), { took: theirs.length });
}

type Said = { version: number; kind: 'question' | 'answer'; text: string };

export async function sayAboutHandoff(tx: Tx, handoffId: string, said: Said): Promise<HandoffHead> {
  await openForChange(tx, handoffId, said.version);
  await sql`
    insert into handoff_words (practice_id, word_id, handoff_id, kind, text, at, by_staff_id)
    values (${tx.practiceId}, ${newId()}, ${handoffId}, ${said.kind}, ${said.text}, ${tx.now},
      ${tx.actor.staffId})`.execute(tx.db);
  await sql`
    update handoffs set version = version + 1
    where practice_id = ${tx.practiceId} and handoff_id = ${handoffId}`.execute(tx.db);
  const action = said.kind === 'question' ? 'handoff.asked' : 'handoff.answered';
  return note(tx, action, await readBack(tx, handoffId), { text: said.text });
}

export async function withdrawHandoff(tx: Tx, handoffId: string, version: number): Promise<void> {
  const found = await openForChange(tx, handoffId, version);
  if (found.fromStaffId !== tx.actor.staffId && !tx.actor.may('team.manage'))
    throw new Refusal('not-permitted', 'Only who sent it, or a manager, takes a hand-off back.');
  await sql`
    update handoffs set withdrawn_at = ${tx.now}, version = version + 1
    where practice_id = ${tx.practiceId} and handoff_id = ${handoffId}`.execute(tx.db);
  note(tx, 'handoff.withdrawn', found, null);
}

async function moveItems(tx: Tx, fromId: string, toId: string, only?: readonly string[]): Promise<string[]> {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ id: string }>`
    update handoff_items set patient_id = ${toId}
    where patient_id = ${fromId}
      and (${ids}::text[] is null or handoff_id::text || ' ' || position = any (${ids}::text[]))
    returning handoff_id::text || ' ' || position as id`.execute(tx.db);
  if (rows.length > 0) {
    tx.audit({
      action: only ? 'handoff.taken-apart' : 'handoff.merged',
      subjectKind: 'handoff',
      subjectIds: [...new Set(rows.map((row) => row.id.split(' ')[0] ?? ''))],
      before: { patientId: fromId },
      after: { patientId: toId },
    });
    tx.touch('handoffs');
  }
  return rows.map((row) => row.id);
}

/** What was handed off about a person. */
export const handoffHolder: PersonHolder = {
  name: 'handoff-items',
  words: { one: 'line of a hand-off', many: 'lines of hand-offs' },
  move: (tx, fromId, toId) => moveItems(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveItems(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from handoff_items where patient_id = ${fromId}`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
