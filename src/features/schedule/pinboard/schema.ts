import { z } from 'zod';
import { Visit } from '../visits/schema.ts';

/** A visit parked at the side of this desk; it keeps its place until it is put elsewhere. */
export const Pin = z.object({ visit: Visit, pinnedAt: z.string() });
export type Pin = z.infer<typeof Pin>;
