import type { Verb } from '../../platform/contributions.ts';

/** What the line does with visits; line/rules.ts reads the words. */
export const scheduleVerbs = [
  {
    key: 'book',
    words: ['book', 'schedule'],
    label: 'Book a visit',
    hint: 'smith jo fu 3m lee am',
    permission: 'visits.book',
    needsPatient: true,
  },
  {
    key: 'series',
    words: ['weekly', 'monthly', 'daily'],
    label: 'Book a series of visits',
    hint: 'smith jo fu weekly x6 tue 9',
    permission: 'visits.book',
    needsPatient: true,
  },
  {
    key: 'move',
    words: ['move', 'reschedule'],
    label: 'Move the next visit',
    hint: 'smith jo move next tue pm',
    permission: 'visits.move',
    needsPatient: true,
  },
  {
    key: 'cancel',
    words: ['cancel'],
    label: 'Cancel the next visit',
    hint: 'smith jo cancel',
    permission: 'visits.cancel',
    needsPatient: true,
  },
  {
    key: 'walkin',
    words: ['walkin'],
    label: 'Register someone who came without a visit',
    hint: 'smith jo walkin',
    permission: 'visits.book',
    needsPatient: true,
  },
  {
    key: 'group',
    words: ['group'],
    label: 'Book into a group session',
    hint: 'smith jo group diabetes',
    permission: 'visits.book',
    needsPatient: true,
  },
  {
    key: 'arrive',
    words: ['arrive', 'checkin'],
    label: 'Check in for today’s visit',
    hint: 'smith jo arrive',
    permission: 'visits.arrive',
    needsPatient: true,
  },
] as const satisfies readonly Verb[];
