import { z } from 'zod';
import { endpoint } from '../../platform/http/endpoint.ts';
import { Id } from '../../platform/id.ts';
import { KeptCustody } from './custody/schema.ts';
import { AlertTone, DateOrNone, NewAlert, PatientChange, PatientDraft, Reason, Sex } from './schema.ts';

// Answers are shapes of what is kept, which real records (imports) may fill more loosely than the desk may.
const KeptPhone = z.object({
  kind: z.string(),
  number: z.string().describe('E.164'),
  note: z.string(),
  preferred: z.boolean(),
  mayText: z.boolean(),
  mayLeaveVoicemail: z.boolean(),
});
const KeptAddress = z.object({
  kind: z.string(),
  line1: z.string(),
  line2: z.string(),
  city: z.string(),
  state: z.string(),
  zip: z.string(),
  country: z.string(),
});
const KeptContact = z.object({
  kind: z.string(),
  name: z.string(),
  relationship: z.string(),
  phone: z.string(),
  note: z.string(),
});
const KeptGuarantor = z
  .object({
    patientId: Id.optional(),
    name: z.string().optional(),
    relationship: z.string().default(''),
    phone: z.string().optional(),
    address: KeptAddress.nullish(),
    bornOn: z.string().nullish(),
  })
  .nullable();

export const PatientAlert = z.object({
  alertId: Id,
  text: z.string(),
  tone: AlertTone,
  /** what a custody note says; null of other alerts */
  custody: KeptCustody,
  createdAt: z.string(),
  version: z.number(),
});
export type PatientAlert = z.infer<typeof PatientAlert>;

/** A person as lists, pickers and the day show them. */
export const PatientHit = z.object({
  patientId: Id,
  mrn: z.string(),
  /** "Smith, Joanna M., Jr." as the office files it */
  fileName: z.string(),
  /** "Joanna Smith": preferred or given name, then family name */
  callName: z.string(),
  preferredName: z.string(),
  pronouns: z.string(),
  sex: Sex,
  bornOn: z.string().nullable(),
  age: z.number().nullable(),
  /** the preferred one, else the first; E.164, '' when none */
  phone: z.string(),
  alertCount: z.number(),
  deceased: z.boolean(),
  version: z.number(),
  /** what the search text met, in words: "last name", "former name Diaz", "phone", "similar name" */
  matched: z.array(z.string()),
});
export type PatientHit = z.infer<typeof PatientHit>;

/** One person, whole. */
export const PatientRecord = z.object({
  patientId: Id,
  mrn: z.string(),
  familyName: z.string(),
  givenName: z.string(),
  middleName: z.string(),
  suffix: z.string(),
  preferredName: z.string(),
  formerNames: z.array(z.string()),
  pronouns: z.string(),
  sex: Sex,
  genderIdentity: z.string(),
  bornOn: z.string().nullable(),
  age: z.number().nullable(),
  deceased: z.boolean(),
  deceasedOn: z.string().nullable(),
  language: z.string(),
  interpreterNeeded: z.boolean(),
  maritalStatus: z.string(),
  email: z.string(),
  phones: z.array(KeptPhone),
  addresses: z.array(KeptAddress),
  contacts: z.array(KeptContact),
  guarantor: KeptGuarantor,
  note: z.string(),
  alerts: z.array(PatientAlert),
  version: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
  enteredInErrorAt: z.string().nullable(),
  /** Whom this record became part of: open that one instead. */
  mergedInto: Id.nullable(),
  /** Record numbers of those that became part of this one. */
  formerMrns: z.array(z.string()),
});
export type PatientRecord = z.infer<typeof PatientRecord>;

/** What the person card at the right shows that is the patients feature's own. */
export const PatientCard = PatientHit.omit({ matched: true }).extend({
  deceasedOn: z.string().nullable(),
  language: z.string(),
  interpreterNeeded: z.boolean(),
  email: z.string(),
  phones: z.array(KeptPhone),
  alerts: z.array(PatientAlert),
  contacts: z.array(KeptContact),
  /** null: the patient; `phone` E.164 or '' */
  guarantor: z
    .object({ patientId: Id.nullable(), name: z.string(), relationship: z.string(), phone: z.string() })
    .nullable(),
  hasAddress: z.boolean(),
  /** their picture, if there is one */
  photoId: Id.nullable(),
  /** what they refused: "do not leave voicemail" */
  refusals: z.array(z.string()),
  /** who may hear what today: "may hear appointments"; those who may hear nothing are left out */
  authorized: z.array(
    z.object({
      relationId: Id,
      name: z.string(),
      relationship: z.string(),
      phone: z.string(),
      hears: z.string(),
    }),
  ),
});
export type PatientCard = z.infer<typeof PatientCard>;

export const DuplicateOffer = z.object({
  hit: PatientHit,
  /** 0 to 100 */
  score: z.number(),
  why: z.array(z.string()),
});
export type DuplicateOffer = z.infer<typeof DuplicateOffer>;

const ofPatient = z.object({ id: Id });
const Version = z.number().int().min(1);

export const searchPatients = endpoint({
  method: 'POST',
  path: '/api/patients/search',
  summary: 'People by any scrap of name, birth date, phone or MRN, best first',
  kind: 'read',
  body: z.object({ text: z.string().max(200), limit: z.number().int().min(1).max(20).default(10) }),
  answer: z.object({ hits: z.array(PatientHit) }),
});

export const listRecentPatients = endpoint({
  method: 'GET',
  path: '/api/patients/recent',
  summary: 'The people whom this account opened or changed last',
  answer: z.object({ hits: z.array(PatientHit) }),
});

export const findDuplicates = endpoint({
  method: 'POST',
  path: '/api/patients/duplicates',
  summary: 'People who may be the one being registered, likeliest first, each with why',
  kind: 'read',
  body: z.object({
    familyName: z.string().max(100).default(''),
    givenName: z.string().max(100).default(''),
    bornOn: DateOrNone.catch(null).default(null),
    phones: z.array(z.string().max(40)).max(10).default([]),
    email: z.string().max(254).default(''),
    exceptPatientId: Id.optional(),
  }),
  answer: z.object({ duplicates: z.array(DuplicateOffer) }),
});

export const registerPatient = endpoint({
  method: 'POST',
  path: '/api/patients',
  summary: 'Register a person; likely duplicates are refused with offers unless named in notDuplicateOf',
  body: z.object({ patient: PatientDraft, notDuplicateOf: z.array(Id).max(50).default([]) }),
  answer: z.object({ patient: PatientRecord }),
});

export const openPatient = endpoint({
  method: 'GET',
  path: '/api/patients/:id',
  summary: 'One person, whole',
  params: ofPatient,
  answer: z.object({ patient: PatientRecord }),
});

export const openPatientCard = endpoint({
  method: 'GET',
  path: '/api/patients/:id/card',
  summary: 'What the person card shows of a person',
  params: ofPatient,
  answer: z.object({ card: PatientCard }),
});

export const changePatient = endpoint({
  method: 'PATCH',
  path: '/api/patients/:id',
  summary: 'Change fields of a person; those left out stay',
  params: ofPatient,
  body: z.object({ version: Version, change: PatientChange }),
  answer: z.object({ patient: PatientRecord }),
});

export const markDeceased = endpoint({
  method: 'POST',
  path: '/api/patients/:id/deceased',
  summary: 'Say that a person has died (or that this was wrong)',
  params: ofPatient,
  body: z.object({
    version: Version,
    deceased: z.boolean().default(true),
    deceasedOn: DateOrNone.default(null),
  }),
  answer: z.object({ patient: PatientRecord }),
});

export const removePatient = endpoint({
  method: 'POST',
  path: '/api/patients/:id/remove',
  summary: 'Mark a whole record as entered in error',
  params: ofPatient,
  body: z.object({ version: Version, reason: Reason }),
  answer: z.object({ patientId: Id }),
});

export const addAlert = endpoint({
  method: 'POST',
  path: '/api/patients/:id/alerts',
  summary: 'Add what everyone at the desk must see',
  params: ofPatient,
  body: NewAlert,
  answer: z.object({ alert: PatientAlert }),
});

export const removeAlert = endpoint({
  method: 'POST',
  path: '/api/patients/:id/alerts/:alertId/remove',
  summary: 'Mark an alert as entered in error, or no longer so',
  params: ofPatient.extend({ alertId: Id }),
  body: z.object({ version: Version, reason: Reason }),
  answer: z.object({ alertId: Id }),
});

export const listPatientHistory = endpoint({
  method: 'GET',
  path: '/api/patients/:id/history',
  summary: 'Who changed this person’s record, when, and what',
  params: ofPatient,
  answer: z.object({
    changes: z.array(
      z.object({
        seq: z.number(),
        at: z.string(),
        /** as the staff record says it; '' for the office itself */
        by: z.string(),
        action: z.string(),
        reason: z.string().nullable(),
        before: z.record(z.string(), z.unknown()).nullable(),
        after: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
  }),
});

export const lookUpZip = endpoint({
  method: 'POST',
  path: '/api/zip',
  summary: 'City and state of a ZIP code, where known',
  kind: 'read',
  body: z.object({ zip: z.string().regex(/^\d{5}(-\d{4})?$/, 'Type five digits.') }),
  answer: z.object({ places: z.array(z.object({ city: z.string(), state: z.string() })) }),
});
