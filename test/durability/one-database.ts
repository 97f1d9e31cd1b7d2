import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeStore } from '../../src/app/office.ts';
import { auditKey } from '../../src/platform/audit/key.ts';
import { openServer } from '../../src/platform/db/server.ts';
import type { Store } from '../../src/platform/db/transaction.ts';
import { LiveHub } from '../../src/platform/http/live.ts';
import { cloneServer, databaseUrl, login } from '../templates.ts';
import { type LoadPractice, openPractice } from './load.ts';

/** What several processes share, and how a desk listens to one of them. */
export type Shared = {
  env: NodeJS.ProcessEnv;
  store: Store;
  practice: LoadPractice;
  token(): Promise<string>;
  close(): Promise<void>;
};

/** One practice on one PostgreSQL, and the audit key that its processes share. */
export async function prepare(): Promise<Shared> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-two-'));
  const { name, drop } = await cloneServer();
  const url = databaseUrl(name, login);
  const source = openServer(url);
  const store = makeStore(source, auditKey(folder), new LiveHub());
  const practice = await openPractice(store);
  return {
    env: { ...process.env, FRONTDESK_DATA: folder, DATABASE_URL: url, LOG_LEVEL: 'debug' },
    store,
    practice,
    token: practice.token,
    close: async () => {
      await source.close();
      await drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Send = (address: string, init: RequestInit) => Promise<Response>;

/** What a desk hears on its event stream, until it is told to stop. */
export async function listenAt(url: string, token: string, send: Send = fetch) {
  const stop = new AbortController();
  const response = await send(`${url}/api/live`, {
    headers: { authorization: `Bearer ${token}` },
    signal: stop.signal,
  });
  let heard = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) heard += decoder.decode(chunk as Uint8Array);
  })().catch(() => undefined);
  const until = async (text: string) => {
    const limit = Date.now() + 10_000;
    while (!heard.includes(text)) {
      if (Date.now() > limit) throw new Error(`Nothing was heard of ${text}.`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  return {
    until,
    heard: () => heard,
    close: async () => {
      stop.abort();
      await reading;
    },
  };
}
