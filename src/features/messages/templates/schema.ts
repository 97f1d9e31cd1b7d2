import { z } from 'zod';
import { MessageLanguage } from '../schema.ts';

export const templateKeys = [
  'reminder',
  'booked',
  'confirmed',
  'will-call',
  'offer',
  'offer-won',
  'offer-gone',
  'call-us',
  'book',
  'late',
  'opted-out',
  'opted-in',
  'emergency',
  'help',
] as const;
export const TemplateKey = z.enum(templateKeys);
export type TemplateKey = z.infer<typeof TemplateKey>;

export const Template = z.object({
  template: TemplateKey,
  language: MessageLanguage,
  subject: z
    .string()
    .trim()
    .max(200)
    .regex(/^\P{Cc}*$/u, 'Keep the subject on one line.'),
  body: z.string().trim().min(1, 'Type the words.').max(1000, 'Keep this under 1000 letters.'),
  version: z.number().int().min(0).describe('0: the usual words'),
});
export type Template = z.infer<typeof Template>;
