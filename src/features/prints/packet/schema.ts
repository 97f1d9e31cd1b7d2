import { z } from 'zod';

export const PacketSettings = z.object({
  enabled: z.boolean(),
  atLocal: z.string().describe('HH:MM on the wall of the practice'),
  openDays: z.number().describe('how many of the next open days it holds'),
  keep: z.number().describe('how many packets stay in the folder'),
  folder: z.string().describe("'': in the data folder"),
  hasPassword: z.boolean(),
  version: z.number(),
});
export type PacketSettings = z.infer<typeof PacketSettings>;

export const PacketChange = z.object({
  version: z.number().int().min(1),
  enabled: z.boolean(),
  atLocal: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Type a time, e.g. 6 pm.'),
  openDays: z.number('Type 1 to 5.').int().min(1, 'At least one day.').max(5, 'At most five days.'),
  keep: z.number('Type 1 to 60.').int().min(1, 'At least one.').max(60, 'At most 60.'),
  folder: z.string().trim().max(500),
  password: z
    .string()
    .max(100)
    .refine((typed) => typed === '' || typed.length >= 8, 'At least 8 letters, or none.')
    .nullable()
    .describe("null: stays as it is; '': none"),
});
export type PacketChange = z.output<typeof PacketChange>;

export const PacketFile = z.object({ name: z.string(), bytes: z.number(), madeAt: z.string() });
export type PacketFile = z.infer<typeof PacketFile>;

export const PacketState = z.object({
  settings: PacketSettings,
  place: z.string().describe('the folder as the machine calls it'),
  files: z.array(PacketFile).describe('newest first'),
  triedAt: z.string().nullable(),
  writtenAt: z.string().nullable(),
  fault: z.string().describe("'': the last try went well"),
});
export type PacketState = z.infer<typeof PacketState>;
