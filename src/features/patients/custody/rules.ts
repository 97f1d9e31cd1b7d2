import { foldWords } from '../rules.ts';
import type { Custody } from './schema.ts';

/** One line for everyone at the desk, the forbidden first: at most 300 letters, as alerts are. */
export function custodyText({ mayBring, mayDecide, mustNotTell, courtOrder }: Custody): string {
  const parts = [
    mustNotTell.length > 0 ? `do NOT tell ${mustNotTell.join(' or ')}` : '',
    mayDecide ? `${mayDecide} decides` : '',
    mayBring ? `may bring: ${mayBring}` : '',
    courtOrder ? 'court order on file' : '',
  ].filter(Boolean);
  const whole = `Custody: ${parts.join(' · ')}`;
  return whole.length > 300 ? `${whole.slice(0, 298)} …` : whole;
}

/**
 * Whether a caller is one who must not be told: every word of the kept name is among those that the caller gave, or
 * the other way round ("Ray" for "Ray Doe"). Rather one too many than one too few: it only warns.
 */
export function mustNotBeTold(custody: Pick<Custody, 'mustNotTell'>, callerName: string): boolean {
  const said = foldWords(callerName);
  if (said.length === 0) return false;
  return custody.mustNotTell.some((name) => {
    const kept = foldWords(name);
    return kept.every((word) => said.includes(word)) || said.every((word) => kept.includes(word));
  });
}
