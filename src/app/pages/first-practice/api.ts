import { z } from 'zod';
import { NewPractice } from '../../../features/practice/schema.ts';
import { Specialty } from '../../../features/schedule/start/schema.ts';
import { endpoint } from '../../../platform/http/endpoint.ts';

export const FirstPractice = z.object({
  name: NewPractice.shape.name,
  timeZone: NewPractice.shape.timeZone,
  specialty: Specialty,
  givenName: z.string().trim().min(1, 'Type your first name.').max(100),
  familyName: z.string().trim().min(1, 'Type your last name.').max(100),
  email: z.email('Type an e-mail address, like name@example.com.').max(254),
  password: z.string().max(200),
  code: z
    .string()
    .trim()
    .max(40)
    .default('')
    .describe('as the terminal shows it; not needed on the office’s own machine'),
});

export const makeFirstPractice = endpoint({
  method: 'POST',
  path: '/api/session/first-practice',
  summary: 'Make the practice and its manager, in a database that has none; signs in',
  body: FirstPractice,
  answer: z.object({ expiresAt: z.string() }),
});
