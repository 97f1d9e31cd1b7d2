import { expect, test } from 'vitest';
import type { Day, DayVisit } from '../day/schema.ts';
import { usualSettings } from '../flow/rules.ts';
import { type BoardColumn, type BoardFacts, boardBands, boardItems, boardSpan } from './board.ts';
import { dayColumns, minutesBehind } from './day-columns.ts';
import { movedTo, placeAt } from './places.ts';
import { visitFace } from './visit-words.ts';
import { moveBody } from './visit-writes.ts';

const zone = 'America/New_York';
const nowMs = Date.parse('2026-03-04T15:00:00Z');
const at = (time: string) => new Date(`2026-03-04T${time}:00-05:00`).toISOString();

const visit = (more: Partial<DayVisit> = {}): DayVisit => ({
  visitId: 'v',
  version: 1,
  state: 'booked',
  patientId: 'x',
  patient: 'Smith, Jo',
  visitTypeId: 'fu',
  resourceIds: ['lee', 'room'],
  siteId: 'elm',
  startsAt: at('10:30'),
  endsAt: at('11:00'),
  ...more,
});

const column = (id: string, kind: BoardColumn['kind'], from = '08:00', to = '16:00'): BoardColumn => ({
  id,
  title: id,
  subtitle: '',
  date: '2026-03-04',
  resourceId: id,
  kind,
  name: id,
  working: [{ siteId: 'elm', startsAt: at(from), endsAt: at(to) }],
});
const columns = [column('lee', 'physician'), column('osei', 'physician'), column('room', 'room')];
const kinds = new Map(columns.map((one) => [one.id, one.kind]));
const type = {
  visitTypeId: 'fu',
  name: 'Follow-up',
  code: 'fu',
  color: '#2b66a3',
  minutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minutesByPhysician: { osei: 20 },
  physicianIds: [],
  noticeHours: 24,
  active: true,
};
const facts: BoardFacts = {
  zone,
  nowMs,
  limits: usualSettings,
  types: new Map([['fu', type]]),
  siteNames: new Map([['elm', 'Elm St']]),
  names: new Map(columns.map((one) => [one.id, one.name])),
  mayMove: true,
  mayArrive: true,
  mayBlock: true,
};

test('a visit stands in the column of its physician and of its room, each an item of its own', () => {
  const items = boardItems(columns, [visit()], facts);
  expect(items.map(({ id, columnId, startMinutes }) => [id, columnId, startMinutes])).toEqual([
    ['v', 'lee', 630],
    ['v@1', 'room', 630],
  ]);
});

test('free time is hinted at from now on, with what fits', () => {
  const items = boardItems(columns, [visit()], facts);
  const span = boardSpan(columns, items, zone);
  const free = boardBands(columns, items, facts, span).filter((band) => band.kind === 'free');
  expect(free.filter((band) => band.columnId === 'lee')).toEqual([
    { columnId: 'lee', startMinutes: 600, endMinutes: 630, kind: 'free', label: '30 min · Follow-up' },
    { columnId: 'lee', startMinutes: 660, endMinutes: 960, kind: 'free', label: '5 h · Follow-up' },
  ]);
});

test('a move to another physician keeps the room; a move to another room keeps the physician', () => {
  const toOsei = movedTo(visit(), columns[1]!, 660, { ...facts, kinds });
  expect(moveBody(visit(), toOsei)).toEqual({ startsAt: at('11:00'), physicianId: 'osei' });
  const toRoom = movedTo(visit(), { ...columns[2]!, id: 'two', resourceId: 'two' }, 630, { ...facts, kinds });
  expect(moveBody(visit(), toRoom)).toEqual({ resourceIds: ['two'] });
});

test('a point on the board is right on the day the clocks change', () => {
  const sunday = { ...columns[0]!, date: '2026-03-08', working: [] };
  expect(placeAt(sunday, 600, facts).startsAt).toBe('2026-03-08T14:00:00.000Z');
});

test.each<[string, Partial<DayVisit>, string]>([
  ['nobody has asked yet', {}, '? unconfirmed'],
  ['it was confirmed', { confirmed: true }, '✓ confirmed'],
  ['its time has passed', { startsAt: at('09:48'), endsAt: at('10:18') }, '! 12 min late'],
  ['someone has just come', { state: 'arrived', arrivedAt: at('10:00') }, '◔ arrived'],
  ['someone waits', { state: 'arrived', arrivedAt: at('09:50') }, '◔ waiting 10 min'],
  [
    'someone waits too long',
    { state: 'arrived', startsAt: at('09:35'), arrivedAt: at('09:30') },
    '! waiting 30 min',
  ],
  ['it is over', { state: 'checked_out', checkedOutAt: at('09:55') }, '✓ left 9:55'],
])('a card says in a sign and words that %s', (_, more, said) => {
  const { sign, words } = visitFace(visit(more), { nowMs, zone, limits: usualSettings });
  expect(`${sign} ${words}`).toBe(said);
});

test('a physician is behind by what the next one who has come is late', () => {
  const late = visit({ state: 'arrived', startsAt: at('09:38'), endsAt: at('10:00') });
  expect(minutesBehind('lee', [late, visit()], nowMs)).toBe(22);
  expect(minutesBehind('osei', [late], nowMs)).toBe(0);
});

test('the columns of a site leave out who is elsewhere; a closed column says why', () => {
  const resource = (resourceId: string, siteId: string, away?: string) => ({
    resourceId,
    kind: 'physician' as const,
    name: resourceId,
    capacity: 1,
    working: away ? [] : [{ siteId, startsAt: at('08:00'), endsAt: at('16:00') }],
    ...(away ? { away } : {}),
  });
  const day: Day = {
    date: '2026-03-04',
    now: at('10:00'),
    startsAt: at('00:00'),
    endsAt: at('23:59'),
    sites: [
      { siteId: 'elm', name: 'Elm St', timeZone: zone },
      { siteId: 'harbor', name: 'Harbor', timeZone: zone },
    ],
    resources: [resource('tan', 'elm', 'conference'), resource('lee', 'elm'), resource('osei', 'harbor')],
    visitTypes: [],
    slotCodes: [],
    visits: [],
    holds: [],
    blocks: [],
    groups: [],
    closures: [],
    notes: [],
    counts: {
      visits: 0,
      openMinutes: 0,
      waiting: 0,
      waitingLong: 0,
      unconfirmed: 0,
      checkedOut: 0,
      noShows: 0,
      cancelled: 0,
    },
    limits: usualSettings,
  };
  const look = { view: 'physicians', zone, nowMs } as const;
  expect(dayColumns(day, [], look).map(({ id, subtitle }) => [id, subtitle])).toEqual([
    ['lee', 'until 4 pm · Elm St'],
    ['osei', 'until 4 pm · Harbor'],
    ['tan', 'Away: conference'],
  ]);
  expect(dayColumns(day, [], { ...look, siteId: 'harbor' }).map(({ id }) => id)).toEqual(['osei']);
});
