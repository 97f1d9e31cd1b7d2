import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { todayBoard } from '../../../app/lists.ts';
import { startJobs } from '../../../app/office.ts';
import { readToday } from '../../../app/pages/today/today-api.ts';
import { readDay } from '../day/api.ts';
import { listHours } from '../hours/rules.ts';
import { findOpenings } from '../openings/api.ts';
import * as visits from '../visits/api.ts';
import * as api from './api.ts';
import { busyOn, pairsWithin, toExternalBusy, withoutExternalBusy } from './rules.ts';

describe('busy time outside', () => {
  const sites = [{ id: 'main', name: 'Main', timeZone: 'America/New_York' }];
  const resources = [{ resourceId: 'lee', name: 'Dr. Lee' }];
  const ms = (at: string) => Date.parse(`2026-03-05T${at}:00-05:00`);
  const busy = (...spans: [string, string][]) =>
    toExternalBusy([
      { resourceId: 'lee', starts: spans.map(([from]) => ms(from)), ends: spans.map(([, to]) => ms(to)) },
    ]);
  const none = listHours({
    resources: [],
    sites,
    weekly: [],
    exceptions: [],
    closures: [],
    from: '2026-03-05',
    to: '2026-03-05',
  });
  const left = (...spans: [string, string][]) => {
    const available = [{ resourceId: 'lee', siteId: 'main', startMs: ms('08:00'), endMs: ms('12:00') }];
    const hours = withoutExternalBusy({ ...none, available }, busy(...spans), { resources, sites });
    const label = (at: number) => new Date(at - 5 * 3_600_000).toISOString().slice(11, 16);
    return [
      ...hours.available.map((one) => `${label(one.startMs)} ${label(one.endMs)}`),
      ...hours.absences.map((one) => `${one.onDate} ${one.text}`),
    ];
  };
  test.each<[string, [string, string][], string[]]>([
    ['cuts a hole', [['09:00', '10:00']], ['08:00 09:00', '10:00 12:00']],
    [
      'of several calendars is one',
      [
        ['09:00', '10:00'],
        ['09:30', '11:00'],
      ],
      ['08:00 09:00', '11:00 12:00'],
    ],
    [
      'before and after changes nothing',
      [
        ['06:00', '08:00'],
        ['12:00', '13:00'],
      ],
      ['08:00 12:00'],
    ],
    [
      'of all the hours is a day away',
      [['07:00', '13:00']],
      ['2026-03-05 Dr. Lee is busy by an external calendar'],
    ],
  ])('%s', (_words, spans, expected) => {
    expect(left(...spans)).toEqual(expected);
  });
  test('is found among many, and cut to the day', () => {
    const pairs = Array.from({ length: 400 }, (_, i) => [i * 10, i * 10 + 5]).flat();
    expect(pairsWithin(pairs, 1003, 1021)).toEqual([1000, 1005, 1010, 1015, 1020, 1025]);
    expect(pairsWithin(pairs, 1005, 1010)).toEqual([]);
    const night = toExternalBusy([
      { resourceId: 'lee', starts: [ms('20:00')], ends: [ms('20:00') + 8 * 3_600_000] },
    ]);
    expect(busyOn(night, 'lee', '2026-03-05', 'America/New_York')).toEqual([
      { startsAt: '2026-03-06T01:00:00.000Z', endsAt: '2026-03-06T05:00:00.000Z' },
    ]);
  });
});

const event = (uid: string, from: string, to: string, more = '') =>
  `BEGIN:VEVENT\r\nUID:${uid}\r\nSUMMARY:Private\r\nDTSTART:${from}\r\nDTEND:${to}\r\n${more}END:VEVENT\r\n`;
const file = (...events: string[]) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${events.join('')}END:VCALENDAR\r\n`;

describe('an external calendar', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  let server: http.Server;
  let address: string;
  let served = { text: '', status: 200, tag: '"1"', asked: 0 };
  beforeAll(async () => {
    server = http.createServer((request, response) => {
      served.asked += 1;
      const isSame = request.headers['if-none-match'] === served.tag;
      if (isSame && served.status === 200) return response.writeHead(304).end();
      response.writeHead(served.status, { etag: served.tag }).end(served.text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/busy.ics`;
    office = await openTestOffice({ allowInner: true });
    todayBoard.paceMs = 0;
    practice = await office.practice();
    plan = await setUpSchedule(practice, 2);
    desk = await practice.as('secretary');
    await startJobs(office);
    await office.runner.stop();
  });
  afterAll(async () => {
    await office.close();
    await new Promise((resolve) => server.close(resolve));
  });

  const openings = async () => {
    const body = {
      visitTypeId: plan.followUp,
      physicianIds: [plan.lee],
      from: '2026-03-05',
      to: '2026-03-05',
      limit: 50,
    };
    const found = await desk.do(findOpenings, { body });
    return found.openings.map((one) => one.startsAt.slice(11, 16));
  };
  const lee = async () => {
    const { resources } = await desk.do(readDay, { query: { date: '2026-03-05' } });
    return resources.find((one) => one.resourceId === plan.lee);
  };
  const round = async () => {
    office.clock.advance(16 * 60_000);
    await office.runner.drain();
  };
  const duties = async (kind: string) => {
    const manager = await practice.as('manager');
    const { duties: all } = await manager.do(readToday, { query: { who: 'everyone' } });
    return all.filter((one) => one.kind === kind).map((one) => one.title);
  };
  const book = (startsAt: string) =>
    desk.ask(visits.bookVisit, {
      body: {
        patientId: plan.patients[0]!,
        visitTypeId: plan.followUp,
        siteId: plan.main,
        physicianId: plan.lee,
        startsAt,
      },
    });

  it('as a file keeps its times free at once, shows no title, and books nothing over', async () => {
    const before = await openings();
    const text = file(event('a', '20260305T140000Z', '20260305T160000Z'));
    const body = { physicianId: plan.lee, name: 'Hospital', file: text };
    await practice.manager.do(api.addCalendar, { body });
    const after = await openings();
    expect(before.filter((time) => !after.includes(time))).toEqual([
      '14:00',
      '14:15',
      '14:30',
      '14:45',
      '15:00',
      '15:15',
      '15:30',
      '15:45',
    ]);
    const column = await lee();
    expect(column?.busy).toEqual([
      { startsAt: '2026-03-05T14:00:00.000Z', endsAt: '2026-03-05T16:00:00.000Z' },
    ]);
    expect(JSON.stringify(await desk.do(readDay, { query: { date: '2026-03-05' } }))).not.toContain(
      'Private',
    );
    const refused = await book('2026-03-05T09:30:00-05:00');
    expect([refused.status, refused.body.overridePermission]).toEqual([409, 'visits.outside-hours']);
    expect(refused.body.message).toMatch(
      /^Dr\. Lee is busy by the external calendar “Hospital” from 9:00 am to 11:00 am\. Next free: 11:00/,
    );
    // Where the hours would not do either, the hours are told
    expect((await book('2026-03-05T07:00:00-05:00')).body.message).toMatch(/^That is outside the hours/);
    const [row] = (await practice.manager.do(api.listCalendars)).calendars;
    expect(row).toMatchObject({ name: 'Hospital', busyCount: 1, byAddress: false, fault: '' });
    const remove = { params: { calendarId: row?.calendarId ?? '' }, body: { version: row?.version ?? 0 } };
    await practice.manager.do(api.removeCalendar, remove);
    expect(await openings()).toEqual(before);
    const bad = await practice.manager.ask(api.addCalendar, { body: { ...body, file: 'no calendar' } });
    expect(bad.body.fields).toEqual({ address: 'It is no calendar. Choose a file that ends with .ics.' });
  });

  it('by address is read every quarter of an hour; a booked visit stays, and the clash is owed', async () => {
    const visit = await book('2026-03-05T11:00:00-05:00');
    expect(visit.status).toBe(200);
    served = { ...served, text: file(event('b', '20260305T153000Z', '20260305T170000Z')), asked: 0 };
    await practice.manager.do(api.addCalendar, { body: { physicianId: plan.lee, name: 'Phone', address } });
    expect((await lee())?.busy).toBeUndefined();
    await round();
    expect((await lee())?.busy).toEqual([
      { startsAt: '2026-03-05T15:30:00.000Z', endsAt: '2026-03-05T17:00:00.000Z' },
    ]);
    expect(await duties('calendar.clash')).toEqual([
      'Dr. Lee is busy elsewhere during a visit: Test, Person 1',
    ]);
    const statements = office.statements();
    await round();
    expect(served.asked).toBe(2);
    // Nothing changed: what is remembered of the hours stands
    expect(office.statements() - statements).toBeLessThan(60);
    served = { ...served, text: file(), tag: '"2"' };
    await round();
    expect(await duties('calendar.clash')).toEqual([]);
    expect((await lee())?.busy).toBeUndefined();
  });

  it('that cannot be read keeps the times known, and is owed after some hours', async () => {
    served = { ...served, text: file(event('c', '20260305T180000Z', '20260305T190000Z')), tag: '"3"' };
    await round();
    served = { ...served, status: 404 };
    await round();
    expect((await lee())?.busy).toHaveLength(1);
    expect(await duties('calendar.unread')).toEqual([]);
    office.clock.advance(6 * 3_600_000);
    desk = await practice.as('secretary');
    await round();
    expect(await duties('calendar.unread')).toEqual([
      'The calendar “Phone” of Dr. Lee cannot be read: there is nothing at the address any more',
    ]);
    expect((await lee())?.busy).toHaveLength(1);
    served = { ...served, status: 200, tag: '"4"' };
    await round();
    expect(await duties('calendar.unread')).toEqual([]);
  });

  it('is renamed, given to a colleague, paused and read elsewhere, each undone, also the address', async () => {
    const list = async () => (await practice.manager.do(api.listCalendars)).calendars;
    const [phone] = await list();
    const params = { calendarId: phone!.calendarId };
    const change = (body: object, version: number) =>
      practice.manager.ask(api.changeCalendar, { params, body: { version, ...body } });
    const undo = (version: number) =>
      practice.manager.ask(api.undoCalendarChange, { params, body: { version } });
    const busyOf = async (id: string) => {
      const { resources } = await desk.do(readDay, { query: { date: '2026-03-05' } });
      return resources.find((one) => one.resourceId === id)?.busy?.length ?? 0;
    };
    let version = phone!.version;
    const next = async (answer: ReturnType<typeof change>) => {
      const { status, body } = await answer;
      expect([status, body.message]).toEqual([200, undefined]);
      version = body.version;
    };
    await next(change({ name: 'Mobile', physicianId: plan.okoye }, version));
    expect([await busyOf(plan.lee), await busyOf(plan.okoye)]).toEqual([0, 1]);
    expect((await list())[0]).toMatchObject({ name: 'Mobile', physicianName: 'Dr. Okoye' });
    expect((await change({ name: 'Other' }, version - 1)).body.error).toBe('stale');
    await next(undo(version));
    expect([await busyOf(plan.lee), await busyOf(plan.okoye)]).toEqual([1, 0]);
    expect((await undo(version)).status).toBe(409);
    await next(change({ paused: true }, version));
    served = { ...served, asked: 0 };
    await round();
    expect([served.asked, await busyOf(plan.lee)]).toEqual([0, 0]);
    await next(change({ paused: false }, version));
    expect(await busyOf(plan.lee)).toBe(1);
    // The times known stand until the other address is read; nobody is shown either
    await next(change({ address: `${address}?other` }, version));
    expect(await busyOf(plan.lee)).toBe(1);
    served = { ...served, text: file(), tag: '"5"' };
    await round();
    expect(await busyOf(plan.lee)).toBe(0);
    await next(undo(version));
    expect((await change({ address: 'ftp://no' }, version)).body.fields?.address).toMatch(
      /^Give the calendar/,
    );
    const body = { physicianId: plan.lee, name: 'File', file: file() };
    const { calendarId } = await practice.manager.do(api.addCalendar, { body });
    const ofFile = { params: { calendarId }, body: { version: 1, address } };
    expect((await practice.manager.ask(api.changeCalendar, ofFile)).status).toBe(409);
    expect((await desk.ask(api.changeCalendar, ofFile)).status).toBe(403);
  });

  it('a demo practice reads nothing outside', async () => {
    const demo = await office.practice({ kind: 'demo' });
    const other = await setUpSchedule(demo, 0);
    const body = { physicianId: other.lee, name: 'Phone', address };
    expect((await demo.manager.ask(api.addCalendar, { body })).status).toBe(403);
    expect((await desk.ask(api.addCalendar, { body })).status).toBe(403);
  });
});
