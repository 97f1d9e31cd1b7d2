// Every SQL statement of src in one checked-in file, so that a review shows it. `--write` renews, `--check` compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isMain } from './parts/report.mjs';
import { ROOT } from './parts/run.mjs';
import { isScript, isTest, listFiles, readSource, sqlOf } from './parts/source.mjs';

const HEAD = '-- Every SQL statement of src/. Made by `npm run sql-snapshot`; values stand as $1, $2 …\n';

/** The text of the snapshot. */
export function snapshotOf(root) {
  const blocks = listFiles(`${root}/src`)
    .filter((path) => isScript(path) && !isTest(path))
    .flatMap((path) =>
      sqlOf(path, readSource(root, path))
        .map(({ name, sql }) => ({
          name,
          sql: sql
            .replace(/--[^\n]*/g, ' ')
            .replace(/\s+/g, ' ')
            .trim(),
        }))
        .filter(({ sql }) => sql !== '')
        .map(({ name, sql }) => `\n-- src/${path} › ${name}\n${sql}\n`),
    );
  return HEAD + blocks.join('');
}

/** The first difference of two texts in words, or undefined. */
export function firstDifference(kept, made) {
  if (kept === made) return undefined;
  const [old, now] = [kept.split('\n'), made.split('\n')];
  const at = now.findIndex((line, i) => line !== old[i]);
  const i = at < 0 ? now.length : at;
  const title = now.slice(0, i + 1).findLast((line) => line.includes(' › ')) ?? '';
  return `line ${i + 1} ${title}\n  - ${old[i] ?? '(end)'}\n  + ${now[i] ?? '(end)'}`;
}

if (isMain(import.meta.url)) {
  const path = `${ROOT}/db/queries.sql.txt`;
  const made = snapshotOf(ROOT);
  if (process.argv.includes('--write')) {
    writeFileSync(path, made);
    console.log(`db/queries.sql.txt: ${made.split(' › ').length - 1} statements`);
  } else {
    const difference = firstDifference(existsSync(path) ? readFileSync(path, 'utf8') : '', made);
    if (difference)
      console.error(
        `db/queries.sql.txt is old: run \`npm run sql-snapshot\` and read the change.\n${difference}`,
      );
    else console.log('SQL snapshot: nothing to mend');
    process.exitCode = difference ? 1 : 0;
  }
}
