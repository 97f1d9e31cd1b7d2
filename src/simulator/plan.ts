import { addDays } from '../platform/calendar/dates.ts';

/** How large a practice is simulated, and how much time around its day. */
export type Size = {
  physicians: number;
  patients: number;
  /** days before the anchor, days after it */
  pastDays: number;
  comingDays: number;
  /** multiplies how full the days are; 1 is the demo */
  density: number;
  /** made for load (`frontdesk simulate`): everyone is registered before the first day, and it stays as made */
  load?: { minutesAtMost: number };
};

export const demoSize: Size = { physicians: 8, patients: 4000, pastDays: 365, comingDays: 92, density: 1 };

/** People who are needed at once: those of the day and the next ones. */
const firstPeople = 500;
export const peoplePerPart = 100;

/** Doctors and organizations in the directory: one for ten patients, in the demo what a newcomer can look through. */
export function countContacts({ patients, load }: Size): number {
  return load ? Math.ceil(patients / 10) : Math.min(60, Math.ceil(patients / 10));
}

export type Part =
  | { kind: 'people'; from: number; to: number }
  | { kind: 'day'; date: string; ahead: number }
  | { kind: 'recalls'; date: string; first: boolean }
  | { kind: 'learning' };

/**
 * The parts in the order in which they are played: the day, the next days, everyone else, the rest of the coming quarter, the past, newest first, and what follows from it.
 */
export function listParts(size: Size, anchorOn: string): Part[] {
  const first = countFirstPeople(size);
  const day = (ahead: number): Part => ({ kind: 'day', date: addDays(anchorOn, ahead), ahead });
  const range = (from: number, to: number) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  const near = Math.min(5, size.comingDays);
  return [
    ...people(0, first),
    ...range(0, near).map(day),
    ...people(first, size.patients),
    ...range(near + 1, size.comingDays).map(day),
    ...range(1, size.pastDays).map((back) => day(-back)),
    ...(size.load ? [] : afterPast(size, anchorOn)),
  ];
}

/** Every other week for half a year somebody sits down with the recall list. */
const recallRounds = 13;

/** What needs the past: who is called back, and what the history tells. */
function afterPast({ pastDays }: Size, anchorOn: string): Part[] {
  const backs = Array.from({ length: recallRounds }, (_, i) => (recallRounds - i) * 14 - 7);
  const kept = backs.filter((back) => back <= pastDays);
  return [
    ...kept.map((back, i): Part => ({ kind: 'recalls', date: addDays(anchorOn, -back), first: i === 0 })),
    { kind: 'learning' },
  ];
}

/** How many of the parts stand before the office opens its doors. */
export function countFirstParts(size: Size): number {
  return people(0, countFirstPeople(size)).length + 1;
}

function countFirstPeople({ patients, load }: Size): number {
  return load ? patients : Math.min(firstPeople, patients);
}

function people(from: number, to: number): Part[] {
  const parts: Part[] = [];
  for (let at = from; at < to; at += peoplePerPart) {
    parts.push({ kind: 'people', from: at, to: Math.min(to, at + peoplePerPart) });
  }
  return parts;
}

/** How much of a day is given away: nearly all today, less the further ahead; the past thinner than it was. */
export function fillOf(ahead: number, density: number): number {
  const share = (() => {
    if (ahead === 0) return 0.8;
    if (ahead > 0) return ahead <= 3 ? 0.7 : ahead <= 7 ? 0.5 : ahead <= 21 ? 0.22 : ahead <= 45 ? 0.1 : 0.05;
    return ahead >= -5 ? 0.5 : ahead >= -30 ? 0.2 : 0.08;
  })();
  return Math.min(0.95, share * density);
}
