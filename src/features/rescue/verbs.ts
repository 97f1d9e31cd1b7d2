import type { Verb } from '../../platform/contributions.ts';

export const rescueVerbs = [
  {
    key: 'rescue',
    words: ['rescue', 'out', 'late'],
    label: 'Rescue a day: a physician is out or late',
    hint: 'lee out today · lee late 40 · rescue okoye tomorrow',
    permission: 'rescue.run',
    needsPatient: false,
  },
] as const satisfies readonly Verb[];
