import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

export const zooms = [96, 144, 192] as const;

/** What is looked at. */
export const Look = z.object({
  span: z.enum(['day', 'week']).default('day'),
  kind: z.enum(['physicians', 'rooms', 'devices', 'all']).default('physicians'),
  siteId: Id.optional(),
  resourceIds: z.array(Id).max(100).default([]).describe('these columns; none: all of the kind'),
  physicianId: Id.optional().describe('of a week'),
  hourHeight: z.number().int().min(96).max(240).default(96).describe('pixels of an hour'),
});
export type Look = z.output<typeof Look>;

const fields = {
  name: z.string().trim().min(1, 'Give the view a name.').max(40, 'Keep the name under 40 letters.'),
  key: z.number().int().min(5).max(9).nullable().describe('the digit that shows it'),
  look: Look,
};

export const NewView = z.object({
  ...fields,
  key: fields.key.default(null),
  shared: z.boolean().default(false).describe('for everyone; only who sets up the schedule'),
});
export type NewView = z.output<typeof NewView>;
export const ChangeView = z.object({ ...fields, version: z.number().int().min(1) });
export type ChangeView = z.output<typeof ChangeView>;

export const SavedView = z.object({ viewId: Id, shared: z.boolean(), ...fields, version: z.number() });
export type SavedView = z.infer<typeof SavedView>;
