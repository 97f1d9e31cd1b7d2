import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import {
  birthFields,
  getPage,
  inventedToken,
  linkTo,
  openLink,
  type Page,
  postForm,
} from '../../../../test/patient-pages.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { permissions, routes, todayBoard } from '../../../app/lists.ts';
import { readToday } from '../../../app/pages/today/today-api.ts';
import type { PublicOffice, PublicRequest } from '../../../platform/http/public-endpoint.ts';
import { bookVisit, readVisit } from '../../schedule/visits/api.ts';
import { makeVisitLink, seeLink } from '../api.ts';
import { lookAtDoor } from '../doors/commands.ts';
import { mostMisses } from './rules.ts';

const born = '1961-03-14';
const wrong = '1961-03-15';
const pace = todayBoard.paceMs;

describe('links', () => {
  let office: TestOffice;
  let base: string;
  let practice: TestPractice;
  let plan: TestSchedule;
  let ana: Desk;
  let link: string;
  let visitId: string;
  beforeAll(async () => {
    todayBoard.paceMs = 0;
    office = await openTestOffice();
    base = await office.openPublic();
  });
  beforeEach(async () => {
    // Each test an hour of its own: guesses of the one before are not counted
    office.clock.advance(60 * 60_000);
    practice = await office.practice();
    plan = await setUpSchedule(practice, 3);
    ana = await practice.as('secretary');
    await practice.tx((tx) => sql`update patients set born_on = ${born}`.execute(tx.db));
    const body = {
      ...{ patientId: plan.patients[0]!, visitTypeId: plan.followUp, siteId: plan.main },
      ...{ physicianId: plan.lee, startsAt: '2026-03-12T10:00:00-04:00' },
    };
    visitId = (await ana.do(bookVisit, { body })).visit.visitId;
    link = await linkTo(practice, { subjectId: visitId, patientId: plan.patients[0]! });
  });
  afterAll(() => {
    todayBoard.paceMs = pace;
    return office.close();
  });

  /** What somebody sees who knows nothing: all of it, but for the moment. */
  const seen = ({ status, text, headers }: Page) => ({
    ...{ status, text },
    headers: [...headers.entries()].filter(([name]) => name !== 'date'),
  });
  const never = async () => seen(await getPage(`${base}/my?k=${inventedToken()}`));
  const keyOf = (address: string) => new URL(address).searchParams.get('k') ?? '';

  it('changed by a letter answer as one that never was', async () => {
    const key = keyOf(link);
    for (const at of [0, 1, 12, 23, key.length - 1]) {
      const letter = key[at] === 'o' ? 'w' : 'o';
      const changed = key.slice(0, at) + letter + key.slice(at + 1);
      expect(seen(await getPage(`${base}/my?k=${changed}`))).toEqual(await never());
    }
    for (const odd of ['', 'x', `${key}a`, key.slice(1), '%00', "' or 1=1"])
      expect(seen(await getPage(`${base}/my?k=${encodeURIComponent(odd)}`))).toEqual(await never());
  });

  it('that are used answer so, and a form sent again does nothing twice', async () => {
    const open = await openLink(link, born);
    const asked = await postForm(link, open.fields('ask-cancel'));
    const form = { ...asked.fields('cancel'), why: 'plans' };
    expect((await postForm(link, form)).status).toBe(200);
    const version = (await ana.do(readVisit, { params: { id: visitId } })).visit.version;
    expect(seen(await postForm(link, form))).toEqual(await never());
    expect(seen(await getPage(link))).toEqual(await never());
    expect((await ana.do(readVisit, { params: { id: visitId } })).visit.version).toBe(version);
  });

  it('that two phones use at once act once', async () => {
    const open = await openLink(link, born);
    const asked = await postForm(link, open.fields('ask-cancel'));
    const form = { ...asked.fields('cancel'), why: 'plans' };
    const both = await Promise.all([postForm(link, form), postForm(link, form)]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 404]);
  });

  it('that have run out answer so, also with a pass of a moment ago', async () => {
    const short = await linkTo(practice, { subjectId: visitId, patientId: plan.patients[0]!, days: 0.005 });
    const open = await openLink(short, born);
    office.clock.advance(10 * 60_000);
    expect(seen(await getPage(short))).toEqual(await never());
    expect(seen(await postForm(short, open.fields('confirm')))).toEqual(await never());
  });

  it('ask for the birth date again after twenty minutes, and a pass of one link opens no other', async () => {
    const open = await openLink(link, born);
    const other = await linkTo(practice, { subjectId: visitId, patientId: plan.patients[0]! });
    const borrowed = { ...open.fields('confirm'), k: keyOf(other) };
    expect((await postForm(other, borrowed)).title).toBe('The patient’s birth date, please');
    office.clock.advance(21 * 60_000);
    expect((await postForm(link, open.fields('confirm'))).title).toBe('The patient’s birth date, please');
  });

  it('are dead after so many wrong birth dates, which the desk hears of; the right one is too late', async () => {
    const ask = () => postForm(link, { k: keyOf(link), ...birthFields(wrong) });
    for (let miss = 1; miss < mostMisses; miss++) {
      const page = await ask();
      expect([page.status, page.title]).toEqual([200, 'The patient’s birth date, please']);
      expect(page.text).not.toContain('Dr. Lee');
    }
    expect(seen(await ask())).toEqual(await never());
    expect(seen(await postForm(link, { k: keyOf(link), ...birthFields(born) }))).toEqual(await never());
    const { duties } = await ana.do(readToday, { query: { who: 'everyone' } });
    const duty = duties.find((one) => one.kind === 'online.link-shut');
    expect(duty?.title).toContain('Link shut after wrong birth dates');
    await ana.do(seeLink, { params: { id: duty!.subjectId } });
    const after = (await ana.do(readToday, { query: { who: 'everyone' } })).duties;
    expect(after.some((one) => one.kind === 'online.link-shut')).toBe(false);
    const { rows } = await practice.tx((tx) =>
      sql<{ action: string }>`
        select action from audit_records where action in ('link.missed', 'link.shut') order by seq`.execute(
        tx.db,
      ),
    );
    expect(rows.map((row) => row.action)).toEqual([...Array(mostMisses).fill('link.missed'), 'link.shut']);
  });

  it('cannot be tried one after the other: an address that guesses is slowed down, whatever it sends then', async () => {
    const statuses = new Map<number, number>();
    for (let tries = 0; tries < 50; tries++) {
      // Under the limit of a minute, which is another one
      office.clock.advance(2_000);
      const { status } = await getPage(`${base}/my?k=${inventedToken()}`);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses.keys()]).toEqual([404, 429]);
    expect(statuses.get(404)).toBe(40);
    expect((await getPage(link)).status).toBe(429);
    office.clock.advance(16 * 60_000);
    expect((await getPage(link)).status).toBe(200);
  });

  it('that are guessed are in the log: the same guesser known again, no token and no address', async () => {
    const lines: object[] = [];
    const log = { warn: (line: object) => lines.push(line) } as unknown as PublicOffice['log'];
    const guess = (address: string) => {
      const query = new URLSearchParams({ k: inventedToken() });
      const request = { requestId: 'r', address, query } as unknown as PublicRequest;
      return lookAtDoor({ store: office.store, log, url: base }, request);
    };
    for (const address of ['203.0.113.7', '203.0.113.7', '203.0.113.8'])
      expect(await guess(address)).toEqual({ kind: 'sorry' });
    const from = lines.map((line) => Object.entries(line).toString());
    expect([from[0] === from[1], from[0] === from[2]]).toEqual([true, false]);
    expect(from.join()).toMatch(/^requestId,r,from,[0-9a-f]{12},/);
    expect(from.join()).not.toContain('203.0.113');
  });

  it('leave their secret nowhere: a fingerprint in the database, none in the audit', async () => {
    const key = keyOf(link);
    await openLink(link, born);
    const { rows } = await practice.tx((tx) =>
      sql<{ links: string; records: string }>`
        select (select json_agg(l)::text from patient_links l) as links,
          (select json_agg(r)::text from audit_records r) as records`.execute(tx.db),
    );
    expect(`${rows[0]?.links}${rows[0]?.records}`).not.toContain(key.slice(1, 23));
  });

  it('are looked at and used as the patient’s own acts', async () => {
    const open = await openLink(link, born);
    await postForm(link, open.fields('confirm'));
    const { rows } = await practice.tx((tx) =>
      sql<{ action: string; requestId: string; accountId: string | null }>`
        select action, request_id, account_id from audit_records
        where action in ('link.opened', 'visit.confirmed') order by seq`.execute(tx.db),
    );
    expect(rows.map((row) => row.action)).toEqual(['link.opened', 'visit.confirmed']);
    expect(rows.every((row) => row.requestId.startsWith('patient:') && row.accountId === null)).toBe(true);
  });

  it('are given at the desk by who may, for a visit that is ahead of someone whose birth date is known', async () => {
    const params = { id: visitId };
    const { url, expiresAt } = await ana.do(makeVisitLink, { params });
    expect(url.startsWith(`${base}/my?k=v`)).toBe(true);
    expect(expiresAt).toBe('2026-03-12T14:00:00.000Z');
    expect((await openLink(url, born)).title).toBe('Your visit');
    const biller = await practice.as('biller');
    expect((await biller.ask(makeVisitLink, { params })).status).toBe(403);
    await practice.tx((tx) => sql`update patients set born_on = null`.execute(tx.db));
    const refused = await ana.ask(makeVisitLink, { params });
    expect([refused.status, refused.body.message]).toEqual([
      409,
      'The birth date opens the link. Write it into the record first.',
    ]);
    expect(seen(await getPage(url))).toEqual(await never());
  });

  it('tell nothing of somebody who has died, or of a record that is no more', async () => {
    await practice.tx((tx) => sql`update patients set deceased = true`.execute(tx.db));
    expect(seen(await getPage(link))).toEqual(await never());
  });
});

describe('the public listener', () => {
  let office: TestOffice;
  let base: string;
  beforeAll(async () => {
    office = await openTestOffice();
    base = await office.openPublic();
  });
  afterAll(() => office.close());

  it('knows no route of the desk or of programs, whoever asks', async () => {
    const practice = await office.practice();
    const asked = new Set<number>();
    expect(permissions.length).toBeGreaterThan(20);
    for (const { endpoint } of routes) {
      office.clock.advance(60_000);
      const path = endpoint.path.replace(/:\w+/g, practice.practiceId);
      const response = await fetch(base + path, {
        method: endpoint.method,
        headers: {
          authorization: `Bearer ${practice.manager.token}`,
          'idempotency-key': 'a-key-of-a-desk',
          'x-frontdesk': '1',
        },
      });
      asked.add(response.status);
    }
    for (const path of [
      '/',
      '/today',
      '/api/session',
      '/api/live',
      '/api/openapi.json',
      '/desk.html',
      '/fhir/R4/metadata',
    ])
      asked.add((await fetch(base + path)).status);
    expect([...asked]).toEqual([404]);
  });

  it('takes forms alone, and small ones; its pages run no script, load nothing and set no cookie', async () => {
    const page = await getPage(`${base}/my?k=x`);
    expect(page.headers.get('set-cookie')).toBeNull();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain('script-src');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.text).not.toMatch(/<script|onclick|https?:\/\//);
    const json = await fetch(`${base}/my`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(400);
    const large = await fetch(`${base}/my`, {
      method: 'POST',
      body: new URLSearchParams({ k: 'x'.repeat(20_000) }),
    });
    expect(large.status).toBe(413);
    expect((await large.text()).includes('This page cannot be opened')).toBe(true);
  });

  it('lets an address ask so often in a minute and no more', async () => {
    office.clock.advance(60_000);
    const statuses = [];
    for (let index = 0; index < 35; index++) statuses.push((await postForm(`${base}/my`, { k: '' })).status);
    expect(statuses.slice(0, 30).every((one) => one === 404)).toBe(true);
    expect(statuses.slice(30)).toEqual(Array(5).fill(429));
  });
});
