import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { VisitState } from '../visits/schema.ts';

const limit = (most: number) =>
  z.number().int('Whole minutes.').min(1, 'At least 1 minute.').max(most, `At most ${most} minutes.`);

const limits = {
  waitingMinutes: limit(240).describe('in the waiting room, from the later of arrival and start'),
  inRoomMinutes: limit(240).describe('in a room without the physician'),
  withPhysicianMinutes: limit(480).nullable().describe('with the physician; null: no limit'),
  holdMinutes: limit(60).describe('an opening is held for someone on the phone'),
  noticeHours: z
    .number()
    .int('Whole hours.')
    .min(0, 'At least 0 hours.')
    .max(336, 'At most 336 hours.')
    .default(24)
    .describe('who cancels or moves later than so many hours before the visit does it late'),
};

/** From when on a wait is too long, by state. */
export const FlowLimits = z.object(limits).omit({ holdMinutes: true, noticeHours: true });
export type FlowLimits = z.infer<typeof FlowLimits>;

export const FlowSettings = z.object({ ...limits, version: z.number().int().min(0) });
export type FlowSettings = z.infer<typeof FlowSettings>;

/** One visit on the screen on the wall: no name ever leaves the office's server for it. */
export const WallVisit = z.object({
  visitId: Id,
  initials: z.string().describe('"J. S."; none of a restricted record'),
  state: VisitState,
  startsAt: z.string(),
  arrivedAt: z.string().optional(),
  inRoomAt: z.string().optional(),
  withPhysicianAt: z.string().optional(),
  physicianName: z.string(),
  roomName: z.string(),
});
export type WallVisit = z.infer<typeof WallVisit>;

export const Wall = z.object({
  now: z.string(),
  timeZone: z.string(),
  limits: FlowLimits,
  visits: z.array(WallVisit),
});
export type Wall = z.infer<typeof Wall>;

/** Who of a day has a picture; the picture itself is asked for by person. */
export const Faces = z.object({ faces: z.array(z.object({ patientId: Id, photoId: Id })) });
export type Faces = z.infer<typeof Faces>;

/** Minutes of one leg of the way through the office: how many visits, the median, and nine of ten within. */
export const Leg = z.object({ count: z.number(), median: z.number(), p90: z.number() });
export type Leg = z.infer<typeof Leg>;

export const legNames = ['waiting', 'inRoom', 'withPhysician', 'whole'] as const;
export const PhysicianTimes = z.object({
  physicianId: Id,
  visits: z.number().describe('checked out'),
  waiting: Leg.nullable().describe('arrival to room'),
  inRoom: Leg.nullable().describe('room to physician'),
  withPhysician: Leg.nullable().describe('physician to departure'),
  whole: Leg.nullable().describe('arrival to departure'),
});
export type PhysicianTimes = z.infer<typeof PhysicianTimes>;

export const FlowTimes = z.object({
  today: z.array(PhysicianTimes),
  /** The thirty days before today. */
  lately: z.array(PhysicianTimes),
  latelyFrom: z.string(),
});
export type FlowTimes = z.infer<typeof FlowTimes>;
