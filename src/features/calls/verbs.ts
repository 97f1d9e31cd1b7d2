import type { Verb } from '../../platform/contributions.ts';

export const callVerbs = [
  {
    key: 'call',
    words: ['call', 'phone'],
    label: 'Log a call',
    hint: 'call 5185550123 refill of lisinopril, back by 3pm to nurse',
    permission: 'calls.take',
    needsPatient: false,
  },
] as const satisfies readonly Verb[];
