import { z } from 'zod';
import { roleKeys } from '../../../platform/contributions.ts';
import { Id } from '../../../platform/id.ts';
import { NewSite, NewStaff, StaffKind } from '../../practice/schema.ts';
import { NewVisitType, WeekRow } from '../setup/schema.ts';
import { specialtyKeys, stepKeys } from './rules.ts';

export const Specialty = z.enum(specialtyKeys);
export const StartStep = z.enum(stepKeys);

/** How far the first setting up is; a practice that was made otherwise has none. */
export const StartState = z.object({
  specialty: Specialty,
  step: StartStep,
  finished: z.boolean(),
});
export type StartState = z.infer<typeof StartState>;

export const StartChange = z.object({
  step: StartStep,
  specialty: Specialty.optional(),
  finished: z.boolean().default(false),
});
export type StartChange = z.output<typeof StartChange>;

const staff = NewStaff.shape;
const atLeastOne = 'Add at least one, or skip this step.';

/** A site that is there already (with its version), or a new one. */
export const StartSites = z.object({
  sites: z
    .array(NewSite.extend({ siteId: Id.optional(), version: z.number().int().min(1).optional() }))
    .min(1, atLeastOne)
    .max(20),
});
export type StartSites = z.output<typeof StartSites>;

export const NewPhysician = z.object({
  givenName: staff.givenName,
  familyName: staff.familyName,
  credentials: staff.credentials,
  npi: staff.npi,
});
export const StartPhysicians = z.object({ people: z.array(NewPhysician).min(1, atLeastOne).max(50) });
export type StartPhysicians = z.output<typeof StartPhysicians>;

export const StartRooms = z.object({
  rooms: z
    .array(z.object({ siteId: Id, count: z.number().int().min(0).max(40) }))
    .min(1)
    .max(20),
});
export type StartRooms = z.output<typeof StartRooms>;

const type = NewVisitType.shape;
export const StartTypes = z.object({
  types: z
    .array(
      z.object({
        name: type.name,
        code: type.code,
        minutes: type.minutes,
        bufferAfterMinutes: type.bufferAfterMinutes.unwrap(),
        room: z.boolean(),
      }),
    )
    .min(1, atLeastOne)
    .max(40),
});
export type StartTypes = z.output<typeof StartTypes>;

export const StartHours = z.object({
  weeks: z
    .array(z.object({ resourceId: Id, rows: z.array(WeekRow).min(1, 'Type hours like 8-12, 1-5.').max(70) }))
    .min(1, atLeastOne)
    .max(100),
});
export type StartHours = z.output<typeof StartHours>;

export const NewColleague = z.object({
  givenName: staff.givenName,
  familyName: staff.familyName,
  kind: StaffKind.default('front_desk'),
  email: z.email('Type an e-mail address, like name@example.com.').max(254),
  role: z.enum(roleKeys),
});
export const StartColleagues = z.object({ people: z.array(NewColleague).min(1, atLeastOne).max(50) });
export type StartColleagues = z.output<typeof StartColleagues>;

export const MadeAccount = z.object({ displayName: z.string(), email: z.string(), password: z.string() });
export type MadeAccount = z.infer<typeof MadeAccount>;
