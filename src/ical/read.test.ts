import { describe, expect, it, test } from 'vitest';
import { CalendarUnreadable, readCalendar } from './read.ts';
import { writeCalendar } from './write.ts';
import { zoneOf } from './zones.ts';

const zone = 'America/New_York';
const window = {
  fromMs: Date.parse('2026-03-01T00:00Z'),
  toMs: Date.parse('2026-06-01T00:00Z'),
  timeZone: zone,
};

const outlook = `BEGIN:VTIMEZONE
TZID:Customized Time Zone 1
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
`;

const calendar = (events: string[], zones = '') =>
  `BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n${zones}${events
    .map((lines) => `BEGIN:VEVENT\n${lines.trim()}\nEND:VEVENT`)
    .join('\n')}\nEND:VCALENDAR\n`.replaceAll('\n', '\r\n');

const short = (ms: number) => new Date(ms).toISOString().slice(5, 16).replace('T', ' ');
const busy = (events: string | string[], zones = '') => {
  const { periods } = readCalendar(calendar([events].flat(), zones), window);
  return periods.map((one) => `${short(one.startMs)} to ${short(one.endMs)}`);
};

describe('a time', () => {
  test.each([
    ['in UTC', 'DTSTART:20260304T140000Z\nDTEND:20260304T150000Z', '', ['03-04 14:00 to 03-04 15:00']],
    [
      'in a zone, winter',
      'DTSTART;TZID=America/Chicago:20260304T090000\nDURATION:PT45M',
      '',
      ['03-04 15:00 to 03-04 15:45'],
    ],
    [
      'in a zone, summer',
      'DTSTART;TZID=America/Chicago:20260404T090000\nDURATION:PT45M',
      '',
      ['04-04 14:00 to 04-04 14:45'],
    ],
    [
      'by a name of Windows',
      'DTSTART;TZID=Pacific Standard Time:20260304T090000\nDURATION:PT1H',
      '',
      ['03-04 17:00 to 03-04 18:00'],
    ],
    [
      'by a zone of Outlook’s own',
      'DTSTART;TZID=Customized Time Zone 1:20260404T090000\nDURATION:PT1H',
      outlook,
      ['04-04 13:00 to 04-04 14:00'],
    ],
    [
      'without a zone, where the office is',
      'DTSTART:20260304T090000\nDTEND:20260304T100000',
      '',
      ['03-04 14:00 to 03-04 15:00'],
    ],
    ['of a whole day', 'DTSTART;VALUE=DATE:20260304', '', ['03-04 05:00 to 03-05 05:00']],
    [
      'of the day with 23 hours',
      'DTSTART;VALUE=DATE:20260308\nDTEND;VALUE=DATE:20260309',
      '',
      ['03-08 05:00 to 03-09 04:00'],
    ],
    [
      'of some days',
      'DTSTART;VALUE=DATE:20260306\nDTEND;VALUE=DATE:20260310',
      '',
      ['03-06 05:00 to 03-10 04:00'],
    ],
    [
      'that reaches into the window',
      'DTSTART:20260228T200000Z\nDTEND:20260301T020000Z',
      '',
      ['02-28 20:00 to 03-01 02:00'],
    ],
    ['before the window', 'DTSTART:20260227T200000Z\nDTEND:20260228T020000Z', '', []],
    ['without a length', 'DTSTART:20260304T140000Z', '', []],
    ['that is free', 'DTSTART:20260304T140000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT', '', []],
    [
      'that Outlook shows as free',
      'DTSTART:20260304T140000Z\nDURATION:PT1H\nX-MICROSOFT-CDO-BUSYSTATUS:FREE',
      '',
      [],
    ],
    ['that was cancelled', 'DTSTART:20260304T140000Z\nDURATION:PT1H\nSTATUS:CANCELLED', '', []],
  ])('%s', (_words, event, zones, expected) => {
    expect(busy(event, zones)).toEqual(expected);
  });
});

describe('a repetition', () => {
  const weekly =
    'UID:a\nDTSTART;TZID=America/New_York:20250106T090000\nDTEND;TZID=America/New_York:20250106T100000';
  it('stays at its hour on the wall when the clocks change', () => {
    expect(busy(`${weekly}\nRRULE:FREQ=WEEKLY;UNTIL=20260317`)).toEqual([
      '03-02 14:00 to 03-02 15:00',
      '03-09 13:00 to 03-09 14:00',
      '03-16 13:00 to 03-16 14:00',
    ]);
  });
  it('leaves out what is excepted, and takes what was moved where it went', () => {
    const events = [
      `${weekly}\nRRULE:FREQ=WEEKLY;UNTIL=20260331T235959Z\nEXDATE;TZID=America/New_York:20260309T090000,20260316T090000`,
      'UID:a\nRECURRENCE-ID;TZID=America/New_York:20260323T090000\nDTSTART;TZID=America/New_York:20260324T130000\nDURATION:PT2H',
      'UID:a\nRECURRENCE-ID;TZID=America/New_York:20260330T090000\nDTSTART;TZID=America/New_York:20260330T090000\nDURATION:PT1H\nSTATUS:CANCELLED',
    ];
    expect(busy(events)).toEqual(['03-02 14:00 to 03-02 15:00', '03-24 17:00 to 03-24 19:00']);
  });
  test.each([
    [
      'of days without a time',
      'DTSTART;VALUE=DATE:20260301\nRRULE:FREQ=MONTHLY;COUNT=3',
      ['03-01 05:00 to 03-02 05:00', '04-01 04:00 to 04-02 04:00', '05-01 04:00 to 05-02 04:00'],
    ],
    [
      'on the second Tuesday',
      'DTSTART:20200114T140000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;BYDAY=2TU',
      ['03-10 14:00 to 03-10 15:00', '04-14 14:00 to 04-14 15:00', '05-12 14:00 to 05-12 15:00'],
    ],
    [
      'with further dates',
      'DTSTART:20260304T140000Z\nDURATION:PT1H\nRDATE:20260306T140000Z,20260307T140000Z',
      ['03-04 14:00 to 03-04 15:00', '03-06 14:00 to 03-06 15:00', '03-07 14:00 to 03-07 15:00'],
    ],
    ['that is over', 'DTSTART:20200114T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=20', []],
    [
      'that never comes true',
      'DTSTART:20200114T140000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
      [],
    ],
  ])('%s', (_words, event, expected) => {
    expect(busy(event)).toEqual(expected);
  });
  it('of every second is given up, and the rest of the file stands', () => {
    const events = [
      'UID:s\nDTSTART:19700101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY',
      'UID:t\nDTSTART:20260304T140000Z\nDURATION:PT1H',
    ];
    const read = readCalendar(calendar(events), window);
    expect([read.skipped, read.periods.length]).toEqual([1, 1]);
  });
});

it('what the office writes, it reads', () => {
  const startsAt = new Date('2026-03-09T13:00:00Z');
  const event = {
    uid: 'v',
    sequence: 1,
    startsAt,
    endsAt: new Date('2026-03-09T13:30:00Z'),
    changedAt: startsAt,
  };
  const text = writeCalendar({
    ...{ name: 'Dr. Lee', timeZone: zone, everyMinutes: 15 },
    events: [{ ...event, summary: 'Follow-up: Nguyễn, “Łódź”; a\\b', location: '' }],
  });
  expect(readCalendar(text, window).periods).toEqual([
    { startMs: startsAt.getTime(), endMs: event.endsAt.getTime(), title: 'Follow-up: Nguyễn, “Łódź”; a\\b' },
  ]);
});

it.each(['', 'hello', '<html></html>', 'BEGIN:VCARD\r\nEND:VCARD', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT'])(
  'what is no calendar is told: %#',
  (text) => {
    expect(() => readCalendar(text, window)).toThrow(CalendarUnreadable);
  },
);

test.each([
  ['/freeassociation.sourceforge.net/America/New_York', 'America/New_York'],
  ['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['tzone://Microsoft/Utc', 'UTC'],
  ['W. Europe Standard Time', 'Europe/Berlin'],
  ['Nowhere', null],
])('the zone %s is known', (name, expected) => {
  expect(zoneOf(name, undefined)).toBe(expected);
});
