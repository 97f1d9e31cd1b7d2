// `npm run bench`: every bench/*.bench.ts (or .mjs), one after another, then one table of what they wrote to bench/results.
// A result file holds an array of rows, or an object with one (`rows`, `results`); a row is an object of values.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { install, isBuilt } from './parts/fresh.mjs';
import { withPostgres } from './parts/postgres.mjs';
import { ROOT, run, runTool } from './parts/run.mjs';
import { ensureTools, findChromium, findPostgres } from './parts/tools.mjs';

const wanted = process.argv.slice(2);
const folder = join(ROOT, 'bench');
const results = join(folder, 'results');

if ((await install()) !== 0) process.exit(1);
for (const line of await ensureTools()) console.warn(`!! ${line}`);
if (!isBuilt() && (await run(process.execPath, ['scripts/build.mjs'])) !== 0) process.exit(1);
mkdirSync(results, { recursive: true });

const benches = readdirSync(folder)
  .filter((name) => /\.bench\.(ts|mjs)$/.test(name))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();

const chromium = findChromium();
const failed = await withPostgres(findPostgres(), async (database) => {
  const env = { ...process.env, ...database, ...(chromium ? { TEST_CHROMIUM: chromium } : {}) };
  const red = [];
  for (const name of benches) {
    console.log(`\n== ${name}`);
    if ((await runTool('tsx/dist/cli.mjs', [`bench/${name}`], { env })) !== 0) red.push(name);
  }
  return red;
});

/** Cells of a value: an object within a row becomes columns of its own (`search.p50`). */
function flat(value, prefix = '') {
  // Single runs stay in the file; the table shows what they came to.
  const shown = Object.entries(value).filter(
    ([, cell]) => !(Array.isArray(cell) && typeof cell[0] === 'object'),
  );
  return shown.flatMap(([key, cell]) =>
    cell !== null && typeof cell === 'object' && !Array.isArray(cell)
      ? flat(cell, `${prefix}${key}.`)
      : [[`${prefix}${key}`, Array.isArray(cell) ? cell.join(' ') : cell]],
  );
}

/** The rows of a result file: the file itself, or the first list of objects in it. */
function rowsOf(read) {
  if (Array.isArray(read)) return read;
  const isRows = (value) => Array.isArray(value) && value.length > 0 && typeof value[0] === 'object';
  return Object.values(read).find(isRows) ?? [read];
}

console.log(`\nNode ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
for (const name of existsSync(results) ? readdirSync(results).sort() : []) {
  if (!name.endsWith('.json')) continue;
  const read = JSON.parse(readFileSync(join(results, name), 'utf8'));
  const rows = rowsOf(read);
  console.log(`\n${name.replace('.json', '')}`);
  console.table(rows.map((row) => Object.fromEntries(flat(row))));
}
if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;
