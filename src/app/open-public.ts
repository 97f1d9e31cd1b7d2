import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { sorryFor } from '../features/self-service/answers/routes.ts';
import { styleSheet } from '../features/self-service/style/rules.ts';
import type { Config, PublicConfig } from '../platform/config.ts';
import type { Store } from '../platform/db/transaction.ts';
import { buildPublicServer } from '../platform/http/public-server.ts';
import { publicEndpoints } from './public-list.ts';

export type PublicListener = { url: string; app: FastifyInstance; close(): Promise<void> };

/**
 * Open the listener for patients and webhooks, on a port of its own; from then on links can be made. Without a public
 * address it is this machine's, which is enough for a demo and for a try.
 */
export async function openPublic(
  store: Store,
  config: PublicConfig,
  logLevel: string,
): Promise<PublicListener> {
  const parts = { store, endpoints: publicEndpoints, sorry: sorryFor, style: styleSheet, logLevel };
  const { url: told, port, host, tls, trustedProxies } = config;
  const own = (at: number) => `${tls ? 'https' : 'http'}://localhost:${at}`;
  const office = { url: told ?? own(port) };
  const app = buildPublicServer({ ...parts, office, tls, trustedProxies });
  await app.listen({ port, host });
  office.url = told ?? own((app.server.address() as AddressInfo).port);
  store.publicUrl = office.url;
  return {
    url: office.url,
    app,
    close: async () => {
      store.publicUrl = undefined;
      await app.close();
    },
  };
}

/**
 * The public listener that the environment asks for. A demo shows patients' pages unasked, on this machine alone, at
 * the port beside its own where that is free.
 */
export async function openListener(
  store: Store,
  config: Config,
  isDemo: boolean,
  say: (line: string) => void,
): Promise<PublicListener | null> {
  const told = (listener: PublicListener) => {
    say(`Patients’ pages are open at ${listener.url}`);
    return listener;
  };
  if (config.open) return told(await openPublic(store, config.open, config.logLevel));
  if (!isDemo || config.port === 0) return null;
  const beside = { port: config.port + 1, host: '127.0.0.1' };
  return openPublic(store, beside, config.logLevel).then(told, () => {
    say(`Port ${beside.port} is taken: this demo shows no patients’ pages.`);
    return null;
  });
}
