import type { CancelReason, Visit } from '../../schedule/visits/schema.ts';
import type { PageLanguage } from '../words/rules.ts';
import type { PageVisit, ShownFacts } from './schema.ts';

/** What a patient can still do about a visit by themself. Pure. */

export type Standing = 'open' | 'cancelled' | 'over';

export function standingOf(visit: Pick<Visit, 'state' | 'startsAt'>, nowMs: number): Standing {
  if (visit.state === 'cancelled') return 'cancelled';
  return visit.state === 'booked' && Date.parse(visit.startsAt) > nowMs ? 'open' : 'over';
}

export const whys = ['plans', 'ill', 'travel', 'better', 'other'] as const;
export type Why = (typeof whys)[number];

export function whyOf(text: string | null): Why | undefined {
  return whys.find((one) => one === text);
}

/** As the office records it. */
export const reasonOf = (why: Why): CancelReason => (why === 'ill' ? 'patient-ill' : 'patient-asked');

/** As the office reads it, whatever language it was chosen in. */
export const whyWords: Record<Why, string> = {
  plans: 'Cannot come at that time',
  ill: 'Is ill',
  travel: 'Has no way to get there',
  better: 'Does not need it any more',
  other: 'Another reason',
};

/** Two lines of the office's own columns: why, and what the patient wrote. */
export function cancelWords(why: Why, text: string): string {
  return [whyWords[why], text].filter(Boolean).join(': ').slice(0, 300);
}

/** In their language; what is written in one language only is better than nothing. */
export function pageVisitOf(facts: ShownFacts, language: PageLanguage, nowMs: number): PageVisit {
  const { visit } = facts;
  const either = (english: string, spanish: string) =>
    language === 'es' ? spanish || english : english || spanish;
  return {
    ...{ startsAt: visit.startsAt, timeZone: visit.timeZone, physicianName: visit.physicianName },
    ...{ siteName: visit.siteName, siteAddress: facts.siteAddress },
    name: either(facts.nameEn, facts.nameEs),
    prepare: either(facts.prepareEn, facts.prepareEs),
    arrive: either(facts.arriveEn, facts.arriveEs),
    standing: standingOf(visit, nowMs),
    isConfirmed: visit.confirmedAt !== null,
    mayMove: facts.mayMove && visit.sessionId === null,
  };
}
