import type { JobHandler } from '../../../platform/contributions.ts';
import { fetchText } from '../../../platform/outside/fetch-text.ts';
import { findPractice } from '../../practice/queries.ts';
import { keepOutcome, type Outcome, outcomeOf } from './commands.ts';
import { type KeptCalendar, listToRead } from './queries.ts';

export const calendarJob = { kind: 'calendars.read', label: 'Read the external calendars' } as const;

/** So many at a time; each takes 8 seconds at most, and a job's lease lasts a minute. */
const atOnce = 10;

/** Every quarter of an hour. A demo practice reads nothing outside; its files are worked out anew as days pass. */
export const calendarJobs = (config: { allowInner: boolean }): readonly JobHandler[] => [
  {
    ...calendarJob,
    everyMinutes: 15,
    ask: async (look, now) => {
      const { calendars, isDemo } = await look(async (tx) => ({
        calendars: await listToRead(tx.db),
        isDemo: (await findPractice(tx.db)).kind === 'demo',
      }));
      const outcomes: Outcome[] = [];
      for (let at = 0; at < calendars.length; at += atOnce) {
        const some = calendars.slice(at, at + atOnce);
        outcomes.push(...(await Promise.all(some.map((one) => read(one, { ...config, isDemo, now })))));
      }
      return { outcomes };
    },
    run: async (tx, { outcomes }) => {
      for (const outcome of outcomes as Outcome[]) await keepOutcome(tx, outcome);
    },
  },
];

type How = { allowInner: boolean; isDemo: boolean; now: Date };

async function read(calendar: KeptCalendar, { allowInner, isDemo, now }: How): Promise<Outcome> {
  const { address, etag, lastModified, content } = calendar;
  if (address === null || isDemo) return outcomeOf(calendar, { kind: 'file' }, now);
  // Without what was read before, "nothing changed" would say nothing.
  const known = content ? { etag, lastModified } : {};
  return outcomeOf(calendar, await fetchText({ address, allowInner, ...known }), now);
}
