import type { Verb } from '../../platform/contributions.ts';

export const waitlistVerbs = [
  {
    key: 'wait',
    words: ['wait', 'waitlist'],
    label: 'Put someone on the waitlist',
    hint: 'smith jo wait fu lee mornings',
    permission: 'waitlist.keep',
    needsPatient: true,
  },
] as const satisfies readonly Verb[];
