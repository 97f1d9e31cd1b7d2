/** What a line may say is to be done, and by which words. Pure. */

export const lineVerbs = [
  'book',
  'move',
  'cancel',
  'arrive',
  'walkin',
  'group',
  'task',
  'merge',
  'print',
  'wait',
  'open',
] as const;
export type LineVerb = (typeof lineVerbs)[number];

const verbs: Record<LineVerb, string[]> = {
  book: ['book', 'schedule', 'sched'],
  move: ['move', 'reschedule', 'resched'],
  cancel: ['cancel', 'cx', 'canc'],
  walkin: ['walkin', 'walk-in'],
  group: ['group'],
  arrive: ['arrive', 'arrived', 'checkin', 'check-in'],
  task: ['task', 'todo', 'remind'],
  merge: ['merge'],
  print: ['print', 'label', 'labels', 'daysheet'],
  wait: ['wait', 'waitlist'],
  open: ['open', 'show', 'card'],
};
const verbOf = new Map<string, LineVerb>(
  lineVerbs.flatMap((verb) => verbs[verb].map((word) => [word, verb] as const)),
);
/** They mean nothing between the words that do. */
export const fillers = new Set(['for', 'on', 'at', 'with', 'in', 'w/', 'the', 'any', 'anyone']);
/** Also given and family names: alone before another word they are the person. */
export const nameLike = new Set(['tom', 'sun', 'mon', 'wed', 'sat', 'may', 'jan', 'fri']);

export function verbNamed(word: string | undefined): LineVerb | undefined {
  return verbOf.get(word ?? '');
}
