import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { DuplicateOffer, PatientHit, PatientRecord } from '../api.ts';
import { chosenFields } from './rules.ts';

const params = z.object({ id: Id });
/** What people call what a feature holds of a person: one, and many. */
const CountedWords = z.object({ one: z.string(), many: z.string() });
const Version = z.number().int().min(1);

export const LikelyPair = z.object({
  one: PatientHit,
  other: PatientHit,
  /** 0 to 100 */
  score: z.number(),
  why: z.array(z.string()),
});
export type LikelyPair = z.infer<typeof LikelyPair>;

export const PatientMerge = z.object({
  mergeId: Id,
  fromId: Id,
  fromMrn: z.string(),
  intoId: Id,
  into: z.string().describe('as the office files it'),
  intoVersion: z.number(),
  at: z.string(),
  by: z.string(),
});
export type PatientMerge = z.infer<typeof PatientMerge>;

export const listLikelyPairs = endpoint({
  method: 'GET',
  path: '/api/people/likely-same',
  summary: 'Records that are likely of one person, likeliest first; those told apart are left out',
  query: z.object({ page: z.coerce.number().int().min(0).max(40).default(0) }),
  answer: z.object({ pairs: z.array(LikelyPair), more: z.boolean() }),
});

export const listLikelySame = endpoint({
  method: 'GET',
  path: '/api/patients/:id/likely-same',
  summary: 'Other records that are likely of this person, likeliest first; those told apart are left out',
  params,
  answer: z.object({ likely: z.array(DuplicateOffer) }),
});

export const tellApart = endpoint({
  method: 'POST',
  path: '/api/people/likely-same/not-the-same',
  summary: 'Remember that two records that look alike are of two people',
  body: z.object({ oneId: Id, otherId: Id }),
  answer: z.object({}),
});

export const untellApart = endpoint({
  method: 'POST',
  path: '/api/people/likely-same/not-the-same/undo',
  summary: 'Take back that two records are of two people: they are listed as likely the same again',
  body: z.object({ oneId: Id, otherId: Id }),
  answer: z.object({}),
});

export const previewMerge = endpoint({
  method: 'GET',
  path: '/api/patients/:id/merge-with/:otherId',
  summary: 'Two records side by side, and what would move from one to the other',
  params: params.extend({ otherId: Id }),
  answer: z.object({
    one: PatientRecord,
    other: PatientRecord,
    /** What either record holds, by name: visits, tasks, alerts, identifiers. */
    holdings: z.array(
      z.object({
        name: z.string(),
        words: CountedWords,
        one: z.number(),
        other: z.number(),
        remarks: z.array(z.string()),
      }),
    ),
  }),
});

export const mergePatients = endpoint({
  method: 'POST',
  path: '/api/patients/:id/merge',
  summary: 'Make another record part of this one; it can be taken apart again',
  params,
  body: z.object({
    version: Version,
    otherId: Id,
    otherVersion: Version,
    choices: z.partialRecord(z.enum(chosenFields), Id).default({}).describe('whose value of a field is kept'),
  }),
  answer: z.object({ patient: PatientRecord, mergeId: Id }),
});

export const listMerges = endpoint({
  method: 'GET',
  path: '/api/people/merges',
  summary: 'Records that became part of another and could be taken apart, latest first',
  query: z.object({ patientId: Id.optional() }),
  answer: z.object({ merges: z.array(PatientMerge) }),
});

export const takeApart = endpoint({
  method: 'POST',
  path: '/api/people/merges/:id/take-apart',
  summary: 'Undo a merge: what moved goes back, what was added or changed since stays with the survivor',
  params,
  body: z.object({ version: Version.describe('of the survivor') }),
  answer: z.object({
    patientId: Id,
    /** The record that stands on its own again. */
    otherId: Id,
    /** Fields of the survivor that were changed since and stay. */
    kept: z.array(z.string()),
    /** What did not go back, since it belongs to neither any more. */
    stayed: z.array(z.object({ name: z.string(), words: CountedWords, count: z.number() })),
  }),
});
