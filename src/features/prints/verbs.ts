import type { Verb } from '../../platform/contributions.ts';

/** Whoever may see the day may say it; each print asks for its own permission. */
export const printVerbs = [
  {
    key: 'print',
    words: ['print', 'label', 'labels', 'daysheet'],
    label: 'Print day sheets, slips, cards or labels',
    hint: 'print tomorrow · smith jo print',
    permission: 'visits.see',
    needsPatient: false,
  },
] as const satisfies readonly Verb[];
