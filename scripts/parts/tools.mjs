// What the tests need from the machine: a browser, PostgreSQL, nginx with openssl, strace, pdftotext, khal.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

const CHROMIUMS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of a Chromium, or undefined. */
export function findChromium() {
  return [process.env.TEST_CHROMIUM, ...CHROMIUMS].find((path) => path && existsSync(path));
}

/**
 * The path of the Chromium without windows, which takes half the time but shows no PDF; undefined where there is none,
 * or another was asked for.
 */
export const findChromiumShell = () =>
  process.env.TEST_CHROMIUM ? undefined : findIn('chromium-headless-shell');

function postgresFolders() {
  const versions = (folder, below) =>
    existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name, below)) : [];
  const asked = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  return [
    ...versions('/usr/lib/postgresql', 'bin'),
    ...versions('/opt/homebrew/opt', 'bin').filter((path) => path.includes('postgresql')),
    ...versions('/usr/local/opt', 'bin').filter((path) => path.includes('postgresql')),
    ...(asked.status === 0 ? [asked.stdout.trim()] : []),
  ];
}

/** The folder of the binaries of the newest PostgreSQL that is 15 or later, or undefined. */
export function findPostgres() {
  const found = postgresFolders().flatMap((folder) => {
    if (!existsSync(join(folder, 'initdb'))) return [];
    const said = spawnSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8' });
    const major = Number(/(\d+)(\.\d+)?/.exec(said.stdout ?? '')?.[1] ?? 0);
    return major >= 15 ? [{ folder, major }] : [];
  });
  return found.sort((a, b) => b.major - a.major)[0]?.folder;
}

const NGINXES = ['/usr/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx', '/usr/local/bin/nginx'];
const OPENSSLS = ['/usr/bin/openssl', '/opt/homebrew/bin/openssl', '/usr/local/bin/openssl'];

/** The paths of nginx and of the openssl that makes its certificate, or undefined. */
export function findNginx() {
  const nginx = NGINXES.find((path) => existsSync(path));
  const openssl = OPENSSLS.find((path) => existsSync(path));
  return nginx && openssl ? { nginx, openssl } : undefined;
}

const FOLDERS = ['/usr/bin', '/opt/homebrew/bin', '/usr/local/bin'];
const findIn = (name) => FOLDERS.map((folder) => join(folder, name)).find((path) => existsSync(path));

/** The path of the program that reads text out of PDFs as another viewer does, or undefined. */
export const findPdftotext = () => findIn('pdftotext');

/** The path of the calendar program that reads feeds, or undefined. */
export const findKhal = () => findIn('khal');

const hasStrace = () => process.platform !== 'linux' || existsSync('/usr/bin/strace');

/** What tells the browser tests their browsers. */
export function browserEnv() {
  const [chromium, shell] = [findChromium(), findChromiumShell()];
  return { ...(chromium && { TEST_CHROMIUM: chromium }), ...(shell && { TEST_CHROMIUM_SHELL: shell }) };
}

/** Names of what is missing, in words of the package manager. */
function missingPackages() {
  return [
    ...(findChromium() ? [] : ['chromium', 'fonts-dejavu-core']),
    ...(findPostgres() ? [] : ['postgresql']),
    ...(findNginx() ? [] : ['nginx', 'openssl']),
    ...(hasStrace() ? [] : ['strace']),
    ...(findPdftotext() ? [] : ['poppler-utils']),
    ...(findKhal() ? [] : ['khal']),
  ];
}

/** Install what is missing where that can be done without asking (root on a Debian or Ubuntu). */
async function installMissing(missing) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing for the tests: ${missing.join(', ')} (once; a few minutes at most) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = true;
  if ((await run('apt-get', ['update', '-qq'], { env, quiet })) !== 0) return;
  const add = (...names) =>
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], { env, quiet });
  await add(...missing);
  // Where the system has no such package the browser with windows does it all.
  if (missing.includes('chromium')) await add('chromium-headless-shell');
  // Debian starts what it installs; nothing is to listen on this machine for the tests' sake.
  if (!missing.includes('nginx') || !findNginx()) return;
  const isSystemd = existsSync('/run/systemd/system');
  await run(...(isSystemd ? ['systemctl', ['disable', '--now', 'nginx']] : ['service', ['nginx', 'stop']]), {
    quiet,
  });
}

/**
 * See that the tools are there. Answers lines to tell about what stays missing: in CI each is a failure,
 * elsewhere its tests are left out.
 */
export async function ensureTools() {
  const missing = missingPackages();
  if (missing.length > 0) await installMissing(missing);
  return [
    ...(findChromium()
      ? []
      : ['No Chromium: the tests in the browser (e2e) are left out. Set TEST_CHROMIUM to its path.']),
    ...(findPostgres() ? [] : ['No PostgreSQL 15 or later: the tests on a database server are left out.']),
    ...(findNginx() ? [] : ['No nginx with openssl: the tests behind a balancer are left out.']),
    ...(hasStrace() ? [] : ['No strace: the test of durable writes is left out.']),
    ...(findPdftotext() ? [] : ['No pdftotext: the tests that read prints are left out.']),
    ...(findKhal() ? [] : ['No khal: the test of feeds in another calendar is left out.']),
  ];
}
