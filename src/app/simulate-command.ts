import { parseArgs } from 'node:util';
import { z } from 'zod';
import { listPractices } from '../platform/practices.ts';
import { makeDemoPractice, type Player, playNext, resumeDemo, setUpDemo } from '../simulator/demo.ts';
import type { Size } from '../simulator/plan.ts';
import { withStore } from './open-store.ts';

const usage = `frontdesk simulate --days 90 --physicians 20 --patients 50000 --seed 7
  --days <0 to 400>        days ahead that are booked
  --past <0 to 1200>       days behind that were played        (0)
  --physicians <1 to 100>
  --patients <1 to 1000000>
  --seed <text>            the same seed, the same practice
  --fill <0.1 to 20>       how full the days are; 1 is the demo (20)
`;

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const Options = z.object({
  days: count(0, 400).default(90),
  past: count(0, 1200).default(0),
  physicians: count(1, 100).default(8),
  patients: count(1, 1_000_000).default(4000),
  seed: z.string().min(1).max(40).default('elm-street'),
  // A practice for load has days as full as a busy one's, weeks ahead too.
  fill: z.coerce.number().min(0.1).max(20).default(20),
});

/** One transaction lasts about this long: many visits, and yet one that fails is soon played again. */
const pieceMs = 2000;

/**
 * `frontdesk simulate`: fill an empty database with a practice of any size, played by the same commands as the
 * screens. It goes on where it was stopped when the same words are given again.
 */
export async function simulate(words: string[]): Promise<number> {
  const options = Object.fromEntries(
    Object.keys(Options.shape).map((key) => [key, { type: 'string' as const }]),
  );
  const parsed = Options.safeParse(parseArgs({ args: words, options }).values);
  if (!parsed.success) {
    process.stdout.write(`${z.prettifyError(parsed.error)}\n\n${usage}`);
    return 2;
  }
  const { seed, days, past, physicians, patients, fill } = parsed.data;
  const size: Size = { physicians, patients, pastDays: past, comingDays: days, density: fill };
  return withStore(async ({ store }) => {
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 1000);
    const practiceId = await startOrResume(store, seed, size);
    const player: Player = { ...(await resumeDemo(store, practiceId, size)), plan: null };
    let shown = 0;
    while (await playNext(player, pieceMs)) {
      const { part, total } = player.state;
      const tenth = Math.floor((10 * part) / total);
      if (tenth === shown) continue;
      shown = tenth;
      process.stderr.write(`${tenth * 10}% after ${seconds()} s\n`);
    }
    process.stdout.write(
      `${patients} people and their visits of ${days + past + 1} days are there (${seconds()} s). Sign in as secretary@demo.test, password demo-desk.\n`,
    );
    return 0;
  });
}

type Store = Parameters<typeof listPractices>[0];

async function startOrResume(store: Store, seed: string, size: Size): Promise<string> {
  const [known] = await listPractices(store);
  if (!known) {
    const practiceId = await makeDemoPractice(store);
    await setUpDemo(store, practiceId, seed, size);
    return practiceId;
  }
  const played = known.kind === 'demo' ? await findState(store, known.practiceId, size) : undefined;
  if (played?.seed === seed && played.part < played.total) return known.practiceId;
  throw new Error(
    'There is a practice here already. Give an empty data folder (FRONTDESK_DATA) or database (DATABASE_URL)',
  );
}

async function findState(store: Store, practiceId: string, size: Size) {
  return (await resumeDemo(store, practiceId, size).catch(() => undefined))?.state;
}
