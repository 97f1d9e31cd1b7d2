import { expect, test } from 'vitest';
import { meantSessions, whenLabel } from './rules.ts';
import type { Session } from './schema.ts';

const session = (sessionId: string, name: string, more: Partial<Session> = {}): Session => ({
  ...{ sessionId, name, version: 1, visitTypeId: 'fu', visitTypeName: 'Follow-up' },
  ...{ siteId: 'main', siteName: 'Main', timeZone: 'America/New_York' },
  ...{ physicianId: 'lee', physicianName: 'Dr. Lee', resourceIds: ['lee'] },
  ...{ startsAt: '2026-03-05T14:00:00.000Z', endsAt: '2026-03-05T15:00:00.000Z' },
  ...{ capacity: 10, taken: 0, cancelled: false },
  ...more,
});
const all = [
  session('full', 'Diabetes class', { taken: 10 }),
  session('next', 'Diabetes class', { startsAt: '2026-03-12T13:00:00.000Z' }),
  session('back', 'Back school', { physicianId: 'okoye' }),
];

test.each<[string, Parameters<typeof meantSessions>[1], string[]]>([
  ['scraps of its name, those with a place first', { rest: 'diab cla' }, ['next', 'full']],
  ['the middle of a word is not its beginning', { rest: 'betes' }, []],
  ['who leads it', { rest: '', physicianIds: ['okoye'] }, ['back']],
  ['the day', { rest: '', when: { from: '2026-03-12', to: '2026-03-12' } }, ['next']],
  ['about when', { rest: 'd', when: { aroundDate: '2026-03-10' } }, ['next']],
  ['another site', { rest: '', siteId: 'west' }, []],
  ['nothing but that it is a group', { rest: '' }, ['next', 'back', 'full']],
])('words of the line mean a session: %s', (_, meant, expected) => {
  expect(meantSessions(all, meant).map((one) => one.sessionId)).toEqual(expected);
});

test('when it is, on the wall of its site', () => {
  expect(whenLabel(session('a', 'A'))).toBe('Thu, Mar 5, 2026, 9:00 am');
});
