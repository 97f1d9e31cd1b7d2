import { z } from 'zod';
import { Id } from '../../platform/id.ts';

/** What patients' pages tell the features to their right. */
export const onlineEvents = {
  /** What someone asked for on the booking page is booked, by itself or by the desk. */
  'online.booked.v1': z.object({ requestId: Id, patientId: Id, visitId: Id }),
} as const;
