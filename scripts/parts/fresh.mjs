// What is installed and what is built, and whether either is out of date. Plain Node only.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, runNpm, step } from './run.mjs';

/** Why this Node cannot run Frontdesk, or undefined when it can. */
export function whyNotThisNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `Frontdesk needs Node.js 20.19 or newer; this is ${version}. Install a newer one from https://nodejs.org and start again.`;
}

function readJson(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * Whether node_modules holds what package-lock.json asks for. npm writes its own account of what it installed
 * last of all, so a broken-off install has none, and an install made by hand counts.
 */
export function isInstalled(root = ROOT) {
  const wanted = readJson(join(root, 'package-lock.json'));
  const there = readJson(join(root, 'node_modules/.package-lock.json'));
  if (!there) return false;
  if (!wanted) return true;
  return Object.entries(wanted.packages).every(([path, entry]) => {
    // Optional packages are those of other machines.
    if (path === '' || entry.optional || entry.devOptional || entry.peer) return true;
    return there.packages[path]?.version === entry.version;
  });
}

/** Install the packages when they are missing or old. Answers an exit code. */
export async function install(root = ROOT) {
  if (isInstalled(root)) return 0;
  const way = existsSync(join(root, 'package-lock.json')) ? 'ci' : 'install';
  // The build needs the development packages, also where NODE_ENV=production.
  const args = [way, '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  return step('Installing packages (about half a minute)', () => runNpm(args, { quiet: true, cwd: root }));
}

const BUILT_FROM = [
  'src',
  'package-lock.json',
  'package.json',
  'tsconfig.json',
  'vite.config.ts',
  'scripts/build.mjs',
];

function* files(path) {
  if (!existsSync(path)) return;
  const entries = readdirSync(path, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory()) yield* files(join(path, entry.name));
    else if (!/\.test\.tsx?$/.test(entry.name)) yield join(path, entry.name);
  }
}

/** One hash over everything that the build is made from. */
export function hashOfSources(root = ROOT) {
  const hash = createHash('sha256');
  for (const name of BUILT_FROM) {
    const path = join(root, name);
    const list = name === 'src' ? files(path) : existsSync(path) ? [path] : [];
    for (const file of list)
      hash
        .update(`${relative(root, file)}\0`)
        .update(readFileSync(file))
        .update('\0');
  }
  return hash.digest('hex');
}

const STAMP = 'dist/sources.sha256';

/** Whether dist/ was built from these very sources. */
export function isBuilt(root = ROOT) {
  const stamp = join(root, STAMP);
  return (
    existsSync(join(root, 'dist/server/cli.js')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8').trim() === hashOfSources(root)
  );
}

/** Note what dist/ was built from; `hash` is taken before the build, so that an edit during it counts. */
export function stampBuild(hash, root = ROOT) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, STAMP), `${hash}\n`);
}
