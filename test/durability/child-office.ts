/** A child process of durability.test.ts: the office on the configured database, killed by its parent. */
import type { AddressInfo } from 'node:net';
import { migrationsFolder, openOffice, startJobs } from '../../src/app/office.ts';
import { readConfig } from '../../src/platform/config.ts';
import { openDatabase } from '../../src/platform/db/open.ts';

const config = readConfig();
const database = await openDatabase(config, migrationsFolder, async () => undefined);
const office = await openOffice(config, database.source, { web: false });
await office.app.listen({ port: 0, host: '127.0.0.1' });
await startJobs(office);
process.stdout.write(`port ${(office.app.server.address() as AddressInfo).port}\n`);
