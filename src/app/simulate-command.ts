import { parseArgs } from 'node:util';
import { z } from 'zod';
import { openServer } from '../platform/db/server.ts';
import { type Store, withLink } from '../platform/db/transaction.ts';
import { listPractices } from '../platform/practices.ts';
import { type Load, makeLoad } from '../simulator/load.ts';
import { type OpenStore, withStore } from './open-store.ts';

const usage = `frontdesk simulate --days 90 --physicians 20 --patients 50000 --seed 7
  --days <0 to 400>        days ahead that are booked          (90)
  --past <0 to 3000>       days behind that were played        (0)
  --past-visits <number>   or as many days behind as hold so many visits
  --physicians <1 to 100>                                      (20)
  --patients <1 to 1000000>                                    (5000)
  --seed <text>            the same seed on the same day: the same practice
  --fill <0.1 to 20>       how full the days are; 1 is the demo (20: every day is full)
  --minutes <5 to 720>     no visit is longer                  (15)
  --commands               play every visit through the commands of the screens; slower, the same result
`;

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const Options = z.object({
  days: count(0, 400).default(90),
  past: count(0, 3000).default(0),
  'past-visits': count(1, 5_000_000).optional(),
  physicians: count(1, 100).default(20),
  patients: count(1, 1_000_000).default(5000),
  seed: z.string().min(1).max(40).default('elm-street'),
  fill: z.coerce.number().min(0.1).max(20).default(20),
  minutes: count(5, 720).default(15),
  commands: z.boolean().default(false),
});

/**
 * `frontdesk simulate`: fill an empty database with a practice of any size. It goes on where it was stopped when
 * the same words are given again on the same day.
 */
export async function simulate(words: string[]): Promise<number> {
  const load = readWords(words);
  if (!load) return 2;
  return withStore(async (open) => {
    const [known] = await listPractices(open.store);
    if (known && known.kind !== 'demo') throw new Error(notEmpty);
    const began = performance.now();
    const seconds = () => Math.round((performance.now() - began) / 1000);
    let shown = -1;
    const progress = ({ part, total }: { part: number; total: number }) => {
      const tenth = Math.floor((10 * part) / total);
      if (tenth > shown) process.stderr.write(`${tenth * 10}% after ${seconds()} s\n`);
      shown = tenth;
    };
    const made = await makeLoad(open.store, load, { progress, analyze: () => tidy(open, 'analyze') });
    if (!made) throw new Error(notEmpty);
    const tidied = await tidy(open, 'vacuum analyze');
    const number = (value: number) => value.toLocaleString('en-US');
    process.stdout.write(
      `${number(made.patients)} people and ${number(made.visits)} visits of ${number(made.days)} days are there (${seconds()} s). ` +
        `Sign in as secretary@demo.test, password demo-desk.\n${tidied ? '' : 'Now let the owner of the database run “vacuum analyze”.\n'}`,
    );
    return 0;
  });
}

const notEmpty =
  'There is a practice here already. Give an empty data folder (FRONTDESK_DATA) or database (DATABASE_URL).';

function readWords(words: string[]): Load | null {
  const text = { type: 'string' as const };
  const keys = Object.keys(Options.shape).filter((key) => key !== 'commands');
  const options = {
    ...Object.fromEntries(keys.map((key) => [key, text])),
    commands: { type: 'boolean' as const },
  };
  try {
    const given = Options.parse(parseArgs({ args: words, options }).values);
    const { seed, days, past, 'past-visits': pastVisits, fill, minutes, ...rest } = given;
    return { ...rest, seed, days, pastDays: past, pastVisits, density: fill, minutesAtMost: minutes };
  } catch (error) {
    // A word that is no option, or a number that is none.
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String((error as Error).message);
    process.stdout.write(`${why}\n\n${usage}`);
    return null;
  }
}

/** Statistics and the map of full pages, as a server's own upkeep would make them by and by. */
async function tidy({ database, config }: OpenStore, statement: string): Promise<boolean> {
  const run = (source: Store['source']) => withLink(source, (link) => link.exec(statement));
  if (database.embedded) await run(database.embedded);
  else if (config.ownerUrl) {
    const owner = openServer(config.ownerUrl, 1);
    await run(owner).finally(() => owner.close());
  } else return false;
  return true;
}
