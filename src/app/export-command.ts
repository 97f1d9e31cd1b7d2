import { parseArgs } from 'node:util';
import { exportPractice } from './export-practice.ts';
import { choosePractice } from './import-command.ts';
import { withStore } from './open-store.ts';

const usage = `frontdesk export <folder>   the whole practice, into an empty folder: FHIR R4, CSV tables, the audit
  --practice <id>           where there are several practices
`;

/** `frontdesk export <folder>`: everything that the practice has, in forms that other programs read. */
export async function exportCommand(words: string[]): Promise<number> {
  const { positionals, values } = parseArgs({
    args: words,
    allowPositionals: true,
    options: { practice: { type: 'string' } },
  });
  const [folder] = positionals;
  if (!folder) {
    process.stdout.write(usage);
    return 2;
  }
  return withStore(async ({ store }) => {
    const practiceId = await choosePractice(store, values.practice);
    const { files } = await exportPractice(store, practiceId, folder);
    const rows = files.reduce((sum, file) => sum + file.rows, 0);
    process.stdout.write(
      `${files.length} files with ${rows.toLocaleString('en-US')} rows are in ${folder}. manifest.json lists them.\n` +
        'They hold patient records and are not sealed: keep them where only you can read them.\n',
    );
    return 0;
  });
}
