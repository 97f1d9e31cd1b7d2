// Finding test files.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './run.mjs';

/** Test files of src, test and e2e whose text matches, as paths from the root with forward slashes. */
export function testFilesWith(pattern, root = ROOT) {
  return ['src', 'test', 'e2e'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((name) => `${folder}/${String(name).replaceAll('\\', '/')}`)
      .filter((name) => /\.(test\.tsx?|e2e\.ts)$/.test(name))
      .filter((name) => pattern.test(readFileSync(join(root, name), 'utf8')))
      .sort(),
  );
}
