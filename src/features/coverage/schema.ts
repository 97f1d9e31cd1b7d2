import { z } from 'zod';
import { Id } from '../../platform/id.ts';

export const planKinds = ['commercial', 'medicare', 'medicaid', 'military', 'work', 'auto', 'other'] as const;
export const PlanKind = z.enum(planKinds);
export type PlanKind = z.infer<typeof PlanKind>;

export const planKindLabels: Record<PlanKind, string> = {
  commercial: 'Commercial',
  medicare: 'Medicare',
  medicaid: 'Medicaid',
  military: 'Military and veterans',
  work: 'Workers’ compensation',
  auto: 'Auto accident',
  other: 'Other',
};

/** What the patient is to the subscriber; '' where nobody asked. */
export const relationships = ['', 'self', 'spouse', 'child', 'parent', 'other'] as const;
export const Relationship = z.enum(relationships);
export type Relationship = z.infer<typeof Relationship>;

export const coverageStatuses = ['active', 'cancelled', 'draft', 'entered_in_error'] as const;
export const CoverageStatus = z.enum(coverageStatuses);
export type CoverageStatus = z.infer<typeof CoverageStatus>;

export const Coverage = z.object({
  coverageId: Id,
  patientId: Id,
  payerId: Id,
  payerName: z.string(),
  planKind: PlanKind,
  memberId: z.string(),
  groupNumber: z.string(),
  relationship: Relationship,
  /** the first and the last day, where they are known */
  since: z.string().nullable(),
  until: z.string().nullable(),
  /** 1 pays first; null where nobody said */
  rank: z.number().nullable(),
  status: CoverageStatus,
  version: z.number(),
});
export type Coverage = z.infer<typeof Coverage>;

/** A coverage as an import or the simulator gives it. */
export type KeptCoverage = Pick<
  Coverage,
  | 'patientId'
  | 'payerName'
  | 'planKind'
  | 'memberId'
  | 'groupNumber'
  | 'relationship'
  | 'since'
  | 'until'
  | 'rank'
  | 'status'
> & {
  /** by what another system knows it */
  source: string | null;
};
