import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';
import { Reason } from '../schema.ts';
import { mostBytes } from './rules.ts';

const ofPatient = z.object({ id: Id });

export const Photo = z.object({
  photoId: Id,
  mime: z.string(),
  /** base64 */
  data: z.string(),
  at: z.string(),
  byName: z.string(),
});
export type Photo = z.infer<typeof Photo>;

export const openPhoto = endpoint({
  method: 'GET',
  path: '/api/patients/:id/photo',
  summary: 'The picture of a person, if there is one',
  params: ofPatient,
  answer: z.object({ photo: Photo.nullable() }),
});

export const setPhoto = endpoint({
  method: 'POST',
  path: '/api/patients/:id/photo',
  summary: 'Keep a picture of a person (JPEG, PNG or WebP, at most 1,024 pixels); it replaces the one before',
  params: ofPatient,
  body: z.object({
    data: z
      .string()
      .regex(/^[A-Za-z0-9+/]+={0,2}$/, 'Send the picture as base64.')
      .max(Math.ceil(mostBytes / 3) * 4 * 2, 'This picture is too large.'),
    source: z.enum(['camera', 'file']),
  }),
  answer: z.object({ photoId: Id }),
});

export const removePhoto = endpoint({
  method: 'POST',
  path: '/api/patients/:id/photo/remove',
  summary: 'Remove the picture of a person: it is erased, that there was one stays on record',
  params: ofPatient,
  body: z.object({ photoId: Id, reason: Reason }),
  answer: z.object({ photoId: Id }),
});
