import type { Subject } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { notFound } from '../../../platform/refusal.ts';
import type { Session } from '../../../platform/session/session.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import type { Note } from './schema.ts';

/** @param subjects what a note may be about, and who may see each */
export function noteRoutes(subjects: readonly Subject[]): readonly Route[] {
  const find = async (tx: Tx, session: Session, kind: string, id: string) => {
    const subject = subjects.find((one) => one.kind === kind);
    const found =
      subject && session.permissions.has(subject.permission) ? await subject.find(tx.db, id) : undefined;
    if (!found) throw notFound(subject ? kind : 'record');
    return found;
  };
  const mustSee = async (tx: Tx, session: Session, noteId: string): Promise<Note> => {
    const note = await queries.findNote(tx.db, noteId);
    if (!note) throw notFound('note');
    await find(tx, session, note.subjectKind, note.subjectId);
    return note;
  };
  return [
    route(api.listNotes, 'notes.see', async (tx, { params, session }) => {
      const { patientId } = await find(tx, session, params.kind, params.id);
      const notes = await queries.listNotes(tx.db, params.kind, params.id);
      const subjectIds = patientId ? [patientId] : notes.map((note) => note.noteId);
      const subjectKind = patientId ? 'patient' : 'note';
      if (subjectIds.length > 0) tx.audit({ action: 'patient.notes-listed', subjectKind, subjectIds });
      return { notes };
    }),
    route(api.addNote, 'notes.write', async (tx, { body, session }) => {
      const about = await find(tx, session, body.aboutKind, body.aboutId);
      return { note: await commands.addNote(tx, body, about) };
    }),
    route(api.changeNote, 'notes.write', async (tx, { params, body, session }) => {
      await mustSee(tx, session, params.id);
      return { note: await commands.changeNote(tx, params.id, body) };
    }),
    route(api.strikeNote, 'notes.write', async (tx, { params, body, session }) => {
      await mustSee(tx, session, params.id);
      return { note: await commands.strikeNote(tx, params.id, body.version, body.reason) };
    }),
    route(api.listNoteVersions, 'notes.see', async (tx, { params, session }) => {
      const note = await mustSee(tx, session, params.id);
      tx.audit({ action: 'note.versions-listed', subjectKind: 'note', subjectIds: [note.noteId] });
      return { versions: await queries.listVersions(tx.db, params.id) };
    }),
    route(api.readMention, 'notes.write', async (tx, { params, body }) => {
      await commands.readMention(tx, params.id, body);
      return {};
    }),
  ];
}
