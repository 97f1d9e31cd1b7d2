/**
 * Thirty visits of a physician who is out: the proposal against first-fit by urgency, on the same practices in the same
 * run. Said are the number left over, the mean delay and the weighted cost as ratios to first-fit, over offices from
 * half empty to nearly full; and what the plan takes, as a ratio to first-fit's time.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { openBoard } from '../src/features/rescue/assign/board/rules.ts';
import { type Assignment, assign, firstFit } from '../src/features/rescue/assign/rules.ts';
import { seeded } from '../src/platform/random.ts';
import { aDay, resources } from '../test/stranded.ts';

const rounds = Number(process.env.BENCH_ROUNDS ?? 40);
const fulls = [0.5, 0.7, 0.85, 0.95];

type Sum = { unplaced: number; delay: number; weighted: number; ms: number; worst: number };
const nothing = (): Sum => ({ unplaced: 0, delay: 0, weighted: 0, ms: 0, worst: 0 });

function timed(sum: Sum, work: () => Assignment): void {
  const began = performance.now();
  const { cost, meanDelayMinutes } = work();
  const ms = performance.now() - began;
  sum.unplaced += cost.unplaced;
  sum.delay += meanDelayMinutes;
  sum.weighted += cost.weighted;
  sum.ms += ms;
  sum.worst = Math.max(sum.worst, ms);
}

const rows = fulls.map((full) => {
  const [ours, first] = [nothing(), nothing()];
  for (let round = 0; round < rounds; round += 1) {
    const { visits, busy } = aDay(seeded('bench', full, round), { days: 12, count: 30, full });
    const open = () => openBoard(resources, busy);
    timed(first, () => firstFit(visits, open));
    timed(ours, () => assign(visits, open));
  }
  const ratio = (a: number, b: number) => (b === 0 ? null : Number((a / b).toFixed(2)));
  const hours = (sum: Sum) => Number((sum.delay / rounds / 60).toFixed(1));
  return {
    'hours taken': `${full * 100} %`,
    'left over, first-fit': first.unplaced,
    'left over, ours': ours.unplaced,
    'mean delay h, first-fit': hours(first),
    'mean delay h, ours': hours(ours),
    'weighted cost, ours / first-fit': ratio(ours.weighted, first.weighted),
    'ms, first-fit': Math.round(first.ms / rounds),
    'ms, ours': Math.round(ours.ms / rounds),
    'ms at most': Math.round(ours.worst),
    'time, ours / first-fit': ratio(ours.ms, first.ms),
  };
});

const folder = resolve(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
writeFileSync(resolve(folder, 'rescue.json'), `${JSON.stringify(rows, null, 2)}\n`);
console.log(`30 visits, 12 days, 4 physicians, 2 rooms, ${rounds} offices a line`);
console.table(rows);
