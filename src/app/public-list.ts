/** What exists on the public listener. A feature adds its endpoints here and nowhere else. */
import { selfServiceEndpoints } from '../features/self-service/public/routes.ts';
import type { PublicEndpoint } from '../platform/http/public-endpoint.ts';

export const publicEndpoints: readonly PublicEndpoint[] = [...selfServiceEndpoints];
