// `npm run prove`: the property, kill and concurrency tests with all their rounds. FRONTDESK_SEED plays one again.
import { randomInt } from 'node:crypto';
import { install, isBuilt } from './parts/fresh.mjs';
import { withPostgres } from './parts/postgres.mjs';
import { run, runTool } from './parts/run.mjs';
import { testFilesWith } from './parts/test-files.mjs';
import { browserEnv, ensureTools, findPostgres } from './parts/tools.mjs';

const seed = process.env.FRONTDESK_SEED ?? String(randomInt(1, 2 ** 31 - 1));
const chosen = process.argv.slice(2);

if ((await install()) !== 0) process.exit(1);
for (const line of await ensureTools()) console.warn(`!! ${line}`);
if (!isBuilt() && (await run(process.execPath, ['scripts/build.mjs'])) !== 0) process.exit(1);

// Whatever plays rounds takes part; nobody keeps a list.
const files = testFilesWith(/from '(\.\.?\/)+(test\/)?rounds\.ts'/);
if (files.length === 0) {
  console.error('No test plays rounds (test/rounds.ts): nothing to prove.');
  process.exit(1);
}
console.log(`Proving with seed ${seed}:\n${files.map((file) => `  ${file}`).join('\n')}\n`);

const code = await withPostgres(findPostgres(), (database) =>
  runTool(
    'vitest/vitest.mjs',
    // One file after another: kills and floods disturb their neighbors.
    [
      'run',
      '--no-file-parallelism',
      '--testTimeout=3600000',
      '--hookTimeout=600000',
      ...(chosen.length > 0 ? chosen : files),
    ],
    {
      env: {
        ...process.env,
        ...database,
        ...browserEnv(),
        FRONTDESK_PROVE: '1',
        FRONTDESK_SEED: seed,
      },
    },
  ),
);
console.log(
  `\n${code === 0 ? 'Proved' : 'NOT proved'} with seed ${seed}. Play it again: FRONTDESK_SEED=${seed} npm run prove`,
);
process.exitCode = code;
