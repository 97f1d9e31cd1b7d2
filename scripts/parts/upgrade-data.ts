// Run by scripts/renew-upgrade-data.mjs inside a copy of the version whose data it makes: a small invented practice.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeStore, migrationsFolder, version } from './src/app/office.ts';
import { auditKey } from './src/platform/audit/key.ts';
import { fixedClock } from './src/platform/clock/clock.ts';
import { readConfig } from './src/platform/config.ts';
import { dumpDatabase } from './src/platform/db/dump.ts';
import { openDatabase } from './src/platform/db/open.ts';
import { withLink } from './src/platform/db/transaction.ts';
import { LiveHub } from './src/platform/http/live.ts';
import { makeDemoPractice, playNext, resumeDemo, setUpDemo } from './src/simulator/demo.ts';

const size = { physicians: 3, patients: 80, pastDays: 3, comingDays: 5, density: 0.5 };
const at = '2026-03-04T15:00:00.000Z';
const folder = mkdtempSync(join(tmpdir(), 'frontdesk-data-'));
const database = await openDatabase(
  readConfig({ FRONTDESK_DATA: folder }),
  migrationsFolder,
  async () => undefined,
);
const key = auditKey(folder);
const store = makeStore(database.source, key, new LiveHub(), fixedClock(at));
const practiceId = await makeDemoPractice(store);
await setUpDemo(store, practiceId, 'upgrade', size);
const player = { ...(await resumeDemo(store, practiceId, size)), plan: null };
while (await playNext(player, 2000));
const lines: string[] = [];
await withLink(database.source, async (link) => {
  const facts = { version, at, auditKey: key.toString('hex') };
  for await (const line of dumpDatabase(link, facts)) lines.push(line);
});
writeFileSync(process.argv[2] ?? 'dump', lines.join(''));
await database.close();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
