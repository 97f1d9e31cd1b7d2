import { z } from 'zod';
import { Id } from '../../../platform/id.ts';

const WallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Give a time like 20:00.');

/** How freed time is offered to who waits. */
export const WaitlistSettings = z.object({
  isOn: z.boolean().describe('freed time is offered by itself; off: only by hand'),
  atOnce: z.number().int().min(1, 'At least 1.').max(500, 'At most 500.'),
  answerMinutes: z.number().int().min(5, 'At least 5.').max(720, 'At most 12 hours.'),
  quietFrom: WallTime.describe('nobody is asked from then on'),
  quietTo: WallTime.describe('until then; the same time twice: no quiet hours'),
  noticeHours: z.number().int().min(0, 'At least 0.').max(336, 'At most two weeks.'),
  offTypeIds: z.array(Id).max(500).describe('visit types whose freed time is not offered'),
});
export type WaitlistSettings = z.infer<typeof WaitlistSettings>;

/** As kept: version 0 while the practice has not written its own. */
export const KeptWaitlistSettings = WaitlistSettings.extend({ version: z.number() });
export type KeptWaitlistSettings = z.infer<typeof KeptWaitlistSettings>;
