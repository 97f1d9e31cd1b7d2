import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { Absence, AbsenceChange, NewAbsence, Version } from './schema.ts';

const params = z.object({ id: Id });
const answer = z.object({ absence: Absence });

export const TeamMember = z.object({
  staffId: Id,
  displayName: z.string(),
  kind: z.string(),
  roles: z.array(z.string()),
  signsIn: z.boolean(),
  seenAt: z.string().nullable().describe('when they last did something at a desk; null: not lately'),
  hours: z
    .array(z.object({ startsAt: z.string(), endsAt: z.string() }))
    .nullable()
    .describe('their hours of today by the schedule; null: it has none of them at all'),
});
export type TeamMember = z.infer<typeof TeamMember>;

export const readTeam = endpoint({
  method: 'GET',
  path: '/api/team',
  summary:
    'Who works here and is at a desk, who is away from yesterday to three months ahead, and who covers',
  answer: z.object({
    now: z.string().describe("the office's clock"),
    members: z.array(TeamMember),
    absences: z.array(Absence),
    dutyGroups: z.array(z.string()).describe('what a cover may be limited to, e.g. `task`'),
  }),
});
export type TeamAnswer = z.infer<typeof readTeam.answer>;

export const addAbsence = endpoint({
  method: 'POST',
  path: '/api/team/absences',
  summary:
    'Say from when to when someone is away, and who covers; their duties go there and come back by themselves',
  body: NewAbsence,
  answer,
});

export const changeAbsence = endpoint({
  method: 'POST',
  path: '/api/team/absences/:id',
  summary: 'Change an absence: when, why, who covers',
  params,
  body: AbsenceChange,
  answer,
});

export const removeAbsence = endpoint({
  method: 'POST',
  path: '/api/team/absences/:id/remove',
  summary: 'Take an absence back: they are here after all',
  params,
  body: z.object({ version: Version }),
});

export const answerCover = endpoint({
  method: 'POST',
  path: '/api/team/covers/:id/answer',
  summary: 'Accept or decline to cover for someone',
  params,
  body: z.object({ version: Version, accept: z.boolean().nullable().describe('null takes the answer back') }),
  answer,
});
