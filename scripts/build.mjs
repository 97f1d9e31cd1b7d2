// `npm run build`: the server into dist/server (packages stay in node_modules), the desk into dist/web.
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { hashOfSources, stampBuild } from './parts/fresh.mjs';
import { ROOT, runTool } from './parts/run.mjs';

/** Server programs: each becomes a file of its own, all in one flat folder, since they find each other there. */
const SERVER_ENTRIES = { cli: 'src/app/cli.ts', 'pglite-worker': 'src/platform/db/pglite-worker.ts' };

async function buildServer() {
  const { build } = await import('rolldown');
  const input = Object.fromEntries(
    Object.entries(SERVER_ENTRIES).filter(([, path]) => existsSync(join(ROOT, path))),
  );
  await build({
    cwd: ROOT,
    input,
    platform: 'node',
    tsconfig: 'tsconfig.json',
    external: (id) => builtinModules.includes(id) || id.startsWith('node:') || /^(?![./]|[A-Za-z]:)/.test(id),
    logLevel: 'warn',
    output: {
      dir: 'dist/server',
      format: 'esm',
      sourcemap: true,
      entryFileNames: '[name].js',
      chunkFileNames: '[name]-[hash].js',
    },
  });
}

const buildWeb = async () => {
  const code = await runTool('vite/bin/vite.js', ['build', '--logLevel', 'warn'], { quiet: true });
  if (code !== 0) throw new Error('The browser part could not be built (see above).');
};

/** Bytes of the files of a folder that match, plain and as they travel. */
function weigh(folder, pattern) {
  let plain = 0;
  let packed = 0;
  if (!existsSync(folder)) return { plain, packed };
  for (const entry of readdirSync(folder, { recursive: true })) {
    const file = join(folder, String(entry));
    if (!pattern.test(file) || !statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    plain += bytes.length;
    packed += gzipSync(bytes).length;
  }
  return { plain, packed };
}

function printSize(name, folder, pattern) {
  const { plain, packed } = weigh(join(ROOT, folder), pattern);
  const kb = (bytes) => `${Math.round(bytes / 1024)} kB`.padStart(8);
  if (plain > 0) console.log(`  ${name.padEnd(16)}${kb(plain)}   ${kb(packed)} gzip`);
}

const began = Date.now();
const hash = hashOfSources();
console.log('Building Frontdesk …');
rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
const ends = await Promise.allSettled([buildWeb(), buildServer()]);
const failed = ends.filter((end) => end.status === 'rejected');
for (const end of failed) console.error(end.reason instanceof Error ? end.reason.message : end.reason);
if (failed.length > 0) process.exit(1);
stampBuild(hash);
printSize('server', 'dist/server', /\.js$/);
printSize('browser scripts', 'dist/web', /\.js$/);
printSize('browser styles', 'dist/web', /\.css$/);
printSize('fonts', 'dist/web', /\.woff2?$/);
console.log(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s.`);
