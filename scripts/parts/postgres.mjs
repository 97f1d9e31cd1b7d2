// A PostgreSQL cluster of one test run: its own folder, port and password, gone at the end.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** User and group to run as: PostgreSQL refuses root. */
function whoRuns() {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
  const who = { uid: id('-u'), gid: id('-g') };
  if (!who.uid) throw new Error('PostgreSQL does not run as root and there is no user named postgres.');
  return who;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function initialize(bin, folder, who, password) {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (who.uid) chownSync(passwordFile, who.uid, who.gid);
  const base = [
    '-D',
    join(folder, 'data'),
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordFile}`,
  ];
  const options = { ...who, cwd: folder, encoding: 'utf8' };
  let said;
  // C.UTF-8 as in the embedded database; not every system has it.
  for (const locale of ['C.UTF-8', 'C']) {
    const args = [...base, '-E', 'UTF8', `--locale=${locale}`, '--no-sync'];
    said = spawnSync(join(bin, 'initdb'), args, options);
    if (said.status === 0) return;
    rmSync(join(folder, 'data'), { recursive: true, force: true });
  }
  throw new Error(`initdb: ${said.stderr ?? said.error?.message}`);
}

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  shared_buffers: '128MB',
  log_min_messages: 'fatal',
};
/** What a killed process had written is with the system, synced or not: only a machine that stops could tell. */
const UNSYNCED = { fsync: 'off', full_page_writes: 'off' };

async function waitUntilReady(bin, port, child) {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error('PostgreSQL ended while starting.');
    const asked = spawnSync(join(bin, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]);
    if (asked.status === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('PostgreSQL did not come up within 30 s.');
}

/**
 * Start a cluster with the binaries in `bin`.
 * @param {{ synced?: boolean }} options synced: every commit waits for the disk, as in an office
 * @returns {Promise<{ url: string, stop: () => Promise<void>, crash: () => Promise<void>, restart: () => Promise<void> }>}
 *   `url` is the superuser's; `crash` kills the postmaster with signal 9, `restart` starts it again where it was.
 */
export async function startPostgres(bin, { synced = true } = {}) {
  const who = whoRuns();
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-pg-'));
  if (who.uid) chownSync(folder, who.uid, who.gid);
  const password = randomBytes(16).toString('hex');
  let child;
  const stop = async () => {
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT'); // fast shutdown: ends the sessions, keeps the order
      const late = setTimeout(() => child.kill('SIGQUIT'), 10_000);
      await ended;
      clearTimeout(late);
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    initialize(bin, folder, who, password);
    const port = await freePort();
    const settings = Object.entries({ ...SETTINGS, ...(synced ? {} : UNSYNCED) }).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ]);
    const args = ['-D', join(folder, 'data'), '-k', folder, '-p', String(port), ...settings];
    const begin = async () => {
      // A group of its own: Ctrl-C must reach the tests first and the database last.
      child = spawn(join(bin, 'postgres'), args, { ...who, cwd: folder, stdio: 'ignore', detached: true });
      await waitUntilReady(bin, port, child);
    };
    await begin();
    const crash = async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    };
    const restart = async () => {
      // Its children leave a moment after it, and hold the shared memory until then.
      for (let tries = 0; ; tries++) {
        try {
          return await begin();
        } catch (error) {
          if (tries >= 50) throw error;
          await new Promise((resolve) => setTimeout(resolve, 200));
        }
      }
    };
    return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, stop, crash, restart };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Run `work` with a cluster behind TEST_PG_URL when there is PostgreSQL; stopped whatever happens. */
export async function withPostgres(bin, work, options = {}) {
  if (!bin) return work({});
  const cluster = await startPostgres(bin, options);
  const cut = async (code) => {
    await cluster.stop();
    process.exit(code);
  };
  process.once('SIGINT', () => void cut(130));
  process.once('SIGTERM', () => void cut(143));
  try {
    return await work({ TEST_PG_URL: cluster.url });
  } finally {
    await cluster.stop();
  }
}
