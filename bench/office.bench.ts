/**
 * The office under requests: search, day, openings and booking over HTTP on the demo's data, on the embedded
 * database and on PostgreSQL, at 1 and 16 connections. The baseline of the same run is `GET /api/health`
 * (no database): figures of different machines compare as ratios to it.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { asServerOwner, databaseUrl, login } from '../test/templates.ts';
import { drive, driveDesks, type Figures } from './office-load.ts';

const root = resolve(import.meta.dirname, '..');
/** BENCH_PATIENTS=50000 measures at the size of BASELINES; the default is made in half a minute. */
const size = {
  days: Number(process.env.BENCH_DAYS ?? 90),
  physicians: 20,
  patients: Number(process.env.BENCH_PATIENTS ?? 5000),
  seed: '7',
  ...(process.env.BENCH_PAST_VISITS ? { 'past-visits': Number(process.env.BENCH_PAST_VISITS) } : {}),
};
const secondsEach = Number(process.env.BENCH_SECONDS ?? 3);

type Place = { dataFolder: string; databaseUrl?: string; ownerUrl?: string; drop(): Promise<void> };

async function makeFolder(): Promise<Place> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'frontdesk-bench-'));
  return { dataFolder, drop: async () => rmSync(dataFolder, { recursive: true, force: true }) };
}

async function makeServerDatabase(): Promise<Place> {
  const place = await makeFolder();
  const name = `bench_${process.pid}`;
  await asServerOwner(async (client) => {
    await client.query(`do $$ begin create role ${login.user} login password '${login.password}';
      exception when duplicate_object then null; end $$`);
    await client.query(`create database ${name}`);
  });
  return {
    ...place,
    databaseUrl: databaseUrl(name, login),
    ownerUrl: databaseUrl(name),
    drop: async () => {
      await place.drop();
      await asServerOwner(async (client) => void (await client.query(`drop database ${name} with (force)`)));
    },
  };
}

function envOf(place: Place): NodeJS.ProcessEnv {
  return {
    ...process.env,
    FRONTDESK_DATA: place.dataFolder,
    LOG_LEVEL: 'error',
    ...(place.databaseUrl ? { DATABASE_URL: place.databaseUrl, DATABASE_OWNER_URL: place.ownerUrl } : {}),
  };
}

/** @returns seconds that it took */
function fill(place: Place): number {
  const began = performance.now();
  const options = Object.entries(size).flatMap(([name, value]) => [`--${name}`, String(value)]);
  execFileSync(process.execPath, ['dist/server/cli.js', 'simulate', ...options], {
    cwd: root,
    env: envOf(place),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return Math.round((performance.now() - began) / 1000);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

type Running = { url: string; child: ChildProcess; startMs: number; stop(): Promise<void> };

async function startOffice(place: Place): Promise<Running> {
  const port = await freePort();
  const began = performance.now();
  const env = { ...envOf(place), PORT: String(port) };
  const child = spawn(process.execPath, ['dist/server/cli.js', 'start'], { cwd: root, env, stdio: 'pipe' });
  child.stderr?.pipe(process.stderr);
  await new Promise<void>((done, fail) => {
    child.stdout?.on('data', (text: Buffer) => String(text).includes('is open at') && done());
    child.once('exit', (code) => fail(new Error(`The office ended with ${code} before it opened.`)));
  });
  const stop = async () => {
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
  };
  return { url: `http://127.0.0.1:${port}`, child, startMs: Math.round(performance.now() - began), stop };
}

/** CPU of a process (all its threads), in ms; null where /proc is not there. */
function cpuOf(pid: number | string | undefined): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return null;
  }
}

/** Of every process called postgres; those that ended meanwhile are missing. */
function postgresCpu(): number | null {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && nameOf(name) === 'postgres');
  return all.reduce((sum, pid) => sum + (cpuOf(pid) ?? 0), 0);
}

function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** The most that the server held, and what it holds, in MB; null where /proc is not there. */
function memoryOf(pid: number | undefined) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const of = (name: string) =>
      Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
    return { peak: of('VmHWM'), now: of('VmRSS') };
  } catch {
    return null;
  }
}

async function databaseMb(place: Place): Promise<number> {
  if (!place.databaseUrl) {
    const du = execFileSync('du', ['-sm', place.dataFolder], { encoding: 'utf8' });
    return Number.parseInt(du, 10);
  }
  const name = new URL(place.databaseUrl).pathname.slice(1);
  let bytes = 0;
  await asServerOwner(async (client) => {
    const { rows } = await client.query('select pg_database_size($1)::text as bytes', [name]);
    bytes = Number(rows[0]?.bytes ?? 0);
  });
  return Math.round(bytes / 1024 / 1024);
}

const systems: Record<string, unknown>[] = [];

async function measure(storage: string, place: Place) {
  const fillSeconds = fill(place);
  console.log(`${storage}: ${size.patients} people and their visits are there (${fillSeconds} s)`);
  const bytes = await databaseMb(place);
  const office = await startOffice(place);
  try {
    const cpu = {
      office: () => cpuOf(office.child.pid),
      postgres: () => (place.databaseUrl ? postgresCpu() : null),
    };
    const figures = await drive(office.url, cpu, secondsEach);
    figures.push(await driveDesks(office.url, cpu, 10));
    const memory = memoryOf(office.child.pid);
    systems.push({
      ...{ storage, ...size, fillSeconds, databaseMb: bytes, startMs: office.startMs },
      ...{ memoryMb: memory?.now, peakMb: memory?.peak },
    });
    return figures.map((one) => ({ storage, ...one }));
  } finally {
    await office.stop();
  }
}

function table(rows: (Figures & { storage: string })[]): string {
  const head = [
    'storage',
    'request',
    'conn',
    'p50 ms',
    'p95 ms',
    'p99 ms',
    'req/s',
    'CPU ms',
    'PG CPU ms',
    'bytes',
    '× health',
    'refused',
  ];
  const lines = rows.map((one) => [
    ...[one.storage, one.request, one.connections, one.p50, one.p95, one.p99, one.perSecond],
    ...[one.cpuMs ?? '-', one.pgCpuMs ?? '-', one.bytes, one.timesHealth, one.refused],
  ]);
  const all = [head, head.map(() => '---'), ...lines];
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** BENCH_STORAGE=PostgreSQL or embedded measures one of them. */
const only = process.env.BENCH_STORAGE;
const storages: [string, () => Promise<Place>][] = only === 'PostgreSQL' ? [] : [['embedded', makeFolder]];
if (process.env.TEST_PG_URL && only !== 'embedded') storages.push(['PostgreSQL', makeServerDatabase]);
const rows = [];
for (const [storage, make] of storages) {
  const place = await make();
  try {
    rows.push(...(await measure(storage, place)));
  } finally {
    await place.drop();
  }
}
console.log(`\n${table(rows)}`);
console.table(systems);
mkdirSync(join(root, 'bench', 'results'), { recursive: true });
const machine = { cores: cpus().length, model: cpus()[0]?.model, node: process.version };
writeFileSync(
  join(root, 'bench', 'results', 'office.json'),
  `${JSON.stringify({ measuredAt: new Date(), machine, size, secondsEach, rows, systems }, null, 2)}\n`,
);
