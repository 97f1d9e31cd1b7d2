import type { Verb } from '../../platform/contributions.ts';

export const teamVerbs = [
  {
    key: 'handoff',
    words: ['hand off'],
    label: 'Hand off a shift',
    hint: 'hand off to ana',
    permission: 'team.hand-off',
    needsPatient: false,
  },
  {
    key: 'covers',
    words: ['who covers'],
    label: 'Who covers for whom',
    hint: 'who covers ana today',
    permission: 'team.see',
    needsPatient: false,
  },
] as const satisfies readonly Verb[];
