// `node scripts/renew-upgrade-data.mjs <commit>`: the data of the version that landed there, for test/upgrade.test.ts.
// That version itself makes it (its migrations, its simulator, its dump), in a copy of its own beside this one.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { ROOT } from './parts/run.mjs';

const [commit] = process.argv.slice(2);
if (!commit) throw new Error('Say which version: node scripts/renew-upgrade-data.mjs <commit>.');
const git = (...words) => execFileSync('git', words, { cwd: ROOT, encoding: 'utf8' }).trim();
const known = git('rev-parse', '--short', `${commit}^{commit}`);
const place = mkdtempSync(join(tmpdir(), 'frontdesk-version-'));
const copy = join(place, 'copy');
const lines = join(place, 'dump');
try {
  git('worktree', 'add', '--detach', copy, known);
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  copyFileSync(join(ROOT, 'scripts/parts/upgrade-data.ts'), join(copy, 'upgrade-data.ts'));
  execFileSync(join(ROOT, 'node_modules/.bin/tsx'), ['upgrade-data.ts', lines], {
    cwd: copy,
    stdio: 'inherit',
  });
  const packed = brotliCompressSync(readFileSync(lines), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  mkdirSync(join(ROOT, 'test/upgrade'), { recursive: true });
  writeFileSync(join(ROOT, 'test/upgrade/previous.br'), packed);
  console.log(`test/upgrade/previous.br holds the data of ${known}: ${Math.round(packed.length / 1024)} kB.`);
} finally {
  git('worktree', 'remove', '--force', copy);
  rmSync(place, { recursive: true, force: true });
}
