import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { LookUpKind, NewLookUp, PrivacySettings, Reason, Restriction, RoleMode } from './schema.ts';

export const sayWhy = endpoint({
  method: 'POST',
  path: '/api/look-ups',
  summary:
    'Say why a person who is not near today is looked up; it holds for this account until the day ends',
  body: NewLookUp,
  answer: z.object({ lookUpId: Id }),
});

export const LookUpRow = z.object({
  lookUpId: Id,
  at: z.string(),
  who: z.string(),
  accountId: Id,
  patientId: Id,
  fileName: z.string(),
  mrn: z.string(),
  kind: LookUpKind,
  text: z.string(),
  /** What the facts say since: `a visit near that day`; null: nothing followed. */
  since: z.string().nullable(),
  reviewedAt: z.string().nullable(),
  reviewedBy: z.string(),
  reviewNote: z.string(),
});
export type LookUpRow = z.infer<typeof LookUpRow>;

export const listLookUps = endpoint({
  method: 'GET',
  path: '/api/privacy/look-ups',
  summary: 'Look-ups of people who were not near that day, with the reason given, newest first',
  query: z.object({
    show: z.enum(['open', 'all']).default('open'),
    kind: LookUpKind.optional(),
    accountId: Id.optional(),
    before: z.string().max(40).optional().describe('older than this instant'),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  answer: z.object({
    lookUps: z.array(LookUpRow),
    more: z.boolean(),
    open: z.number().describe('not reviewed yet, at most 1,000'),
    people: z.array(z.object({ accountId: Id, displayName: z.string() })),
  }),
});

export const reviewLookUps = endpoint({
  method: 'POST',
  path: '/api/privacy/look-ups/review',
  summary: 'Mark look-ups as reviewed, with a note where one is needed',
  body: z.object({
    lookUpIds: z.array(Id).min(1).max(200),
    note: z.string().trim().max(300).default(''),
  }),
  answer: z.object({ reviewed: z.number() }),
});

export const RoleModeRow = z.object({ role: z.string(), label: z.string(), mode: RoleMode });
export const readPrivacySettings = endpoint({
  method: 'GET',
  path: '/api/privacy/settings',
  summary: 'When the office asks why a record is opened, and how long a broken glass stays broken',
  answer: z.object({
    settings: PrivacySettings.omit({ roleModes: true }),
    roles: z.array(RoleModeRow),
    /** What gives a reason by itself, in words. */
    reasons: z.array(z.string()),
  }),
});

export const changePrivacySettings = endpoint({
  method: 'POST',
  path: '/api/privacy/settings',
  summary: 'Change when the office asks why',
  body: PrivacySettings.extend({ version: z.number().int().min(0) }),
  answer: z.object({ version: z.number() }),
});

export const GlassRow = z.object({
  glassId: Id,
  at: z.string(),
  until: z.string(),
  who: z.string(),
  accountId: Id,
  /** null: emergency access to everyone's record */
  patientId: Id.nullable(),
  fileName: z.string(),
  mrn: z.string(),
  reason: z.string(),
  reviewedAt: z.string().nullable(),
  reviewedBy: z.string(),
  reviewNote: z.string(),
});
export type GlassRow = z.infer<typeof GlassRow>;

export const breakGlass = endpoint({
  method: 'POST',
  path: '/api/glass',
  summary: 'Open a restricted record with a reason, for a limited time; whoever reviews is told at once',
  body: z.object({ patientId: Id, reason: Reason }),
  answer: z.object({ glassId: Id, until: z.string() }),
});

export const listGlass = endpoint({
  method: 'GET',
  path: '/api/privacy/glass',
  summary: 'Who opened restricted records or raised their rights, newest first',
  query: z.object({ show: z.enum(['open', 'all']).default('open') }),
  answer: z.object({ glass: z.array(GlassRow) }),
});

export const reviewGlass = endpoint({
  method: 'POST',
  path: '/api/privacy/glass/:id/review',
  summary: 'Mark a broken glass as reviewed, with what was found',
  params: z.object({ id: Id }),
  body: z.object({ note: z.string().trim().min(3, 'Write what was found.').max(300) }),
});

export const RestrictedRow = Restriction.extend({
  patientId: Id,
  fileName: z.string(),
  mrn: z.string(),
  setAt: z.string(),
  version: z.number(),
});
export type RestrictedRow = z.infer<typeof RestrictedRow>;

export const StaffLinkRow = z.object({
  staffId: Id,
  displayName: z.string(),
  patientId: Id,
  fileName: z.string(),
  mrn: z.string(),
  restricted: z.boolean(),
});
export type StaffLinkRow = z.infer<typeof StaffLinkRow>;

const named = z.array(z.object({ id: Id, name: z.string() }));
export const listRestricted = endpoint({
  method: 'GET',
  path: '/api/privacy/restricted',
  summary: 'Records that only some may open, and who of the staff is a patient as well',
  answer: z.object({
    restricted: z.array(RestrictedRow),
    links: z.array(StaffLinkRow),
    accounts: named,
    staff: named,
  }),
});

export const restrictRecord = endpoint({
  method: 'POST',
  path: '/api/privacy/restricted/:id',
  summary: 'Restrict a record to some, or change to whom; version 0 where it was never restricted',
  params: z.object({ id: Id }),
  body: Restriction.extend({ version: z.number().int().min(0) }),
  answer: z.object({ version: z.number() }),
});

export const liftRestriction = endpoint({
  method: 'POST',
  path: '/api/privacy/restricted/:id/lift',
  summary: 'Let everyone with a reason open the record again',
  params: z.object({ id: Id }),
  body: z.object({ version: z.number().int().min(1), reason: z.string().trim().min(3, 'Say why.').max(300) }),
  answer: z.object({ version: z.number() }),
});

export const linkStaff = endpoint({
  method: 'POST',
  path: '/api/privacy/staff-links',
  summary: 'Say that someone of the staff is this patient: they cannot open their own chart',
  body: z.object({ staffId: Id, patientId: Id }),
});

export const unlinkStaff = endpoint({
  method: 'POST',
  path: '/api/privacy/staff-links/:staffId/remove',
  summary: 'Take back that someone of the staff is a patient',
  params: z.object({ staffId: Id }),
});
