/** A child process of durability.test.ts: opens the embedded store durably, commits, checkpoints, closes. */
import { openEmbedded } from '../../src/platform/db/embedded.ts';
import { withLink } from '../../src/platform/db/transaction.ts';

const folder = process.argv[2];
if (!folder) throw new Error('Say which folder.');
const source = await openEmbedded({ folder, durable: true });
await withLink(source, async (link) => {
  await link.exec('create table if not exists steady (n int primary key)');
  for (let n = 0; n < 20; n++) await link.query('insert into steady values ($1)', [n]);
  await link.exec('checkpoint');
});
await source.close();
process.stdout.write('done\n');
