import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import ICAL from 'ical.js';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { registerPatients } from '../../patients/commands.ts';
import * as visits from '../visits/api.ts';
import * as api from './api.ts';

const tools = '../../../../scripts/parts/tools.mjs';
const khal: string | undefined = (await import(tools)).findKhal();

/** The events of a file, by when they begin. */
function eventsOf(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents('vevent').map((one) => {
    const event = new ICAL.Event(one);
    return {
      uid: event.uid,
      sequence: event.sequence,
      startsAt: event.startDate.toJSDate().toISOString(),
      endsAt: event.endDate.toJSDate().toISOString(),
      summary: event.summary,
      location: event.location,
    };
  });
}

/** What khal, a calendar of its own, shows of a file, in a folder of its own. */
function listInKhal(text: string, ...days: string[]): string {
  const home = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-khal-'));
  try {
    const calendar = path.join(home, 'calendar');
    mkdirSync(calendar);
    writeFileSync(path.join(home, 'feed.ics'), text);
    const config = `[calendars]\n[[office]]\npath = ${calendar}\n[locale]\nlocal_timezone = America/New_York\ndefault_timezone = America/New_York\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = ${home}/khal.db\n`;
    writeFileSync(path.join(home, 'config'), config);
    const run = (...words: string[]) => {
      const env = {
        PATH: process.env.PATH,
        LC_ALL: 'C.UTF-8',
        HOME: home,
        XDG_DATA_HOME: home,
        XDG_CACHE_HOME: home,
        XDG_CONFIG_HOME: home,
      };
      const done = spawnSync(khal ?? 'khal', ['-c', path.join(home, 'config'), ...words], {
        encoding: 'utf8',
        env,
      });
      expect(done.status, done.stderr).toBe(0);
      return done.stdout;
    };
    run('import', '--batch', '-a', 'office', path.join(home, 'feed.ics'));
    const format = '{start-date} {start-time}-{end-time} {title} @ {location}';
    return days
      .map((day) => run('list', '--notstarted', '--format', format, '--day-format', '', day, '1d'))
      .join('');
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

describe('a physician’s feed', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  let feedPath: string;
  beforeAll(async () => {
    office = await openTestOffice();
    practice = await office.practice();
    plan = await setUpSchedule(practice, 1);
    desk = await practice.as('secretary');
  });
  afterAll(() => office.close());

  const book = async (startsAt: string, patientId = plan.patients[0] ?? '') =>
    (
      await desk.do(visits.bookVisit, {
        body: {
          patientId,
          visitTypeId: plan.newPatient,
          siteId: plan.main,
          physicianId: plan.lee,
          startsAt,
          reason: 'secret reason',
        },
      })
    ).visit;
  const read = (address = feedPath, headers: Record<string, string> = {}) =>
    fetch(office.url + address, { headers });
  const make = async () => {
    const made = await practice.manager.do(api.makeFeed, { body: { physicianId: plan.lee } });
    feedPath = made.path;
    return made;
  };

  it('says times and kinds and no names, to the instant, also where the clocks change', async () => {
    await make();
    // New York goes from -5 to -4 on March 8, and back on November 1
    await book('2026-03-05T09:00:00-05:00');
    await book('2026-03-09T09:00:00-04:00');
    await book('2026-10-30T09:00:00-04:00');
    await book('2026-11-02T09:00:00-05:00');
    const answer = await read();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ]);
    const text = await answer.text();
    expect(text).not.toMatch(/Person|Test|secret/);
    expect(eventsOf(text).map(({ startsAt, endsAt, summary }) => [startsAt, endsAt, summary])).toEqual([
      ['2026-03-05T14:00:00.000Z', '2026-03-05T14:30:00.000Z', 'New patient'],
      ['2026-03-09T13:00:00.000Z', '2026-03-09T13:30:00.000Z', 'New patient'],
      ['2026-10-30T13:00:00.000Z', '2026-10-30T13:30:00.000Z', 'New patient'],
      ['2026-11-02T14:00:00.000Z', '2026-11-02T14:30:00.000Z', 'New patient'],
    ]);
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
  });

  it.runIf(khal)('opens in khal, at the hours of the wall', async () => {
    const listed = listInKhal(
      await (await read()).text(),
      '2026-03-05',
      '2026-03-09',
      '2026-10-30',
      '2026-11-02',
    );
    const days = ['2026-03-05', '2026-03-09', '2026-10-30', '2026-11-02'];
    const lines = listed.trim().split('\n');
    expect(lines).toHaveLength(4);
    for (const [at, day] of days.entries())
      expect(lines[at]).toMatch(new RegExp(`^${day} 09:00-09:30 New patient @ .*, Room 1$`));
  });

  it('is not sent again until something changed; a visit that moves keeps its id, one that is cancelled goes', async () => {
    const first = await read();
    const before = eventsOf(await first.text());
    const tag = first.headers.get('etag') ?? '';
    expect((await read(feedPath, { 'if-none-match': tag })).status).toBe(304);
    const { visits: mine } = await desk.do(visits.listPatientVisits, {
      params: { id: plan.patients[0] ?? '' },
      query: { limit: 20 },
    });
    const moved = mine.find((one) => one.startsAt === '2026-03-05T14:00:00.000Z');
    const gone = mine.find((one) => one.startsAt === '2026-11-02T14:00:00.000Z');
    await desk.do(visits.moveVisit, {
      params: { id: moved?.visitId ?? '' },
      body: { version: moved?.version ?? 0, startsAt: '2026-03-05T10:00:00-05:00' },
    });
    await desk.do(visits.cancelVisit, {
      params: { id: gone?.visitId ?? '' },
      body: { version: gone?.version ?? 0, reason: 'patient-asked' },
    });
    const again = await read(feedPath, { 'if-none-match': tag });
    expect(again.status).toBe(200);
    const after = eventsOf(await again.text());
    expect(after).toHaveLength(3);
    expect([after[0]?.uid, after[0]?.startsAt]).toEqual([before[0]?.uid, '2026-03-05T15:00:00.000Z']);
    expect(after[0]?.sequence).toBeGreaterThan(before[0]?.sequence ?? 0);
    expect(after[1]).toEqual(before[1]);
  });

  it('shows initials or names only where the practice decided so, and whom is on record', async () => {
    const [nguyen] = await practice.tx((tx) =>
      registerPatients(tx, [{ familyName: 'Nguyễn', givenName: 'Thị Ánh', preferredName: '' }]),
    );
    const visit = await book('2026-03-06T11:00:00-05:00', nguyen?.patientId);
    const summaries = async () => eventsOf(await (await read()).text()).map((one) => one.summary);
    const set = (names: 'initials' | 'names' | 'none', version: number) =>
      practice.manager.do(api.changeFeedSettings, { body: { names, version } });
    await set('initials', 1);
    expect(await summaries()).toContain('New patient: T.N.');
    await set('names', 2);
    expect(await summaries()).toContain('New patient: Thị Ánh Nguyễn');
    const stale = await practice.manager.ask(api.changeFeedSettings, { body: { names: 'none', version: 2 } });
    expect(stale.status).toBe(409);
    await read();
    const { rows } = await practice.tx((tx) =>
      sql<{ action: string; subjectIds: string[] }>`
        select action, subject_ids from audit_records where practice_id = ${practice.practiceId}
          and action like 'feed.%' and account_id is null order by seq desc limit 50`.execute(tx.db),
    );
    const named = rows.filter((row) => row.action === 'feed.named');
    expect(named.flatMap((row) => row.subjectIds).filter((id) => id === visit.visitId)).toHaveLength(1);
    expect(rows.filter((row) => row.action === 'feed.read').length).toBeGreaterThan(4);
    await set('none', 3);
  });

  it('stops with a new address or at once, and says nothing to who guesses', async () => {
    const old = feedPath;
    const { feedId } = await make();
    expect((await read(old)).status).toBe(404);
    expect((await read()).status).toBe(200);
    await practice.manager.do(api.revokeFeed, { params: { feedId } });
    const gone = await read();
    const wrong = await read('/feeds/visits.ics?key=nothing');
    const { requestId: _one, ...first } = (await gone.json()) as Record<string, unknown>;
    const { requestId: _two, ...second } = (await wrong.json()) as Record<string, unknown>;
    expect([gone.status, wrong.status, first]).toEqual([404, 404, second]);
    expect((await read('/feeds/visits.ics')).status).toBe(404);
    const kept = await practice.tx((tx) =>
      sql<{ feedId: string }>`select feed_id from calendar_feeds order by created_at limit 9`.execute(tx.db),
    );
    expect(kept.rows).toHaveLength(2);
    const tries = [];
    for (let i = 0; i < 40; i++) tries.push((await read(`/feeds/visits.ics?key=guess-${i}`)).status);
    expect(tries.at(-1)).toBe(429);
  });

  it('a physician makes their own; others have none to make', async () => {
    office.clock.advance(20 * 60_000);
    const doctor = await practice.as('physician');
    expect((await doctor.do(api.findOwnFeed)).feed).toBeNull();
    expect((await doctor.ask(api.makeOwnFeed)).status).toBe(404);
    expect((await doctor.ask(api.listFeeds)).status).toBe(403);
    expect((await desk.ask(api.findOwnFeed)).status).toBe(403);
    await practice.tx(async (tx) => {
      await sql`
        update resources set staff_id = ${doctor.staffId}
        where practice_id = ${tx.practiceId} and resource_id = ${plan.lee}`.execute(tx.db);
    });
    feedPath = (await doctor.do(api.makeOwnFeed)).path;
    expect((await read()).status).toBe(200);
    expect((await doctor.do(api.findOwnFeed)).feed?.feed?.readAt).not.toBeNull();
    await doctor.do(api.revokeOwnFeed);
    expect((await read()).status).toBe(404);
  });
});
