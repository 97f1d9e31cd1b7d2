import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../../test/practice.ts';
import { arriveVisit, bookVisit } from '../../visits/api.ts';
import { usualSettings } from '../rules.ts';
import * as api from './api.ts';
import { drawWall } from './print.ts';
import { wallLanes } from './rules.ts';

describe.each(eitherStorage)('a screen on the wall on %s storage', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  let path: string;
  let wallId: string;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    plan = await setUpSchedule(practice, 3);
    desk = await practice.as('secretary');
    const made = await practice.manager.do(api.makeWall, { body: { name: 'Waiting <room>' } });
    [path, wallId] = [made.path, made.wallId];
    const at = { visitTypeId: plan.followUp, siteId: plan.main, physicianId: plan.lee };
    for (const [n, hour] of ['15:00', '15:15', '15:30'].entries()) {
      const body = { ...at, patientId: plan.patients[n] ?? '', startsAt: `2026-03-04T${hour}:00.000Z` };
      const { visit } = await desk.do(bookVisit, { body: { ...body, reason: 'a secret' } });
      const params = { id: visit.visitId };
      if (n === 0) await desk.do(arriveVisit, { params, body: { version: visit.version } });
    }
    office.clock.set('2026-03-04T15:20:00.000Z');
  });
  afterAll(() => office.close());

  const read = (headers: Record<string, string> = {}) => fetch(office.url + path, { headers });
  const initials = (text: string) => [...text.matchAll(/<li[^>]*><b>([^<]*)/g)].map(([, who]) => who);

  it('shows who waits by initials, for how long, and no name or reason', async () => {
    const answer = await read();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(answer.headers.get('set-cookie')).toBeNull();
    const text = await answer.text();
    expect(initials(text)).toEqual(['P. T.', 'P. T.', 'P. T.']);
    expect(text).not.toMatch(/Person|Test|secret|patients/);
    expect(text).toContain('<h1>Waiting &lt;room&gt;</h1>');
    expect(text).toContain('20 min ! long');
    const script = await fetch(`${office.url}/wall/screen.js`);
    expect([script.status, script.headers.get('content-type')]).toEqual([
      200,
      'text/javascript; charset=utf-8',
    ]);
  });

  it('unchanged it is not sent again; that it is read is on record once an hour', async () => {
    const tag = (await read()).headers.get('etag') ?? '';
    expect((await read({ 'if-none-match': tag })).status).toBe(304);
    const { rows } = await practice.tx((tx) =>
      sql<{ at: string }>`select at from audit_records where action = 'wall.read' limit 10`.execute(tx.db),
    );
    expect(rows).toHaveLength(1);
    const { walls } = await practice.manager.do(api.listWalls, {});
    expect(walls).toMatchObject([{ wallId, siteName: '', readAt: '2026-03-04T15:20:00.000Z' }]);
  });

  it('is made by who sets the schedule up, of one site where they say so', async () => {
    expect((await desk.ask(api.listWalls, {})).status).toBe(403);
    expect((await desk.ask(api.makeWall, { body: { name: 'Mine' } })).status).toBe(403);
    const body = { name: 'West', siteId: plan.west };
    const west = await practice.manager.do(api.makeWall, { body });
    expect(initials(await (await fetch(office.url + west.path)).text())).toEqual([]);
    const nowhere = await practice.manager.ask(api.makeWall, { body: { name: 'X', siteId: plan.lee } });
    expect(nowhere.status).toBe(404);
  });

  it('leads nowhere once it is stopped, as any other key does', async () => {
    const params = { wallId };
    await practice.manager.do(api.revokeWall, { params });
    expect((await practice.manager.ask(api.revokeWall, { params })).status).toBe(404);
    const [stopped, wrong] = [await read(), await fetch(`${office.url}/wall?key=nothing`)];
    expect([stopped.status, wrong.status]).toEqual([404, 404]);
    const message = async (answer: Response) => ((await answer.json()) as { message: string }).message;
    expect(await message(stopped)).toBe(await message(wrong));
  });
});

describe('the words of a wall', () => {
  const visit = { visitId: 'v', initials: 'J. S.', physicianName: 'Dr. Lee', roomName: 'Room 1' };
  const at = (minutes: number) =>
    new Date(Date.parse('2026-03-04T15:00:00Z') + minutes * 60_000).toISOString();
  const wall = {
    now: at(70),
    timeZone: 'America/New_York',
    limits: usualSettings,
    visits: [
      { ...visit, state: 'booked' as const, startsAt: at(0) },
      {
        ...visit,
        state: 'in_room' as const,
        startsAt: at(60),
        arrivedAt: at(50),
        inRoomAt: at(64),
        initials: '',
      },
    ],
  };
  it('say who is late, who is where, and of nobody more than initials', () => {
    const lanes = wallLanes(wall);
    expect(lanes.map(({ title, count }) => [title, count])).toEqual([
      ['Next', 1],
      ['Waiting', 0],
      ['In room', 1],
      ['With physician', 0],
    ]);
    expect(lanes.flatMap((lane) => lane.lines)).toEqual([
      { who: 'J. S.', time: '10:00 am', wait: '! 1 h 10 min late', where: 'Dr. Lee · Room 1', isLong: true },
      { who: '–', time: '11:00 am', wait: '6 min', where: 'Dr. Lee · Room 1', isLong: false },
    ]);
  });
  it('run nothing that a name of a room holds', () => {
    const hostile = { ...wall, visits: [{ ...wall.visits[0]!, roomName: '<script>alert(1)</script>' }] };
    expect(drawWall(hostile, '<i>Hall')).not.toMatch(/<script>alert|<i>Hall/);
  });
});
