import { describe, expect, test } from 'vitest';
import { leastWaiting, soonPlace, startNow } from './rules.ts';

const nowMs = Date.parse('2026-03-04T15:07:00Z');
const at = (physicianId: string, time: string) => ({
  ...{ physicianId, siteId: 'main', resourceIds: [] },
  startsAt: `2026-03-04T${time}:00.000Z`,
});

describe('who sees a walk-in', () => {
  test.each<[string, ReturnType<typeof at>[], [string, number][], string | undefined]>([
    ['the earliest', [at('lee', '15:15'), at('okoye', '15:30')], [], 'lee'],
    ['a little later where fewer wait', [at('lee', '15:15'), at('okoye', '15:30')], [['lee', 2]], 'okoye'],
    [
      'the earliest all the same when one waits',
      [at('lee', '15:15'), at('okoye', '15:30')],
      [['lee', 1]],
      'lee',
    ],
    ['nobody who is free too late', [at('lee', '16:00')], [], undefined],
  ])('%s', (_, places, waiting, expected) => {
    expect(soonPlace(places, new Map(waiting), nowMs)?.physicianId).toBe(expected);
  });

  test('of those at work the one with the fewest waiting', () => {
    const atWork = ['lee', 'okoye'].map((physicianId) => ({ physicianId, siteId: 'main' }));
    expect(
      leastWaiting(
        atWork,
        new Map([
          ['lee', 3],
          ['okoye', 1],
        ]),
      )?.physicianId,
    ).toBe('okoye');
    expect(leastWaiting([], new Map())).toBe(undefined);
  });

  test('stands at the five minutes that have begun', () => {
    expect(startNow(nowMs)).toBe('2026-03-04T15:05:00.000Z');
  });
});
