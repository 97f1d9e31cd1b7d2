import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { uploadTable } from '../features/imports/api.ts';
import { importUpload } from '../features/imports/routes.ts';
import { messageSettingsRoutes } from '../features/messages/routes.ts';
import { sendingJobs } from '../features/messages/sending/jobs.ts';
import { packetJobs } from '../features/prints/packet/jobs.ts';
import { packetRoutes } from '../features/prints/packet/routes.ts';
import { needToKnowGate } from '../features/privacy/gate/commands.ts';
import { restrictedIds } from '../features/privacy/queries.ts';
import { calendarJobs } from '../features/schedule/calendars/jobs.ts';
import { physicianFeed } from '../features/schedule/feeds/routes.ts';
import { wallFeed } from '../features/schedule/flow/walls/routes.ts';
import { auditKey } from '../platform/audit/key.ts';
import { readAuditor } from '../platform/audit/reads.ts';
import { backupRoutes } from '../platform/backups/routes.ts';
import { type Clock, systemClock } from '../platform/clock/clock.ts';
import type { Config } from '../platform/config.ts';
import type { JobHandler } from '../platform/contributions.ts';
import type { LinkSource } from '../platform/db/database.ts';
import { memoryOf } from '../platform/db/memory.ts';
import type { Store, Touch } from '../platform/db/transaction.ts';
import { LiveHub } from '../platform/http/live.ts';
import { buildServer, type ServerParts } from '../platform/http/server.ts';
import { addTokenFeed } from '../platform/http/token-feed.ts';
import { addUpload } from '../platform/http/upload.ts';
import { registerReactions } from '../platform/jobs/outbox.ts';
import { type JobRunner, jobRunner, scheduleRecurring } from '../platform/jobs/runner.ts';
import { listPractices } from '../platform/practices.ts';
import { forgetAllSessions, forgetSessions } from '../platform/session/remembered.ts';
import { jobHandlers, permissions, routes, todayBoard } from './lists.ts';
import { makeFirstPractice } from './pages/first-practice/api.ts';
import { firstPracticeRoutes } from './pages/first-practice/routes.ts';
import { systemRoutes } from './pages/system/system-routes.ts';
import { personPaths, presentReasons } from './person-lists.ts';
import { openPresence } from './presence.ts';
import { serveWeb } from './serve-web.ts';

/** The folder that holds package.json, db/ and dist/, from source and from the bundle alike. */
export const packageRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
export const migrationsFolder = path.join(packageRoot, 'db', 'migrations');
export const version: string = createRequire(import.meta.url)(path.join(packageRoot, 'package.json')).version;

export type Office = {
  store: Store;
  hub: LiveHub;
  app: FastifyInstance;
  runner: JobRunner;
  /** Work of this office alone among it: it writes into its own folders. */
  handlers: readonly JobHandler[];
  close(): Promise<void>;
};

/** Put the store together over an open database. */
export function makeStore(source: LinkSource, key: Buffer, hub: LiveHub, clock: Clock = systemClock): Store {
  const store: Store = {
    source,
    clock,
    auditKey: key,
    count: { statements: 0 },
    readAudit: readAuditor(() => store),
    onTouched: (touches) => hear(source, hub, touches),
  };
  return store;
}

/** What a commit touched, of this process or another: nothing older is believed, and the desks are told. */
function hear(source: LinkSource, hub: LiveHub, touches: Touch[]): void {
  forgetSessions(source, touches);
  memoryOf(source).forget(touches);
  todayBoard.touched(touches);
  hub.publish(touches);
}

/** The connection to the other processes was away: nothing that is remembered is believed. */
function hearNothing(source: LinkSource, hub: LiveHub): void {
  forgetAllSessions(source);
  memoryOf(source).forgetAll();
  todayBoard.forget();
  hub.reset();
}

type Place = Parameters<typeof packetJobs>[0];

/** Work that needs to know something of this machine: its folders, its key, its network. */
function ownHandlers(
  { allowInner = false }: Partial<Pick<Config, 'allowInner'>>,
  place: Place,
  ca?: string,
): readonly JobHandler[] {
  const { key } = place;
  return [
    ...packetJobs(place),
    ...calendarJobs({ allowInner }),
    ...sendingJobs({ key, allowInner, ...(ca ? { ca } : {}) }),
  ];
}

/** Open the office over a database: the HTTP server (not yet listening), the live hub and the job runner. */
export async function openOffice(
  config: Pick<Config, 'dataFolder' | 'auditKey' | 'logLevel' | 'trustedProxies' | 'origin' | 'tls'> &
    Partial<Pick<Config, 'allowInner'>>,
  source: LinkSource,
  options: { clock?: Clock; web?: boolean; mailAuthority?: string } = {},
): Promise<Office> {
  const hub = new LiveHub();
  const store = makeStore(source, auditKey(config.dataFolder, config.auditKey), hub, options.clock);
  registerReactions(jobHandlers);
  const place = { dataFolder: config.dataFolder, key: store.auditKey, hidden: restrictedIds };
  const feeds = [physicianFeed(restrictedIds), wallFeed(restrictedIds)];
  const handlers = [...jobHandlers, ...ownHandlers(config, place, options.mailAuthority)];
  const parts: ServerParts = {
    store,
    hub,
    routes: [
      ...routes,
      ...messageSettingsRoutes(store.auditKey),
      ...packetRoutes(place),
      ...backupRoutes(store.auditKey),
      ...systemRoutes(config, { version, storage: source.kind, startedAt: store.clock.now() }),
    ],
    catalog: permissions,
    gate: needToKnowGate({ reasons: presentReasons, behind: personPaths }),
    version,
    logLevel: config.logLevel,
    trustedProxies: config.trustedProxies,
    origin: config.origin,
    tls: config.tls,
    besides: [
      { endpoint: makeFirstPractice, permission: 'public' },
      { endpoint: uploadTable, permission: importUpload.permission, file: 'text/csv' },
      ...feeds.map((one) => ({ endpoint: one.endpoint, permission: 'public', answerType: one.mediaType })),
    ],
    ...(options.web === false ? {} : { serveWeb }),
  };
  const app = await buildServer(parts);
  firstPracticeRoutes(app, parts, handlers);
  for (const feed of feeds) addTokenFeed(app, parts, feed);
  await addUpload(app, parts, path.join(config.dataFolder, 'imports'), importUpload);
  const presence = openPresence(app, parts, source, hub);
  const runner = jobRunner(store, handlers, app.log);
  const stopListening = source.listen?.({
    onTouched: (touches) => hear(source, hub, touches),
    onMissed: () => hearNothing(source, hub),
    onPresence: (notice) => presence.hear(notice),
  });
  return {
    store,
    hub,
    app,
    runner,
    handlers,
    close: async () => {
      await runner.stop();
      await stopListening?.();
      presence.close();
      hub.close();
      await app.close();
    },
  };
}

/** Queue what is due on a schedule, for every practice of this database. */
export async function startJobs(office: Office): Promise<void> {
  for (const practice of await listPractices(office.store)) {
    await scheduleRecurring(office.store, practice.practiceId, office.handlers);
  }
  office.runner.start();
}
