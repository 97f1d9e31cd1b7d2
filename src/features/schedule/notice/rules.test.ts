import { expect, test } from 'vitest';
import type { AskedBy } from '../visits/schema.ts';
import { askedByOf, noticeOf } from './rules.ts';

const start = Date.parse('2026-03-05T15:00:00Z');

test.each<[string, AskedBy | undefined, string, number, object]>([
  ['a day and a minute before is in time', 'patient', '2026-03-04T14:59:00Z', 24, { askedBy: 'patient' }],
  ['exactly the notice is in time', 'patient', '2026-03-04T15:00:00Z', 24, { askedBy: 'patient' }],
  ['a minute less is late', 'patient', '2026-03-04T15:01:00Z', 24, { askedBy: 'patient', late: true }],
  ['after the start is late', 'patient', '2026-03-05T16:00:00Z', 24, { askedBy: 'patient', late: true }],
  ['the practice is never late', 'practice', '2026-03-05T14:00:00Z', 24, { askedBy: 'practice' }],
  ['two days wanted', 'patient', '2026-03-04T14:00:00Z', 48, { askedBy: 'patient', late: true }],
  ['no notice wanted', 'patient', '2026-03-05T14:59:00Z', 0, { askedBy: 'patient' }],
  ['nobody asked', undefined, '2026-03-05T14:00:00Z', 24, {}],
])('%s', (_, askedBy, at, noticeHours, expected) => {
  expect(noticeOf({ askedBy, startsAtMs: start, atMs: Date.parse(at), noticeHours })).toEqual(expected);
});

test('the reason tells who asked', () => {
  expect([askedByOf('patient-ill'), askedByOf('physician-away'), askedByOf('other')]).toEqual([
    ...['patient', 'practice', 'practice'],
  ]);
});
