import type { Verb } from '../../platform/contributions.ts';

export const messageVerbs = [
  {
    key: 'text',
    words: ['text', 'email'],
    label: 'Write to someone',
    hint: 'smith jo text your form is ready at the desk',
    permission: 'messages.send',
    needsPatient: true,
  },
] as const satisfies readonly Verb[];
