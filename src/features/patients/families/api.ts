import { z } from 'zod';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { Id } from '../../../platform/id.ts';

const ofPatient = z.object({ id: Id });

export const FamilyMember = z.object({
  patientId: Id,
  callName: z.string(),
  age: z.number().nullable(),
  /** to the guarantor as the record says it; '' for the guarantor */
  relationship: z.string(),
  /** whether this one pays */
  pays: z.boolean(),
});
export type FamilyMember = z.infer<typeof FamilyMember>;

export const openFamily = endpoint({
  method: 'GET',
  path: '/api/patients/:id/family',
  summary: 'Who pays for a person, and everyone whom the same guarantor pays for',
  params: ofPatient,
  answer: z.object({
    /** who pays for all of them */
    guarantor: z.object({
      patientId: Id.nullable(),
      name: z.string(),
      phone: z.string(),
      address: z.string(),
      bornOn: z.string().nullable(),
    }),
    /** the person too; just that one where nobody else is paid for */
    members: z.array(FamilyMember),
  }),
});

export const reviewAdult = endpoint({
  method: 'POST',
  path: '/api/patients/:id/adult-review',
  summary: 'Someone who came of age was asked who pays now and who may hear what',
  params: ofPatient,
  body: z.object({}),
  answer: z.object({ patientId: Id }),
});
