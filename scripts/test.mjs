// `npm test`: every test, as the only command on a fresh clone. Further arguments go to Vitest.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closingLine, countReport } from './parts/counts.mjs';
import { install, isBuilt, whyNotThisNode } from './parts/fresh.mjs';
import { withPostgres } from './parts/postgres.mjs';
import { ROOT, run, runTool } from './parts/run.mjs';
import { browserEnv, ensureTools, findChromium, findPostgres } from './parts/tools.mjs';

const inCi = ['true', '1'].includes(process.env.CI ?? '');
const extra = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const total = { passed: 0, failed: 0, skipped: 0 };

/** One run of Vitest over some projects; adds to the total. */
async function runProjects(name, projects, env) {
  const report = join(folder, `${name}.json`);
  const chosen = projects.flatMap((project) => ['--project', project]);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const code = await runTool(
    'vitest/vitest.mjs',
    ['run', '--passWithNoTests', ...chosen, ...reporters, ...extra],
    { env: { ...process.env, ...env } },
  );
  const counts = existsSync(report)
    ? countReport(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0, nameless: [] };
  for (const file of counts.nameless) console.error(`A test without a name in ${file}`);
  counts.failed += counts.nameless.length;
  // Errors outside of any test, a crash, an interruption.
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  for (const key of Object.keys(total)) total[key] += counts[key];
}

const hasJobs = () =>
  existsSync(join(ROOT, 'e2e')) && readdirSync(join(ROOT, 'e2e')).some((n) => n.endsWith('.e2e.ts'));

async function runAll(env) {
  const ownChoice = extra.includes('--project') || extra.some((arg) => arg.startsWith('--project='));
  if (ownChoice) return runProjects('chosen', [], env);
  await runProjects('office', ['src', 'scripts'], env);
  const filters = extra.filter((arg) => !arg.startsWith('-'));
  const isAsked = filters.length === 0 || filters.some((filter) => filter.includes('e2e'));
  if (!isAsked || !findChromium() || !hasJobs()) return;
  if (!isBuilt() && (await run(process.execPath, ['scripts/build.mjs'])) !== 0) {
    console.error('The build failed: the jobs of the office in the browser were not tested.');
    total.failed += 1;
    return;
  }
  await runProjects('e2e', ['e2e'], env);
}

async function main() {
  const why = whyNotThisNode();
  if (why) throw new Error(why);
  if ((await install()) !== 0) throw new Error('The packages could not be installed.');
  const missing = await ensureTools();
  if (missing.length > 0 && inCi) throw new Error(missing.join('\n'));
  const tell = () => {
    for (const line of missing) console.warn(`\n!! ${line}`);
  };
  tell();
  const work = (database) => runAll({ ...browserEnv(), ...database });
  // The proof waits for the disk.
  await withPostgres(findPostgres(), work, { synced: false });
  tell();
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  total.failed += 1;
}
if (inCi && total.skipped > 0) {
  console.error(`\n${total.skipped} skipped: in CI every test has to run.`);
}
console.log(`\n${closingLine(total)}`);
process.exitCode = total.failed > 0 || (inCi && total.skipped > 0) ? 1 : 0;
