import { compared, leadStretches, weekdayNames } from '../reports/rules.ts';
import { type Cell, fitCells, keyOf, logOddsOf, shareOfOdds } from './fitting/rules.ts';
import {
  type Counted,
  type Factor,
  factors,
  type HeldOut,
  type Levels,
  type Mark,
  type RiskCell,
  type RiskModel,
  type RiskReport,
  type Weight,
} from './schema.ts';

/** Who may not come, told from what became of visits here (docs/decisions/0045-who-may-not-come.md). Pure. */

/** The days that it learns from, up to yesterday, and of these the last, which it is tried on and never learns from. */
export const learnedDays = 731;
export const heldOutDays = 90;
/** A visit counts as someone's past from so many days after it: as much as is known when the office calls. */
export const knownAfterDays = 3;

/** At most this part of all visits is marked: as many as can be called first. */
const markedShare = 0.1;

/** Below any of these nothing is marked. */
export const least = {
  learned: 500,
  learnedMissed: 30,
  heldOut: 100,
  heldOutMissed: 10,
  marked: 20,
} as const;

type Days = { learnedFrom: string; heldOutFrom: string; yesterday: string; dayBeforeHeldOut: string };

const counted = (cells: readonly Counted[]): Counted => ({
  visits: cells.reduce((sum, one) => sum + one.visits, 0),
  missed: cells.reduce((sum, one) => sum + one.missed, 0),
});

/** Learn from what is not held out, and try it on what is. */
export function learn(cells: readonly RiskCell[], days: Days): RiskModel {
  const known = cells.filter((cell) => !cell.held);
  const held = cells.filter((cell) => cell.held);
  const fitted = fitCells(known);
  const threshold = thresholdOf(scored(known, fitted));
  return {
    base: fitted.base,
    weights: listWeights(known, fitted.weights),
    threshold,
    learned: { ...counted(known), from: days.learnedFrom, to: days.dayBeforeHeldOut },
    heldOut: {
      ...tryOn(scored(held, fitted), threshold),
      ...{ from: days.heldOutFrom, to: days.yesterday },
    },
  };
}

function listWeights(cells: readonly RiskCell[], weights: ReadonlyMap<string, number>): Weight[] {
  return factors.flatMap((factor) => {
    const levels = [...new Set(cells.map((cell) => cell[factor]))].sort(
      (a, b) => placeOf(factor, a) - placeOf(factor, b) || (a < b ? -1 : 1),
    );
    return levels.map((level) => ({
      ...{ factor, level, weight: weights.get(keyOf(factor, level)) ?? 0 },
      ...counted(cells.filter((cell) => cell[factor] === level)),
    }));
  });
}

/** As a reader expects them, from the least to the most. */
const inOrder: Partial<Record<Factor, readonly string[]>> = {
  past: ['none', 'few', 'kept', 'some', 'often'],
  lead: leadStretches.map((one) => one.key),
};
const placeOf = (factor: Factor, level: string) => inOrder[factor]?.indexOf(level) ?? 0;

export type Scored = Counted & { share: number };

/** Likeliest first; visits of one share are one. */
function scored(cells: readonly Cell[], fitted: Parameters<typeof logOddsOf>[0]): Scored[] {
  const byShare = new Map<number, Counted>();
  for (const cell of cells) {
    const share = shareOfOdds(logOddsOf(fitted, cell));
    byShare.set(share, counted([byShare.get(share) ?? { visits: 0, missed: 0 }, cell]));
  }
  return [...byShare].map(([share, one]) => ({ share, ...one })).sort((a, b) => b.share - a.share);
}

/** The least share whose visits, and those above, are no more than may be marked; null where the first are too many. */
export function thresholdOf(list: readonly Scored[]): number | null {
  const most = counted(list).visits * markedShare;
  let threshold: number | null = null;
  let visits = 0;
  for (const one of list) {
    visits += one.visits;
    if (visits > most) break;
    threshold = one.share;
  }
  return threshold;
}

/** @param list likeliest first */
export function tryOn(list: readonly Scored[], threshold: number | null): Omit<HeldOut, 'from' | 'to'> {
  return {
    ...counted(list),
    marked: counted(list.filter(({ share }) => threshold !== null && share >= threshold)),
    order: orderOf(list),
    tenths: tenthsOf(list),
  };
}

/** Of all pairs of a missed and a kept visit: how often the missed one stands higher; a tie is half. */
function orderOf(list: readonly Scored[]): number | null {
  const { visits, missed } = counted(list);
  if (missed === 0 || missed === visits) return null;
  let above = 0;
  let keptBelow = visits - missed;
  for (const one of list) {
    const kept = one.visits - one.missed;
    keptBelow -= kept;
    above += one.missed * (keptBelow + kept / 2);
  }
  return above / (missed * (visits - missed));
}

/** Ten parts of the visits, alike in size; visits of one share stay together, in the part where their middle lies. */
function tenthsOf(list: readonly Scored[]): HeldOut['tenths'] {
  const { visits } = counted(list);
  const tenths = Array.from({ length: 10 }, () => ({ visits: 0, missed: 0, expected: 0 }));
  let before = 0;
  for (const one of list) {
    const tenth = tenths[Math.min(9, Math.floor(((before + one.visits / 2) / visits) * 10))];
    before += one.visits;
    if (!tenth) continue;
    tenth.visits += one.visits;
    tenth.missed += one.missed;
    tenth.expected += one.visits * one.share;
  }
  return tenths;
}

/** Whether visits are marked: only where enough was seen, and the marks did better than chance would. */
export function standingOf(model: RiskModel | null): RiskReport['standing'] {
  if (!model) return 'not-yet';
  const { learned, heldOut } = model;
  const tooFew =
    learned.visits < least.learned ||
    learned.missed < least.learnedMissed ||
    heldOut.visits < least.heldOut ||
    heldOut.missed < least.heldOutMissed;
  if (tooFew) return 'too-few';
  const rate = ({ visits, missed }: Counted) => ({ hits: missed, all: visits });
  const better =
    heldOut.marked.visits >= least.marked && compared(rate(heldOut.marked), rate(heldOut)) === 'higher';
  return better ? 'marks' : 'no-better';
}

type Due = {
  /** since it was learned last; null: never */
  hours: number | null;
  /** on the wall of the practice, since midnight */
  minutes: number;
  standing: RiskReport['standing'];
};

/** Between one and five at night, once; by day only what is overdue, or so little that nobody waits for it. */
export function isDueToLearn({ hours, minutes, standing }: Due): boolean {
  if (hours === null || hours >= 72) return true;
  if (standing === 'too-few') return hours >= 1;
  return hours >= 12 && minutes >= 60 && minutes < 300;
}

/** What a mark says of a visit besides where it stands. */
export type RiskFacts = {
  levels: Levels;
  typeName: string;
  leadDays: number;
  /** of the two years before: booked visits whose hour came, those missed, those cancelled or moved late */
  toldBefore: number;
  missedBefore: number;
  lateBefore: number;
};

/** A reason is named from this part of a step of the odds on. */
const worthNaming = 0.15;
const mostReasons = 3;

/** The mark of a visit, or nothing. Of the reasons those that count most; each only where it makes a miss likelier. */
export function markOf(model: RiskModel, facts: RiskFacts): Mark | null {
  const weights = new Map(model.weights.map(({ factor, level, weight }) => [keyOf(factor, level), weight]));
  const share = shareOfOdds(logOddsOf({ base: model.base, weights }, facts.levels));
  if (model.threshold === null || share < model.threshold) return null;
  const own = (factor: Factor) => weights.get(keyOf(factor, facts.levels[factor])) ?? 0;
  // Whether the last one was missed is said with the others
  const weighed = factors
    .filter((factor) => factor !== 'last')
    .map((factor) => ({ factor, weight: own(factor) + (factor === 'past' ? own('last') : 0) }))
    .filter(({ weight }) => weight >= worthNaming)
    .sort((a, b) => b.weight - a.weight);
  return { share, reasons: weighed.slice(0, mostReasons).map(({ factor }) => reasonOf[factor](facts)) };
}

const many = (count: number, one: string, more: string) => `${count} ${count === 1 ? one : more}`;

const reasonOf: Record<Factor, (facts: RiskFacts) => string> = {
  past: ({ missedBefore, toldBefore, levels }) => {
    if (toldBefore === 0) return 'no booked visit here in two years';
    if (missedBefore === 0) return `${many(toldBefore, 'booked visit', 'booked visits')} here in two years`;
    if (toldBefore === 1) return 'missed the only visit booked in two years';
    const last = levels.last === 'missed' && missedBefore < toldBefore ? ', the last one too' : '';
    return `missed ${missedBefore} of ${many(toldBefore, 'visit', 'visits')} in two years${last}`;
  },
  last: () => 'missed the last visit',
  late: ({ lateBefore }) =>
    lateBefore === 0 ? 'no late cancellation' : many(lateBefore, 'late cancellation', 'late cancellations'),
  lead: ({ leadDays }) =>
    leadDays <= 0 ? 'booked the same day' : `booked ${many(leadDays, 'day', 'days')} ahead`,
  type: ({ typeName }) => `“${typeName}” is missed more often here`,
  weekday: ({ levels }) => `${weekdayNames[Number(levels.weekday) - 1]}s are missed more often here`,
  hour: ({ levels }) => `visits ${hourLabels[levels.hour] ?? ''} are missed more often here`,
};

const hourLabels: Record<string, string> = {
  '00': 'before 10 am',
  '10': 'from 10 am to noon',
  '12': 'from noon to 3 pm',
  '15': 'from 3 pm on',
};

const pastLabels: Record<string, string> = {
  none: 'no booked visit here',
  few: '1 or 2, none missed',
  kept: '3 or more, none missed',
  some: 'fewer than a third missed',
  often: 'a third or more missed',
};

const about: Record<Factor, string> = {
  past: 'Own visits of two years',
  last: 'Own last visit',
  late: 'Own late cancellations and late moves of two years',
  lead: 'Booked',
  type: 'Visit type',
  weekday: 'Weekday',
  hour: 'Time of day',
};

const labelOf: Record<Factor, (level: string, types: ReadonlyMap<string, string>) => string> = {
  past: (level) => pastLabels[level] ?? level,
  last: (level) => (level === 'missed' ? 'missed' : 'kept, or none'),
  late: (level) => (level === '2' ? '2 or more' : level),
  lead: (level) => leadStretches.find((one) => one.key === level)?.label ?? level,
  type: (level, types) => types.get(level) ?? 'a type that is no more',
  weekday: (level) => weekdayNames[Number(level) - 1] ?? level,
  hour: (level) => hourLabels[level] ?? level,
};

/** What the page shows of a model: every number that a mark rests on. */
export function reportOf(
  found: { model: RiskModel; learnedAt: string } | null,
  types: ReadonlyMap<string, string>,
): RiskReport {
  const standing = standingOf(found?.model ?? null);
  if (!found) return { standing, learnedAt: null, learned: null, heldOut: null, counts: [] };
  const { learned, heldOut, weights } = found.model;
  const counts = weights.map(({ factor, level, visits, missed, weight }) => ({
    ...{ about: about[factor], label: labelOf[factor](level, types), visits, missed, odds: Math.exp(weight) },
  }));
  return { standing, learnedAt: found.learnedAt, learned, heldOut, counts };
}
