import { foldWords } from '../patients/rules.ts';
import type { Coverage, PlanKind, Relationship } from './schema.ts';

/** `payers.search_name`: one payer however it is spelled. */
export const payerKey = (name: string) => foldWords(name).join(' ');

// "Alberta Health" is none, so whole words.
const planWords: readonly (readonly [pattern: RegExp, kind: PlanKind])[] = [
  [/\bmedicare\b|\bmcpol\b/i, 'medicare'],
  [/\bmedicaid\b|\bchip\b|\bsubsidiz\w*\b/i, 'medicaid'],
  [/\btricare\b|\bchamp(va|us)\b|\bmilitary\b|\bveterans?\b|\bvapol\b/i, 'military'],
  [/\bwork(er|ers|ers['’])? ?comp\w*\b|\bwcbpol\b/i, 'work'],
  [/\bauto\w*\b/i, 'auto'],
  [/\bprivate\b|\bcommercial\b|\bhmo\b|\bppo\b|\bpos\b|\bepo\b|\behcpol\b|\bhip\b/i, 'commercial'],
];

/** What kind of plan these words and codes say, the telling ones first. */
export function planKindOf(words: readonly string[]): PlanKind {
  const said = words.join(' ');
  return planWords.find(([pattern]) => pattern.test(said))?.[1] ?? 'other';
}

const nobody = new Set(['no insurance', 'none', 'uninsured', 'not insured', 'self pay', 'selfpay', 'cash']);

/** Whether this payer's name says that nobody pays but the patient: "no_insurance", "Self-Pay". */
export function isNoInsurance(name: string): boolean {
  return nobody.has(
    name
      .toLowerCase()
      .replace(/[^a-z]+/g, ' ')
      .trim(),
  );
}

const spoken: Record<string, string> = {
  private: 'Private insurance',
  medicare: 'Medicare',
  medicaid: 'Medicaid',
};

/** A payer's name as the office says it, where a file says only a word: "private". */
export const payerNameOf = (name: string) => spoken[name.trim().toLowerCase()] ?? name.trim();

/** http://terminology.hl7.org/CodeSystem/subscriber-relationship */
const relations: Record<string, Relationship> = {
  self: 'self',
  spouse: 'spouse',
  common: 'spouse',
  child: 'child',
  parent: 'parent',
  other: 'other',
  injured: 'other',
};

export const relationshipOf = (code: string | undefined): Relationship => relations[code ?? ''] ?? '';

type Lasting = Pick<Coverage, 'status' | 'since' | 'until'>;

/** Whether it stands on a day, `YYYY-MM-DD`, as far as is known. */
export function isInForce({ status, since, until }: Lasting, today: string): boolean {
  return status === 'active' && (since === null || since <= today) && (until === null || until >= today);
}

/** "pays first", "pays second"; '' where nobody said. */
export function rankWords(rank: number | null): string {
  if (rank === null) return '';
  return `pays ${['first', 'second', 'third'][rank - 1] ?? `in place ${rank}`}`;
}
