import { sql } from 'kysely';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { listAssignees } from '../../tasks/marks/queries.ts';
import * as queries from './queries.ts';
import { type Mention, mentionsIn } from './rules.ts';
import { NewNote, type Note, NoteChange } from './schema.ts';

async function readBack(tx: Tx, noteId: string): Promise<Note> {
  const note = await queries.findNote(tx.db, noteId);
  if (!note) throw notFound('note');
  return note;
}

function keep(tx: Tx, action: string, note: Note, more: { before?: Note; reason?: string } = {}): Note {
  const subjectIds = note.patientId ? [note.noteId, note.patientId] : [note.noteId];
  tx.audit({ action, subjectKind: 'note', subjectIds, after: note, ...more });
  tx.touch('notes', note.noteId, note.subjectId, ...(note.patientId ? [note.patientId] : []));
  return note;
}

async function insertMentions(tx: Tx, noteId: string, mentions: readonly Mention[]): Promise<void> {
  for (const { staffId, role } of mentions) {
    // Who mentions themselves knows.
    if (staffId && staffId === tx.actor.staffId) continue;
    await sql`
      insert into note_mentions (practice_id, mention_id, note_id, staff_id, role, at)
      select ${tx.practiceId}, ${newId()}, ${noteId}, ${staffId}, ${role}, ${tx.now}
      where not exists (select from note_mentions where note_id = ${noteId} and withdrawn_at is null
        and staff_id is not distinct from ${staffId}::uuid and role is not distinct from ${role}::text)`.execute(
      tx.db,
    );
  }
}

const namedIn = async (tx: Tx, text: string) =>
  mentionsIn(text, text.includes('@') ? await listAssignees(tx.db) : []);

/** @param about whom the subject is about, as its feature says */
export async function addNote(tx: Tx, input: NewNote, about: { patientId: string | null }): Promise<Note> {
  const { aboutKind, aboutId, text, inRecord } = NewNote.parse(input);
  const noteId = newId();
  await sql`
    insert into notes (practice_id, note_id, subject_kind, subject_id, patient_id, text, in_record, made_at, made_by)
    values (${tx.practiceId}, ${noteId}, ${aboutKind}, ${aboutId}, ${about.patientId}, ${text}, ${inRecord},
      ${tx.now}, ${tx.actor.staffId})`.execute(tx.db);
  await insertMentions(tx, noteId, await namedIn(tx, text));
  return keep(tx, 'note.added', await readBack(tx, noteId));
}

/** Whom a subject is about was found out, or changed: its notes stand on that record from then on. */
export async function notesAreAbout(
  tx: Tx,
  subject: { kind: string; id: string },
  patientId: string,
): Promise<void> {
  const { rows } = await sql<{ noteId: string }>`
    update notes set patient_id = ${patientId}, version = version + 1
    where subject_kind = ${subject.kind} and subject_id = ${subject.id}
      and patient_id is distinct from ${patientId}::uuid
    returning note_id`.execute(tx.db);
  if (rows.length === 0) return;
  const noteIds = rows.map((row) => row.noteId);
  tx.audit({ action: 'note.about-changed', subjectKind: 'note', subjectIds: noteIds, after: { patientId } });
  tx.touch('notes', ...noteIds, subject.id, patientId);
}

async function openForChange(tx: Tx, noteId: string, version: number): Promise<Note> {
  await queries.lockNote(tx.db, noteId);
  const note = await readBack(tx, noteId);
  if (note.struckAt) throw new Refusal('conflict', 'This note is struck out. Write a new one.');
  if (note.version !== version) throw stale('note', note);
  return note;
}

/** The author changes it; what it said before is kept, and who is no longer named need not read it. */
export async function changeNote(tx: Tx, noteId: string, input: NoteChange): Promise<Note> {
  const { version, text, inRecord } = NoteChange.parse(input);
  const before = await openForChange(tx, noteId, version);
  if (before.madeBy !== tx.actor.staffId)
    throw new Refusal(
      'not-permitted',
      `${before.madeByName} wrote this note and changes it. Write one of your own.`,
    );
  await sql`
    insert into note_versions (practice_id, note_id, version, text, in_record, at, by_staff_id)
    values (${tx.practiceId}, ${noteId}, ${before.version}, ${before.text}, ${before.inRecord},
      ${before.changedAt ?? before.madeAt}, ${before.madeBy})`.execute(tx.db);
  await sql`
    update notes set text = ${text}, in_record = ${inRecord}, changed_at = ${tx.now}, version = version + 1
    where practice_id = ${tx.practiceId} and note_id = ${noteId}`.execute(tx.db);
  const named = await namedIn(tx, text);
  const staffIds = named.flatMap((one) => one.staffId ?? []);
  const roles = named.flatMap((one) => one.role ?? []);
  await sql`
    update note_mentions set withdrawn_at = ${tx.now}, version = version + 1
    where practice_id = ${tx.practiceId} and note_id = ${noteId} and read_at is null and withdrawn_at is null
      and not coalesce(staff_id = any (${staffIds}::uuid[]), false) and not coalesce(role = any (${roles}::text[]), false)`.execute(
    tx.db,
  );
  await insertMentions(tx, noteId, named);
  return keep(tx, 'note.changed', await readBack(tx, noteId), { before });
}

export async function strikeNote(tx: Tx, noteId: string, version: number, reason: string): Promise<Note> {
  const before = await openForChange(tx, noteId, version);
  if (before.madeBy !== tx.actor.staffId && !tx.actor.may('team.manage'))
    throw new Refusal(
      'not-permitted',
      `${before.madeByName} wrote this note. They, or a manager, strike it out.`,
    );
  await sql`
    update notes set struck_at = ${tx.now}, struck_by = ${tx.actor.staffId}, struck_reason = ${reason},
      version = version + 1
    where practice_id = ${tx.practiceId} and note_id = ${noteId}`.execute(tx.db);
  await sql`
    update note_mentions set withdrawn_at = ${tx.now}, version = version + 1
    where practice_id = ${tx.practiceId} and note_id = ${noteId} and read_at is null and withdrawn_at is null`.execute(
    tx.db,
  );
  return keep(tx, 'note.struck', await readBack(tx, noteId), { before, reason });
}

type Reading = { version: number; read: boolean };

/** Whom it names reads it; of a role any one; who covers for them; a manager. */
export async function readMention(tx: Tx, mentionId: string, { version, read }: Reading): Promise<void> {
  const { rows } = await sql<{ noteId: string; version: number; readAt: string | null }>`
    select note_id, version, read_at from note_mentions
    where mention_id = ${mentionId} and withdrawn_at is null for update`.execute(tx.db);
  const kept = rows[0];
  if (!kept) throw notFound('mention');
  if (read === (kept.readAt !== null)) return;
  if (kept.version !== version) throw stale('mention', null);
  await sql`
    update note_mentions set read_at = ${read ? tx.now : null}, read_by = ${read ? tx.actor.staffId : null},
      version = version + 1
    where practice_id = ${tx.practiceId} and mention_id = ${mentionId}`.execute(tx.db);
  tx.audit({
    action: read ? 'mention.read' : 'mention.unread',
    subjectKind: 'note',
    subjectIds: [kept.noteId],
  });
  tx.touch('notes', kept.noteId);
}

async function moveNotes(tx: Tx, fromId: string, toId: string, only?: readonly string[]): Promise<string[]> {
  const ids = only ? [...only] : null;
  const { rows } = await sql<{ noteId: string }>`
    update notes set patient_id = ${toId},
      subject_id = case when subject_kind = 'patient' then ${toId}::uuid else subject_id end, version = version + 1
    where patient_id = ${fromId} and (${ids}::uuid[] is null or note_id = any (${ids}::uuid[]))
    returning note_id`.execute(tx.db);
  const moved = rows.map((row) => row.noteId);
  if (moved.length === 0) return moved;
  tx.audit({
    action: only ? 'note.taken-apart' : 'note.merged',
    subjectKind: 'note',
    subjectIds: moved,
    before: { patientId: fromId },
    after: { patientId: toId },
  });
  tx.touch('notes', ...moved, fromId, toId);
  return moved;
}

/** Notes on a person, their visits and tasks. */
export const noteHolder: PersonHolder = {
  name: 'notes',
  words: { one: 'note', many: 'notes' },
  move: (tx, fromId, toId) => moveNotes(tx, fromId, toId),
  moveBack: (tx, ids, fromId, toId) => moveNotes(tx, fromId, toId, ids),
  preview: async (db, fromId) => {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from notes where patient_id = ${fromId}`.execute(db);
    return { count: rows[0]?.count ?? 0, remarks: [] };
  },
};
