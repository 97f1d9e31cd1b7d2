import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportRecord } from '../src/features/exports/api.ts';
import { openPatient, searchPatients } from '../src/features/patients/api.ts';
import { registerPatients } from '../src/features/patients/commands.ts';
import { makeAccessKey } from '../src/features/practice/access/api.ts';
import { restrictRecord } from '../src/features/privacy/restricted/commands.ts';
import { restrictedName } from '../src/features/privacy/veil/rules.ts';
import { readDay } from '../src/features/schedule/day/api.ts';
import { readVisit } from '../src/features/schedule/visits/api.ts';
import { bookVisit } from '../src/features/schedule/visits/commands.ts';
import { type RoleKey, roleKeys } from '../src/platform/contributions.ts';
import { type Desk, deskAt, openTestOffice, type TestOffice, type TestPractice } from './office.ts';
import { setUpSchedule, type TestSchedule } from './practice.ts';

/**
 * Who sees whom: a line for each who and each situation, a cell for each way in, kept in who-sees-what.txt, so that
 * a review sees every change of it. `UPDATE_MATRIX=1` writes it anew.
 *
 * name: shown by name · hidden: shown as someone · none: not shown · yes: opened · why: asked for a reason
 * glass: must break the glass · no: refused. FHIR says `why` for either: it has no words for the difference.
 */
const file = path.join(import.meta.dirname, 'who-sees-what.txt');
const situations = [
  'with a visit near today',
  'without',
  'restricted',
  'restricted, on its list',
  'the own record',
  'a colleague’s record',
  'after break-the-glass',
  'after that has expired',
  'in emergency access, restricted',
  'in emergency access, without',
] as const;
type Situation = (typeof situations)[number];
const ways = ['search', 'record', 'day', 'visit', 'fhir', 'export'] as const;
type Way = (typeof ways)[number];
const viewers = [...roleKeys, 'access key'] as const;
type Viewer = (typeof viewers)[number];

const visited: readonly Situation[] = situations.filter((one) => !one.endsWith('without'));
const restricted: readonly Situation[] = situations.filter((one) => /restricted|glass|expired/.test(one));
const bornOn = '1971-05-06';
const day = '2026-03-04';

let office: TestOffice;
let practice: TestPractice;
let plan: TestSchedule;
const people = new Map<string, { patientId: string; family: string; visitId?: string }>();
const desks = new Map<string, Desk>();

beforeAll(async () => {
  office = await openTestOffice();
  practice = await office.practice({ asksWhy: true });
  plan = await setUpSchedule(practice, 0);
  for (const viewer of viewers) await addViewer(viewer);
  await addPeople();
});
afterAll(() => office.close());

const roleOf = (viewer: Viewer): RoleKey => (viewer === 'access key' ? 'secretary' : viewer);

/** One account for what is ordinary and one for emergencies. */
async function addViewer(viewer: Viewer): Promise<void> {
  const desk = await practice.as(roleOf(viewer));
  const calm = viewer === 'access key' ? await keyFor(desk) : desk;
  desks.set(`${viewer} calm`, { ...calm, accountId: desk.accountId, staffId: desk.staffId });
  const other = await practice.as(roleOf(viewer));
  await breakFor(other, null);
  const alarmed = viewer === 'access key' ? await keyFor(other) : other;
  desks.set(`${viewer} emergency`, { ...alarmed, accountId: other.accountId, staffId: other.staffId });
}

async function keyFor({ accountId }: Desk): Promise<Desk> {
  const body = { accountId, label: 'Sync', purpose: 'Nightly copy' };
  const { key } = await practice.manager.do(makeAccessKey, { body });
  return deskAt(office.url, key);
}

/** Broken already, so that roles which may not break glass are in the table as well. */
async function breakFor(desk: Desk, patientId: string | null, until = '2026-03-04T16:00:00Z'): Promise<void> {
  await practice.tx(async (tx) => {
    await sql`
      insert into broken_glass (practice_id, glass_id, account_id, staff_id, patient_id, reason, at, until)
      values (${tx.practiceId}, gen_random_uuid(), ${desk.accountId}, ${desk.staffId}, ${patientId},
        'for the table of who sees what', ${until}::timestamptz - interval '1 hour', ${until})`.execute(
      tx.db,
    );
    tx.touch('privacy');
  });
}

async function addPeople(): Promise<void> {
  let slot = 0;
  const all = viewers.flatMap((viewer) => situations.map((situation) => ({ viewer, situation })));
  const letters = (n: number) => String.fromCharCode(97 + Math.floor(n / 26), 97 + (n % 26));
  await practice.tx(async (tx) => {
    for (const [at, { viewer, situation }] of all.entries()) {
      const family = `Zq${letters(at)}ton`;
      const [made] = await registerPatients(tx, [{ familyName: family, givenName: 'Ida', bornOn }]);
      const patientId = made?.patientId ?? '';
      const one: { patientId: string; family: string; visitId?: string } = { patientId, family };
      if (visited.includes(situation)) {
        // A quarter of an hour each, four hours in the morning and four in the afternoon.
        const hour = slot % 32 < 16 ? '13' : '18';
        const startsAt = new Date(Date.parse(`${day}T${hour}:00:00Z`) + (slot % 16) * 900_000).toISOString();
        const physicianId = slot < 32 ? plan.lee : plan.okoye;
        slot += 1;
        const visit = await bookVisit(tx, {
          ...{ patientId, visitTypeId: plan.followUp, physicianId, siteId: plan.main, startsAt },
          ...{ reason: '', note: '', resourceIds: [] },
        });
        one.visitId = visit.visitId;
      }
      const role = roleOf(viewer);
      if (restricted.includes(situation))
        await restrictRecord(tx, patientId, {
          ...{ kind: 'vip', note: '', accountIds: [], careTeam: false, version: 0 },
          roles: situation === 'restricted, on its list' ? [role] : [],
        });
      people.set(`${viewer} ${situation}`, one);
    }
  });
  for (const { viewer, situation } of all) await prepare(viewer, situation);
}

async function prepare(viewer: Viewer, situation: Situation): Promise<void> {
  const desk = desks.get(`${viewer} calm`);
  const patientId = people.get(`${viewer} ${situation}`)?.patientId ?? '';
  if (!desk) throw new Error('Everyone has a desk.');
  if (situation === 'after break-the-glass') await breakFor(desk, patientId);
  if (situation === 'after that has expired') await breakFor(desk, patientId, '2026-03-04T14:59:00Z');
  const links: Partial<Record<Situation, string>> = {
    'the own record': desk.staffId,
    'a colleague’s record': (await practice.as('nurse')).staffId,
  };
  const staffId = links[situation];
  if (!staffId) return;
  await practice.tx(async (tx) => {
    await sql`insert into staff_patients values (${tx.practiceId}, ${staffId}, ${patientId})`.execute(tx.db);
    tx.touch('privacy');
  });
}

function outcome({ status, body }: { status: number; body: { asks?: unknown } }): string {
  if (status === 200) return 'yes';
  if (status === 428) return Object(body.asks).what === 'restricted' ? 'glass' : 'why';
  if (status === 403) return 'no';
  return `${status}`;
}

type Whom = { patientId: string; family: string; visitId?: string };
const looks: Record<Way, (desk: Desk, whom: Whom) => Promise<string>> = {
  // By the last name, as someone would who is curious.
  search: async (desk, { family }) => {
    const { status, body } = await desk.ask(searchPatients, { body: { text: family } });
    if (status !== 200) return 'no';
    return body.hits.some((hit) => hit.fileName.startsWith(family)) ? 'name' : 'none';
  },
  record: async (desk, { patientId }) => outcome(await desk.ask(openPatient, { params: { id: patientId } })),
  day: async (desk, { patientId }) => {
    const { status, body } = await desk.ask(readDay, { query: { date: day } });
    if (status !== 200) return 'no';
    const shown = body.visits.find((visit) => visit.patientId === patientId);
    if (!shown) return 'none';
    return shown.patient === restrictedName ? 'hidden' : 'name';
  },
  visit: async (desk, { visitId }) =>
    visitId ? outcome(await desk.ask(readVisit, { params: { id: visitId } })) : 'none',
  fhir: async (desk, { patientId }) => {
    const headers = { authorization: `Bearer ${desk.token}` };
    const answer = await fetch(`${office.url}/fhir/R4/Patient/${patientId}`, { headers });
    return outcome({ status: answer.status, body: (await answer.json()) as object });
  },
  export: async (desk, { patientId }) =>
    outcome(
      await desk.ask(exportRecord, {
        params: { id: patientId },
        body: { recipient: 'Them', purpose: 'Asked' },
      }),
    ),
};

const lineOf = (viewer: Viewer, situation: Situation, cells: readonly string[]) =>
  `${`${viewer} | ${situation}`.padEnd(48)} | ${ways.map((way, at) => `${way} ${cells[at]}`).join(' | ')}`.trimEnd();

const kept = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
const written: string[] = [];
afterAll(() => {
  if (process.env.UPDATE_MATRIX) writeFileSync(file, `${written.join('\n')}\n`);
});

describe.each(viewers)('%s', (viewer) => {
  it.each(situations)('%s', async (situation) => {
    const desk = desks.get(`${viewer} ${situation.startsWith('in emergency') ? 'emergency' : 'calm'}`);
    const whom = people.get(`${viewer} ${situation}`);
    if (!desk || !whom) throw new Error('Everyone is prepared.');
    const cells: string[] = [];
    for (const way of ways) cells.push(await looks[way](desk, whom));
    const line = lineOf(viewer, situation, cells);
    written.push(line);
    if (!process.env.UPDATE_MATRIX) expect(kept).toContain(line);
  });
});

it('the table has these lines and no others', () => {
  const names = viewers.flatMap((viewer) => situations.map((situation) => `${viewer} | ${situation}`));
  if (!process.env.UPDATE_MATRIX)
    expect(kept.map((line) => line.split(' | ').slice(0, 2).join(' | ').trim())).toEqual(names);
});
