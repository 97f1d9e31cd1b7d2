/** Callers that ask the office the same kind of thing, one request after another on each connection. */
import { randomUUID } from 'node:crypto';
import type { Opening } from '../src/features/schedule/openings/schema.ts';
import type { SetupSummary } from '../src/features/schedule/setup/schema.ts';
import { addDays, isoWeekday } from '../src/platform/calendar/dates.ts';
import { seeded } from '../src/platform/random.ts';
import { type Answered, openCaller } from './caller.ts';
import { measureDesks } from './forty-desks.ts';

export type Figures = {
  request: string;
  connections: number;
  p50: number;
  p95: number;
  p99: number;
  perSecond: number;
  /** of the server's process, per request */
  cpuMs: number | null;
  /** of all of PostgreSQL's processes, per request */
  pgCpuMs: number | null;
  /** of an answer's body as it was sent */
  bytes: number;
  /** p50 against that of `GET /api/health` at as many connections */
  timesHealth: number;
  /** requests that were not answered with 200 */
  refused: number;
};

type Ask = (index: number) => Promise<boolean>;
type Office = {
  token: string;
  close(): void;
  get(path: string): Promise<Answered>;
  post(path: string, body: unknown): Promise<Answered>;
};

const scraps = [
  ...['smith', 'joh', 'garc', 'ngu', 'mar', 'lee', 'smit jam', 'wils', '1954', 'patel', 'sofia', 'kowalsk'],
  ...['555-01', '0123', 'jonson', 'hernadez', 'peggy', 'o brien', 'ann cl', 'willams'],
];

const parsed = (answer: Answered) => JSON.parse(answer.body.toString());

async function signIn(url: string): Promise<Office> {
  const { send, close } = openCaller(url);
  const session = { email: 'secretary@demo.test', password: 'demo-desk', kind: 'bearer' };
  const { token } = parsed(await send('POST', '/api/session', {}, session));
  // As a browser asks: large answers come packed.
  const headers = { authorization: `Bearer ${token}`, 'accept-encoding': 'gzip' };
  const plain = { authorization: `Bearer ${token}` };
  return {
    token,
    close,
    get: (path) => send('GET', path, path.startsWith('/api/schedule/setup') ? plain : headers),
    post: (path, body) => send('POST', path, { ...plain, 'idempotency-key': randomUUID() }, body),
  };
}

let bytes = 0;

async function isGood(answer: Promise<Answered>): Promise<boolean> {
  const got = await answer;
  bytes += got.body.length;
  return got.status === 200;
}
const round = (value: number, digits = 1) => Number(value.toFixed(digits));

/** CPU so far, in ms: of the office and of PostgreSQL; null where it cannot be read. */
export type Cpu = { office(): number | null; postgres(): number | null };

type Run = { request: string; connections: number; ask: Ask; seconds: number; most?: number };

async function run({ request, connections, ask, seconds, most }: Run, cpu: Cpu) {
  const took: number[] = [];
  let refused = 0;
  let next = 0;
  const began = performance.now();
  const until = began + seconds * 1000;
  const before = { office: cpu.office(), postgres: cpu.postgres() };
  bytes = 0;
  const caller = async () => {
    while (performance.now() < until && next < (most ?? Number.POSITIVE_INFINITY)) {
      const index = next;
      next += 1;
      const at = performance.now();
      if (!(await ask(index))) refused += 1;
      took.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: connections }, caller));
  const elapsed = performance.now() - began;
  const after = { office: cpu.office(), postgres: cpu.postgres() };
  took.sort((a, b) => a - b);
  const at = (share: number) => round(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0);
  return {
    ...{ request, connections, p50: at(0.5), p95: at(0.95), p99: at(0.99), refused },
    perSecond: round((took.length / elapsed) * 1000, 0),
    cpuMs: each(before.office, after.office, took.length),
    pgCpuMs: each(before.postgres, after.postgres, took.length),
    bytes: Math.round(bytes / Math.max(1, took.length)),
  };
}

/** Today at forty open desks, two writes a second. */
export async function driveDesks(url: string, cpu: Cpu, seconds: number): Promise<Figures> {
  const before = { office: cpu.office(), postgres: cpu.postgres() };
  const took = await measureDesks(url, seconds);
  const at = (share: number) => round(took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0);
  return {
    ...{
      request: 'today, 40 desks',
      connections: 40,
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
      refused: 0,
    },
    perSecond: round(took.length / seconds, 0),
    cpuMs: each(before.office, cpu.office(), took.length),
    pgCpuMs: each(before.postgres, cpu.postgres(), took.length),
    ...{ bytes: 0, timesHealth: 0 },
  };
}

const each = (before: number | null, after: number | null, count: number) =>
  // A process of PostgreSQL that ended takes its CPU along: then nothing is said.
  before === null || after === null || count === 0 || after < before
    ? null
    : round((after - before) / count, 2);

/** Free ten minutes, each of a physician and a time of its own, in the weeks to come. */
async function gatherSlots(office: Office, setup: SetupSummary, today: string): Promise<Opening[]> {
  const type = setup.visitTypes.find((one) => one.code === 'tel');
  const slots: Opening[] = [];
  for (let week = 1; week <= 3; week++) {
    for (const physician of setup.physicians) {
      const from = addDays(today, week * 7);
      const body = { visitTypeId: type?.visitTypeId, physicianIds: [physician.resourceId], from, limit: 50 };
      const response = await office.post('/api/openings', { ...body, to: addDays(from, 6) });
      slots.push(...distinct(parsed(response).openings));
    }
  }
  return slots;
}

/** Openings begin every few minutes: of those that overlap only the first. */
function distinct(openings: readonly Opening[]): Opening[] {
  let free = 0;
  return openings.filter((one) => {
    const fits = Date.parse(one.startsAt) >= free;
    if (fits) free = Date.parse(one.endsAt);
    return fits;
  });
}

async function gatherPatients(office: Office): Promise<string[]> {
  const ids = new Set<string>();
  for (const text of scraps) {
    const response = await office.post('/api/patients/search', { text, limit: 20 });
    for (const hit of parsed(response).hits) if (!hit.deceased) ids.add(hit.patientId);
  }
  return [...ids];
}

function weekdays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) if (isoWeekday(date) <= 5) days.push(date);
  return days;
}

/** Someone who is nowhere else around that time: nobody is in two places. */
function somebodyFree(patients: readonly string[]): (startsAt: string) => string | undefined {
  const given = new Map<number, number>();
  return (startsAt) => {
    const hour = Math.floor(Date.parse(startsAt) / 3_600_000);
    const count = given.get(hour) ?? 0;
    given.set(hour, count + 1);
    return patients[(hour * 37 + count) % patients.length];
  };
}

type Booked = { visitId: string; version: number };

/** Every request of the office at 1 and at 16 connections; what was booked is cancelled again. */
export async function drive(url: string, cpu: Cpu, seconds: number): Promise<Figures[]> {
  const office = await signIn(url);
  const setup: SetupSummary = parsed(await office.get('/api/schedule/setup'));
  const today = new Date().toISOString().slice(0, 10);
  const [slots, patients] = [await gatherSlots(office, setup, today), await gatherPatients(office)];
  const typeIds = setup.visitTypes.filter((one) => ['fu', 'np', 'px'].includes(one.code));
  const tel = setup.visitTypes.find((one) => one.code === 'tel');
  const booked: Booked[] = [];
  const patientFor = somebodyFree(patients);
  let slot = 0;
  const book: Ask = async () => {
    const opening = slots[slot];
    slot += 1;
    if (!opening) return false;
    const patientId = patientFor(opening.startsAt);
    const { siteId, physicianId, startsAt } = opening;
    const response = await office.post('/api/visits', {
      ...{ patientId, visitTypeId: tel?.visitTypeId, siteId, physicianId, startsAt },
    });
    if (response.status === 200) booked.push(parsed(response).visit);
    bytes += response.body.length;
    return response.status === 200;
  };
  const cancel: Ask = async () => {
    const visit = booked.shift();
    if (!visit) return false;
    const body = { version: visit.version, reason: 'booked-twice' };
    return isGood(office.post(`/api/visits/${visit.visitId}/cancel`, body));
  };
  const random = seeded('bench');
  const asks: [string, Ask][] = [
    ['health', () => isGood(office.get('/api/health'))],
    ['search', () => isGood(office.post('/api/patients/search', { text: random.pick(scraps) }))],
    ['day', () => isGood(office.get(`/api/day?date=${addDays(today, random.below(10))}`))],
    ['today', () => isGood(office.get('/api/today'))],
    [
      'openings, 30 days',
      () => isGood(office.post('/api/openings', { visitTypeId: random.pick(typeIds).visitTypeId })),
    ],
  ];
  const figures: Figures[] = [];
  // Each asked for once: no one has looked at it, so nothing of it is remembered.
  const unseen = weekdays(addDays(today, 12), addDays(today, 88));
  const firstLook: Ask = () => isGood(office.get(`/api/day?date=${unseen.shift()}`));
  for (const connections of [1, 16]) {
    // As the first requests of a process are: plans and code are made then.
    for (const [, ask] of asks) await run({ request: '', connections, ask, seconds: 2 }, cpu);
    const done = [];
    for (const [request, ask] of asks) done.push(await run({ request, connections, ask, seconds }, cpu));
    if (connections === 1) {
      const first = { request: 'day, first look', connections, ask: firstLook, seconds: 30 };
      await run({ ...first, most: 15 }, cpu);
      done.push(await run({ ...first, most: unseen.length }, cpu));
    }
    const most = Math.floor(slots.length / 2);
    const desks = connections === 1 ? 1 : 32;
    done.push(await run({ request: 'book', connections: desks, ask: book, seconds, most }, cpu));
    const toCancel = booked.length;
    done.push(await run({ request: 'cancel', connections, ask: cancel, seconds, most: toCancel }, cpu));
    const health = done[0]?.p50 || 0.1;
    figures.push(...done.map((one) => ({ ...one, timesHealth: round(one.p50 / health) })));
  }
  office.close();
  return figures;
}
