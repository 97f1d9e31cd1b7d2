// `npm run check`: everything that a change has to pass, cheapest first, stopping at the first red.
// `--fast` leaves the tests out.
import { run, runTool } from './parts/run.mjs';

const script = (name, ...args) => run(process.execPath, [`scripts/${name}.mjs`, ...args]);

const STEPS = [
  ['format and lint', () => runTool('@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.'])],
  ['types', () => runTool('typescript/bin/tsc', ['--noEmit', '-p', '.'])],
  ['import arrows', () => script('check-arrows')],
  ['SQL arrows', () => script('check-sql-arrows')],
  ['names, sizes and tests', () => script('check-vocabulary')],
  ['SQL snapshot', () => script('sql-snapshot', '--check')],
  ['third-party notices', () => script('notices', '--check')],
  ['tests', () => script('test')],
];

const isFast = process.argv.includes('--fast');
const began = Date.now();
const since = (moment) => `${((Date.now() - moment) / 1000).toFixed(1)} s`;

for (const [name, work] of STEPS) {
  if (isFast && name === 'tests') continue;
  const start = Date.now();
  console.log(`\n── ${name}`);
  const code = await work();
  console.log(`   ${code === 0 ? 'green' : 'RED'} after ${since(start)}`);
  if (code !== 0) {
    console.error(`\nStopped at: ${name}`);
    process.exit(1);
  }
}
console.log(`\nAll green in ${since(began)}${isFast ? ' (tests left out)' : ''}.`);
