import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { Version } from '../schema.ts';

const Text = z
  .string()
  .trim()
  .min(1, 'Type the note.')
  .max(2000, 'Keep it under 2,000 letters.')
  .describe('@ and a colleague’s name or a role mentions them: they have it on Today until they read it');
const inRecord = z.boolean().default(false).describe('part of the medical record');

export const NewNote = z.object({
  aboutKind: z.string().min(1).max(40).describe('what it is on: `patient`, `visit`, `task`'),
  aboutId: Id,
  text: Text,
  inRecord,
});
export type NewNote = z.input<typeof NewNote>;

export const NoteChange = z.object({ version: Version, text: Text, inRecord });
export type NoteChange = z.input<typeof NoteChange>;

export const Note = z.object({
  noteId: Id,
  subjectKind: z.string(),
  subjectId: Id,
  patientId: Id.nullable(),
  text: z.string(),
  inRecord: z.boolean(),
  madeAt: z.string(),
  madeBy: Id.nullable(),
  madeByName: z.string(),
  changedAt: z.string().nullable(),
  struckAt: z.string().nullable(),
  struckByName: z.string(),
  struckReason: z.string(),
  mentions: z.array(z.object({ name: z.string(), readAt: z.string().nullable() })),
  version: z.number(),
});
export type Note = z.infer<typeof Note>;

export const NoteVersion = z.object({
  version: z.number(),
  text: z.string(),
  inRecord: z.boolean(),
  at: z.string(),
  byName: z.string(),
});
