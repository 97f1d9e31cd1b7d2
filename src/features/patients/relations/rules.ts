import type { Hearing, Proof, Relation } from './schema.ts';

type Known = Pick<Relation, 'mayHear' | 'since' | 'until'> & { revokedAt?: string | null };

/** Whether what was agreed holds on a day. */
export function isInForce({ since, until, revokedAt }: Known, today: string): boolean {
  return !revokedAt && (since === null || since <= today) && (until === null || today <= until);
}

/**
 * Whether someone may hear about this today. A practice may share with people involved in a patient's care or
 * payment what the patient agreed to, no more (45 CFR 164.510(b)(1)-(2)).
 */
export function mayHear(relation: Known, what: Exclude<Hearing, 'all'>, today: string): boolean {
  return isInForce(relation, today) && (relation.mayHear.includes('all') || relation.mayHear.includes(what));
}

const hearingWords: Record<Exclude<Hearing, 'all'>, string> = {
  appointments: 'appointments',
  results: 'results',
  billing: 'billing',
};

/** "may hear everything", "may hear appointments and billing", "may hear nothing" */
export function hearingText(relation: Known, today: string): string {
  if (!isInForce(relation, today) || relation.mayHear.length === 0) return 'may hear nothing';
  if (relation.mayHear.includes('all')) return 'may hear everything';
  const words = (['appointments', 'results', 'billing'] as const)
    .filter((one) => relation.mayHear.includes(one))
    .map((one) => hearingWords[one]);
  return `may hear ${words.length === 3 ? 'everything' : words.join(' and ')}`;
}

export const proofWords: Record<Proof, string> = {
  '': 'not asked',
  form: 'signed form',
  'in-person': 'the patient said so in person',
  phone: 'the patient said so by phone',
  court: 'court order or power of attorney',
  parent: 'parent of a minor',
};
