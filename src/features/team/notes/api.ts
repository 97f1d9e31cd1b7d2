import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Version } from '../schema.ts';
import { NewNote, Note, NoteChange, NoteVersion } from './schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ note: Note });

export const listNotes = endpoint({
  method: 'GET',
  path: '/api/notes/about/:kind/:id',
  summary: 'Notes on a patient (with those on their visits and tasks), a visit or a task; newest first',
  params: z.object({ kind: z.string().min(1).max(40), id: Id }),
  answer: z.object({ notes: z.array(Note) }),
});

export const addNote = endpoint({
  method: 'POST',
  path: '/api/notes',
  summary: 'Write a note; whom it names with @ has it on Today until they read it',
  body: NewNote,
  answer,
});

export const changeNote = endpoint({
  method: 'POST',
  path: '/api/notes/:id',
  summary: 'Change my note; what it said before is kept',
  params,
  body: NoteChange,
  answer,
});

export const strikeNote = endpoint({
  method: 'POST',
  path: '/api/notes/:id/strike',
  summary: 'Strike a note out with a reason; it stays to be read',
  params,
  body: z.object({
    version: Version,
    reason: z.string().trim().min(3, 'Say why in a few words.').max(300, 'Keep it under 300 letters.'),
  }),
  answer,
});

export const listNoteVersions = endpoint({
  method: 'GET',
  path: '/api/notes/:id/versions',
  summary: 'What a note said before it was changed, newest first',
  params,
  answer: z.object({ versions: z.array(NoteVersion) }),
});

export const readMention = endpoint({
  method: 'POST',
  path: '/api/mentions/:id/read',
  summary: 'A mention is read, or (read: false) is not after all',
  params,
  body: z.object({ version: Version, read: z.boolean().default(true) }),
});
