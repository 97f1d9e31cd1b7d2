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
  {
    key: 'merge',
    words: ['merge'],
    label: 'Merge with another record of this person',
    hint: 'smith jo merge',
    permission: 'patients.merge',
    needsPatient: true,
  },
] as const satisfies readonly Verb[];
