import type { When } from '../schema.ts';

/** What a line says of a physician who is out or late: `lee out today`, `lee late 40`, `rescue okoye tomorrow`. Pure. */
export type RescueLineRead = {
  /** What was typed of the name; '' where none is. */
  word: string;
  when: When;
  minutes: number | null;
  /** Days from today. */
  days: number;
};

type Physician = { id: string; name: string };

const ignored = new Set(['dr', 'dr.', 'is', 'for', 'the', 'by', 'day', 'rescue', 'minutes', 'min']);
const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
const partsOf = (name: string) =>
  fold(name)
    .split(/[\s.,]+/)
    .filter(Boolean);

export function findPhysicians(word: string, physicians: readonly Physician[]): Physician[] {
  if (word === '') return [...physicians];
  return physicians.filter((one) => partsOf(one.name).some((part) => part !== 'dr' && part.startsWith(word)));
}

/** Undefined where the line means something else: nobody of that name works here, or nothing is said of being out. */
export function readRescueLine(text: string, physicians: readonly Physician[]): RescueLineRead | undefined {
  const words = fold(text.trim()).split(/\s+/).filter(Boolean);
  const isRescue = words[0] === 'rescue';
  const rest = words.filter((word) => !ignored.has(word));
  const [word = ''] = rest;
  const says = rest.slice(1);
  const late = says.indexOf('late');
  const out = says.includes('out') || says.includes('away') || says.includes('sick');
  if (!isRescue && (!(late === 0 || out) || findPhysicians(word, physicians).length === 0)) return undefined;
  const minutes = says.map((one) => Number(one.replace(/m(in)?$/, ''))).find((one) => one >= 5 && one <= 240);
  const when: When =
    late >= 0
      ? 'late'
      : says.includes('now')
        ? 'now'
        : says.some((one) => one === 'afternoon' || one === 'pm')
          ? 'afternoon'
          : 'today';
  return { word, when, minutes: late >= 0 ? (minutes ?? 30) : null, days: says.includes('tomorrow') ? 1 : 0 };
}
