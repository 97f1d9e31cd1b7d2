import { z } from 'zod';
import { Reference } from './reference.ts';
import { CodeableConcept, Identifier, Period } from './resources.ts';

const text = z.string().max(2000);

/** http://hl7.org/fhir/R4/coverage.html */
export const FhirCoverage = z.object({
  resourceType: z.literal('Coverage'),
  id: text.optional(),
  identifier: z.array(Identifier).optional(),
  status: z
    .enum(
      ['active', 'cancelled', 'draft', 'entered-in-error'],
      'is not one of active, cancelled, draft, entered-in-error',
    )
    .optional(),
  type: CodeableConcept.optional(),
  subscriberId: text.optional(),
  beneficiary: Reference,
  relationship: CodeableConcept.optional(),
  period: Period.optional(),
  payor: z.array(Reference).optional(),
  class: z.array(z.object({ type: CodeableConcept.optional(), value: text.optional() })).optional(),
  order: z.number().int().min(1).max(99).optional(),
  contained: z.array(z.unknown()).optional(),
});
export type FhirCoverage = z.infer<typeof FhirCoverage>;

/** What a Claim and an ExplanationOfBenefit say of who is insured: http://hl7.org/fhir/R4/explanationofbenefit.html */
export const FhirBill = z.object({
  resourceType: z.enum(['Claim', 'ExplanationOfBenefit']),
  billablePeriod: Period.optional(),
  created: text.optional(),
  contained: z.array(z.unknown()).optional(),
});
export type FhirBill = z.infer<typeof FhirBill>;
