import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

export const openTo = ['nobody', 'known', 'everyone'] as const;

const note = z.string().trim().max(1000, 'Keep it under 1,000 letters.');
const name = z.string().trim().max(80, 'Keep it under 80 letters.');

/** What patients may do with visits of a type by themselves, and what they read of it. */
export const OnlineType = z.object({
  openTo: z.enum(openTo).describe('who books it online; known: patients of the practice'),
  noticeHours: z.number().int().min(0, 'At least 0.').max(2160, 'At most 90 days.'),
  daysAhead: z.number().int().min(1, 'At least 1.').max(180, 'At most 180.'),
  mostOpen: z
    .number()
    .int()
    .min(0, 'At least 0.')
    .max(20, 'At most 20.')
    .describe('whoever has so many visits to come books no other online'),
  mayMove: z.boolean().describe('a link lets the patient choose another time'),
  nameEn: name.describe('as patients read it; empty: it is not named'),
  nameEs: name,
  prepareEn: note,
  prepareEs: note,
});
export type OnlineType = z.infer<typeof OnlineType>;
export const KeptOnlineType = OnlineType.extend({ visitTypeId: Id, version: z.number() });
export type KeptOnlineType = z.infer<typeof KeptOnlineType>;

/** How to get to a site, as patients read it. */
export const OnlineSite = z.object({ arriveEn: note, arriveEs: note });
export type OnlineSite = z.infer<typeof OnlineSite>;
export const KeptOnlineSite = OnlineSite.extend({ siteId: Id, version: z.number() });
export type KeptOnlineSite = z.infer<typeof KeptOnlineSite>;

export const OnlineSettings = z.object({
  isOn: z.boolean().describe('the booking page is there'),
  holdHours: z
    .number()
    .int()
    .min(0, 'At least 0.')
    .max(24, 'At most 24.')
    .describe('a time that someone unknown asks for is held so long'),
});
export type OnlineSettings = z.infer<typeof OnlineSettings>;
export const KeptOnlineSettings = OnlineSettings.extend({
  code: z
    .string()
    .describe('names the practice in the address of its booking page; "" before it is first saved'),
  version: z.number(),
});
export type KeptOnlineSettings = z.infer<typeof KeptOnlineSettings>;
