/** What exists on the public listener. A feature adds its endpoints here and nowhere else. */
import { readSettings } from '../features/calls/settings/queries.ts';
import { messageHooks } from '../features/messages/receiving/routes.ts';
import { selfServiceEndpoints } from '../features/self-service/public/routes.ts';
import type { PublicEndpoint } from '../platform/http/public-endpoint.ts';

export const publicEndpoints: readonly PublicEndpoint[] = [
  ...selfServiceEndpoints,
  // The words of danger are those of the telephone, which messages do not know
  ...messageHooks({ listFlags: async (db) => (await readSettings(db)).redFlags }),
];
