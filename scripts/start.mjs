// `npm start`: on a fresh clone installs, builds and opens the demo practice; later only what has changed.
import { install, isBuilt, whyNotThisNode } from './parts/fresh.mjs';
import { become, ROOT, run } from './parts/run.mjs';

const why = whyNotThisNode();
if (why) {
  console.error(why);
  process.exit(1);
}

if ((await install()) !== 0) {
  console.error('The packages could not be installed. Is the network reachable? Then run npm start again.');
  process.exit(1);
}

if (!isBuilt() && (await run(process.execPath, ['scripts/build.mjs'])) !== 0) {
  console.error('The build failed; nothing was started.');
  process.exit(1);
}

const args = ['dist/server/cli.js', 'start', '--demo-if-empty', ...process.argv.slice(2)];
become(process.execPath, args, { cwd: ROOT });
