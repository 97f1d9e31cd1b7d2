import type { Verb } from '../../platform/contributions.ts';

export const taskVerbs = [
  {
    key: 'task',
    words: ['task', 'todo', 'remind'],
    label: 'Make a task',
    hint: 'task call back about the MRI tomorrow 3pm @ana, or @nurses',
    permission: 'tasks.make',
    needsPatient: false,
  },
] as const satisfies readonly Verb[];
