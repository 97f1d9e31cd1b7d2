import type { Store } from '../platform/db/transaction.ts';
import { type DemoState, listPractices } from '../platform/practices.ts';
import { findDemoState, makeDemoPractice, type Player, playNext, resumeDemo, setUpDemo } from './demo.ts';
import type { Size } from './plan.ts';
import { countVisits } from './queries.ts';

/** A practice for load: what `frontdesk simulate` and the benchmarks ask for. */
export type Load = {
  seed: string;
  days: number;
  pastDays: number;
  /** instead of `pastDays`: as many days as hold so many visits */
  pastVisits?: number | undefined;
  physicians: number;
  patients: number;
  density: number;
  minutesAtMost: number;
  /** play every visit through the commands instead of writing whole days */
  commands: boolean;
};

/** One transaction of the commands lasts about this long. */
const pieceMs = 2000;

export type Made = { practiceId: string; patients: number; visits: number; days: number };

/**
 * Fill a store that holds no practice, or go on with the load in it that was cut off.
 * @param told of each piece that is done, and when fresh statistics are due
 * @returns null where there is another practice, or the load is there already
 */
export async function makeLoad(
  store: Store,
  load: Load,
  told: { progress?: (state: DemoState) => void; analyze?: () => Promise<unknown> } = {},
): Promise<Made | null> {
  const size = sizeOf(load);
  const practiceId = await startOrResume(store, load.seed, size);
  if (!practiceId) return null;
  const quiet = { ...store, onTouched: () => undefined };
  const player: Player = { ...(await resumeDemo(quiet, practiceId, size)), plan: null };
  if (!load.commands) player.bulk = { patients: null, visits: 0 };
  const tell = async () => {
    told.progress?.(player.state);
    if (isDue(player.state)) await told.analyze?.();
  };
  while (await playNext(player, pieceMs)) await tell();
  await tell();
  const visits = await countVisits(quiet, practiceId);
  return { practiceId, patients: size.patients, visits, days: size.pastDays + size.comingDays + 1 };
}

/** Whenever the practice has doubled: plans that were made for an empty table look through a full one. */
function isDue({ part, offset }: DemoState): boolean {
  return offset === 0 && part > 0 && (part & (part - 1)) === 0;
}

export function sizeOf({ days, pastDays, pastVisits, ...load }: Load): Size {
  const { physicians, patients, density, minutesAtMost } = load;
  const past = pastVisits ? daysFor(pastVisits, physicians, minutesAtMost) : pastDays;
  return { physicians, patients, pastDays: past, comingDays: days, density, load: { minutesAtMost } };
}

/** Full days of seven hours and a half, five a week, less the holidays. */
function daysFor(visits: number, physicians: number, minutesAtMost: number): number {
  const perWeekday = physicians * ((7.5 * 60) / Math.min(minutesAtMost, 25));
  return Math.ceil(((visits / perWeekday) * 7) / 5) + 1;
}

async function startOrResume(store: Store, seed: string, size: Size): Promise<string | null> {
  const [known] = await listPractices(store);
  if (!known) {
    const practiceId = await makeDemoPractice(store);
    await setUpDemo(store, practiceId, seed, size);
    return practiceId;
  }
  const state = known.kind === 'demo' ? await findDemoState(store, known.practiceId) : null;
  return state?.load && state.seed === seed && state.part < state.total ? known.practiceId : null;
}
