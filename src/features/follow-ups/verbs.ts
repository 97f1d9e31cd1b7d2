import type { Verb } from '../../platform/contributions.ts';

export const followUpVerbs = [
  {
    key: 'follow-up',
    words: ['rtc', 'followup'],
    label: 'Order a follow-up, to be booked',
    hint: 'smith jo fu 3m mri first',
    permission: 'follow-ups.manage',
    needsPatient: true,
  },
] as const satisfies readonly Verb[];
