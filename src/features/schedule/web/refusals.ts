import { z } from 'zod';
import { CallFailed } from '../../../platform/web/call.ts';
import { Opening } from '../openings/schema.ts';

/** A refusal with its way on: other times, or doing it anyway with a reason. */
export type WayOn = {
  message: string;
  openings: Opening[];
  overridePermission?: string;
};

const Offers = z.object({ openings: z.array(Opening) });

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'This did not work. Please try again.';
}

/** @returns undefined for what offers no way on beyond its words */
export function wayOnOf(error: unknown): WayOn | undefined {
  if (!(error instanceof CallFailed) || error.code !== 'conflict') return undefined;
  const offers = Offers.safeParse(error.detail.offers);
  const openings = offers.success ? offers.data.openings : [];
  const { overridePermission } = error.detail;
  if (openings.length === 0 && !overridePermission) return undefined;
  return { message: error.message, openings, overridePermission };
}
