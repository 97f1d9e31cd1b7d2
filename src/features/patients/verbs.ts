import type { Verb } from '../../platform/contributions.ts';

export const patientVerbs = [
  {
    key: 'open',
    words: ['open', 'show', 'card'],
    label: 'Open the record',
    hint: 'smi jo 3/61',
    permission: 'patients.open',
    needsPatient: true,
  },
] as const satisfies readonly Verb[];
