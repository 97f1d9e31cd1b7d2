import { z } from 'zod';
import { Id } from '../../platform/id.ts';
import { Meaning } from './schema.ts';

/** What messages tell the features to their right. A shape never changes: a new one is a new version. */
const About = {
  messageId: Id,
  patientId: Id.nullable(),
  aboutKind: z.string(),
  aboutId: Id.nullable(),
};

export const messageEvents = {
  /** Someone answered what a message asked: `messageId` is theirs, `askedId` the one that asked. */
  'message.answered.v1': z.object({ ...About, askedId: Id, meaning: Meaning }),
  /** What was to tell someone of something will not: it was not let out, was refused or did not arrive. */
  'message.ended.v1': z.object({
    ...About,
    state: z.enum(['failed', 'undelivered', 'suppressed']),
    why: z.string(),
  }),
} as const;
