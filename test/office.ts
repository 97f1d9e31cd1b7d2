import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { z } from 'zod';
import { type Office, openOffice } from '../src/app/office.ts';
import { openPublic } from '../src/app/open-public.ts';
import { addStaff, createPractice } from '../src/features/practice/commands.ts';
import { privacyStateOf } from '../src/features/privacy/gate/commands.ts';
import { startSettings } from '../src/features/privacy/rules.ts';
import { changePrivacySettings } from '../src/features/privacy/settings/commands.ts';
import { type FixedClock, fixedClock } from '../src/platform/clock/clock.ts';
import type { PublicConfig } from '../src/platform/config.ts';
import type { RoleKey } from '../src/platform/contributions.ts';
import type { LinkSource } from '../src/platform/db/database.ts';
import { openEmbedded } from '../src/platform/db/embedded.ts';
import { openServer } from '../src/platform/db/server.ts';
import { inTransaction, type Tx, theOffice } from '../src/platform/db/transaction.ts';
import type { Endpoint, ErrorAnswer } from '../src/platform/http/endpoint.ts';
import type { TlsFiles } from '../src/platform/http/tls.ts';
import { createAccount } from '../src/platform/session/accounts.ts';
import { openSession } from '../src/platform/session/session.ts';
import { cloneEmbedded, cloneServer, databaseUrl, login, serverUrl } from './templates.ts';

export type Storage = 'embedded' | 'server';
/** The storages that this run has; PostgreSQL when the test command started one. */
export const storages: Storage[] = serverUrl ? ['embedded', 'server'] : ['embedded'];

/**
 * Both storages in `npm run prove`; in `npm test` the server where there is one: its older PostgreSQL takes less than
 * the embedded one, and there simultaneous writers meet, which the embedded one queues.
 */
export const eitherStorage = process.env.FRONTDESK_PROVE === '1' ? storages : storages.slice(-1);

/** Where a test does not say: in the proof the embedded one; in `npm test` the server, which takes half the time. */
const usualStorage = eitherStorage[0] ?? 'embedded';

type Answered<T> = { status: number; headers: Headers; body: T & Partial<ErrorAnswer> };
type Ask<E extends Endpoint> = {
  params?: z.input<E['params']>;
  query?: z.input<E['query']>;
  body?: z.input<E['body']>;
};
type Options = { key?: string; live?: boolean };

/** Someone at a desk, speaking HTTP to the real server with a bearer token. */
export type Desk = {
  token: string;
  accountId: string;
  staffId: string;
  /** Ask; answers whatever came back. */
  ask<E extends Endpoint>(
    endpoint: E,
    input?: Ask<E>,
    options?: Options,
  ): Promise<Answered<z.output<E['answer']>>>;
  /** Ask, and fail the test with the refusal's message unless it went well. */
  do<E extends Endpoint>(endpoint: E, input?: Ask<E>, options?: Options): Promise<z.output<E['answer']>>;
};

export type TestPractice = {
  practiceId: string;
  siteId: string;
  manager: Desk;
  /** A new person with these roles, signed in. */
  as(...roles: RoleKey[]): Promise<Desk>;
  /** Run commands or queries directly, as the office. */
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
};

type PracticeOptions = { timeZone?: string; kind?: 'real' | 'demo'; asksWhy?: boolean };

export type TestOffice = Office & {
  url: string;
  storage: Storage;
  clock: FixedClock;
  /** Opens the public listener as well. @returns its address */
  openPublic(more?: Partial<PublicConfig>): Promise<string>;
  /** The server database's name, for tests that look at it as its owner. */
  database(): Promise<string>;
  /** Statements sent to the database so far. */
  statements(): number;
  /** @param options.asksWhy need to know as a practice starts with it; else off, since most tests are about other things */
  practice(options?: PracticeOptions): Promise<TestPractice>;
};

async function openSource(
  storage: Storage,
): Promise<{ source: LinkSource; folder: string; name: string; drop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-office-'));
  if (storage === 'server') {
    const database = await cloneServer();
    const source = openServer(databaseUrl(database.name, login), 16);
    return { source, folder, name: database.name, drop: database.drop };
  }
  const store = path.join(folder, 'database');
  cloneEmbedded(store);
  return {
    source: await openEmbedded({ folder: store, durable: false }),
    folder,
    name: '',
    drop: async () => undefined,
  };
}

/**
 * The real server on a database of its own, listening on a free port. Call `close` in afterAll.
 * @param options.at where the clock stands; default Wed 2026-03-04 10:00 in New York
 */
export async function openTestOffice(
  options: { storage?: Storage; at?: string; web?: boolean; tls?: TlsFiles; allowInner?: boolean } = {},
): Promise<TestOffice> {
  const storage = options.storage ?? usualStorage;
  const clock = fixedClock(options.at ?? '2026-03-04T15:00:00.000Z');
  const { source, folder, name, drop } = await openSource(storage);
  const { tls, allowInner } = options;
  const config = { dataFolder: folder, logLevel: process.env.LOG_LEVEL ?? 'silent', tls, allowInner };
  const office = await openOffice(config, source, { clock, web: options.web ?? false });
  await office.app.listen({ port: 0, host: '127.0.0.1' });
  const url = `${options.tls ? 'https' : 'http'}://127.0.0.1:${(office.app.server.address() as AddressInfo).port}`;
  let listener: Awaited<ReturnType<typeof openPublic>> | undefined;
  return {
    ...office,
    url,
    openPublic: async (more = {}) => {
      await listener?.close();
      listener = await openPublic(office.store, { port: 0, host: '127.0.0.1', ...more }, config.logLevel);
      return listener.url;
    },
    storage,
    clock,
    database: async () => name,
    statements: () => office.store.count.statements,
    practice: (wanted) => makePractice(office, url, wanted),
    close: async () => {
      await listener?.close();
      await office.close();
      await source.close();
      await drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function makePractice(
  office: Office,
  url: string,
  wanted: PracticeOptions = {},
): Promise<TestPractice> {
  const made = await createPractice(office.store, {
    name: 'Elm Street Family Practice',
    timeZone: wanted.timeZone ?? 'America/New_York',
    kind: wanted.kind ?? 'real',
    manager: {
      givenName: 'Max',
      familyName: 'Okafor',
      email: `max-${randomUUID()}@test.example`,
      password: 'correct horse battery',
    },
  });
  const opening = { practiceId: made.practiceId, actor: theOffice, requestId: 'test' };
  const tx = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(office.store, opening, work);
  if (!wanted.asksWhy) await tx((open) => changePrivacySettings(open, { ...startSettings, asks: false }));
  // As in an office that is open: what every request asks first was read before.
  await privacyStateOf(office.store, made.practiceId);
  const signIn = async (accountId: string, staffId: string) => {
    const { token } = await tx((open) => openSession(open, accountId, 'bearer'));
    return deskAt(url, token, accountId, staffId);
  };
  return {
    practiceId: made.practiceId,
    siteId: made.siteId,
    manager: await signIn(made.managerAccountId, made.managerStaffId),
    tx,
    as: async (...roles) => {
      const name = { givenName: 'Ana', familyName: 'Ruiz', displayName: 'Ana Ruiz' };
      const ids = await tx(async (open) => {
        const staffId = await addStaff(open, { ...name, kind: 'front_desk' });
        const account = {
          staffId,
          displayName: name.displayName,
          email: `ana-${randomUUID()}@test.example`,
          roles,
        };
        return { staffId, accountId: await createAccount(open, account) };
      });
      return signIn(ids.accountId, ids.staffId);
    },
  };
}

function addressOf(endpoint: Endpoint, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, string>;
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const query = new URLSearchParams(
    Object.entries((input.query ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    ),
  ).toString();
  return query ? `${path}?${query}` : path;
}

type Send = (address: string, init: RequestInit) => Promise<Response>;

/** A desk that speaks with this token, and by its own way of sending where it has one. */
export function deskAt(
  url: string,
  token: string,
  accountId = '',
  staffId = '',
  send: Send = (address, init) => fetch(address, init),
): Desk {
  const ask: Desk['ask'] = async (endpoint, input = {}, options = {}) => {
    const hasBody = endpoint.method !== 'GET' && endpoint.method !== 'DELETE';
    const response = await send(url + addressOf(endpoint, input), {
      method: endpoint.method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
        ...(endpoint.kind === 'write' ? { 'idempotency-key': options.key ?? randomUUID() } : {}),
        ...(options.live ? { 'x-frontdesk-live': '1' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(input.body ?? {}) } : {}),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  return {
    token,
    accountId,
    staffId,
    ask,
    do: async (endpoint, input, options) => {
      const answer = await ask(endpoint, input, options);
      if (answer.status !== 200) {
        throw new Error(
          `${endpoint.method} ${endpoint.path} answered ${answer.status}: ${answer.body.message}`,
        );
      }
      return answer.body;
    },
  };
}
