/** A child process of the tests here: the office on the configured database, killed by its parent. */
import type { AddressInfo } from 'node:net';
import { migrationsFolder, openOffice, startJobs } from '../../src/app/office.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/db/open.ts';

const config = readConfig();
/** So far ahead is its clock: what a killed process had in hand is free again without a minute's wait. */
const aheadMs = Number(process.env.TEST_CLOCK_AHEAD_MS ?? 0);
const clock = { now: () => new Date(Date.now() + aheadMs) };
const database = await openDatabase(config, migrationsFolder, async () => undefined);
const office = await openOffice(config, database.source, { web: false, clock });
await office.app.listen({ port: Number(process.env.TEST_PORT ?? 0), host: '127.0.0.1' });
await startJobs(office);
process.stdout.write(`port ${(office.app.server.address() as AddressInfo).port}\n`);
process.once('SIGTERM', () => {
  void office
    .close()
    .then(() => database.close())
    .then(() => process.exit(0));
});
