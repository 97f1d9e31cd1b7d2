import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/db/open.ts';
import { keepTidy } from '../platform/db/tidy.ts';
import { listPractices } from '../platform/practices.ts';
import { backupBeforeMigrating } from './backup.ts';
import { describe, makeBackup } from './backup-command.ts';
import { listenForControl } from './control.ts';
import { type DemoInProgress, openDemo } from './demo.ts';
import { keepBackups, noteByHand } from './keep-backups.ts';
import { keepHeads } from './keep-heads.ts';
import { letIn } from './let-in.ts';
import { refuseMoved } from './moved-away.ts';
import { migrationsFolder, type Office, openOffice, startJobs, version } from './office.ts';
import { openListener, type PublicListener } from './open-public.ts';
import { setUpCode } from './pages/first-practice/routes.ts';

/** Open the office: database, server, jobs; with --demo-if-empty a new one gets the demo practice. */
export async function start(words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: { 'demo-if-empty': { type: 'boolean', default: false } },
  });
  const began = Date.now();
  stayLean();
  const config = readConfig();
  refuseMoved(config);
  const database = await openDatabase(config, migrationsFolder, backupBeforeMigrating(config));
  const office = await openOffice(config, database.source);
  const backUpByHand = async (file: string, passphrase: string) => {
    const made = await makeBackup(config, file, passphrase, database.source);
    await noteByHand(office.store, made);
    return describe(made);
  };
  const control = listenForControl(config.dataFolder, async (request) =>
    request.do === 'let-in'
      ? letIn(office.store, request.email)
      : backUpByHand(request.file, request.passphrase),
  );
  const onFailure = (error: unknown) => office.app.log.error({ err: (error as Error).name }, 'upkeep failed');
  const stopTidying = keepTidy(database.source, onFailure);
  const noteLastHeads = keepHeads(office.store, config.dataFolder, onFailure);
  let demo: DemoInProgress | null = null;
  let listener: PublicListener | null = null;
  const stopBackups = keepBackups(
    office.store,
    config.dataFolder,
    (file, passphrase) => makeBackup(config, file, passphrase, database.source),
    onFailure,
  );
  const stop = onStop(office, async () => {
    await stopBackups();
    await listener?.close();
    control.close();
    stopTidying();
    await demo?.stop();
    await noteLastHeads();
    await database.close();
  });
  await office.app.listen({ port: config.port, host: config.host });
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  if (values['demo-if-empty']) demo = await openDemo(office.store, database, config, { say });
  listener = await openListener(office.store, config, demo !== null, say);
  if ((await listPractices(office.store)).length === 0) say(welcome(office.store.auditKey));
  await startJobs(office);
  const { port } = office.app.server.address() as AddressInfo;
  process.stdout.write(
    `Frontdesk ${version} is open at ${config.tls ? 'https' : 'http'}://localhost:${port} (${Date.now() - began} ms)\n`,
  );
  demo?.goOn();
  return stop;
}

/** How a practice is made where there is none: at this machine by itself, from another with a code. */
function welcome(officeKey: Buffer): string {
  return `There is no practice yet: open the address below in a browser of this machine and set it up.\nFrom another machine the code ${setUpCode(officeKey)} is asked.`;
}

/**
 * The office stands beside other programs on a desk's machine. Left alone the heap may triple before what is used up
 * is swept out, and peaked at 315 to 327 MB under the requests of the bench; swept when it has doubled, at 220 MB, as
 * fast. Sooner saves little more, and a day that nobody looked at yet waits for the sweeping (bench/README.md).
 */
function stayLean(): void {
  setFlagsFromString('--heap-growing-percent=100');
}

/** Close in order when asked to stop; answers the exit code once closed. */
function onStop(office: Office, closeDatabase: () => Promise<void>): Promise<number> {
  return new Promise((resolve) => {
    const close = () => {
      office
        .close()
        .then(closeDatabase)
        .then(
          () => resolve(0),
          () => resolve(1),
        );
    };
    process.once('SIGINT', close);
    process.once('SIGTERM', close);
  });
}
