import type { Random } from '../../platform/random.ts';
import type { KeptEncounter, Precision } from './schema.ts';

const dayMs = 86_400_000;

const places = [
  'Cedar General Hospital',
  'Riverside Urgent Care',
  'Alderton Eye Center',
  'Dr. Vela’s office',
];

type Told = Pick<KeptEncounter, 'kind' | 'reason' | 'organization'> & { stayDays?: number };

/** What other places tell of people. */
const told: readonly Told[] = [
  { kind: 'Emergency room admission', reason: 'Chest pain', organization: places[0] ?? '' },
  { kind: 'Emergency room admission', reason: 'Laceration of hand', organization: places[0] ?? '' },
  { kind: 'Hospital stay', reason: 'Pneumonia', organization: places[0] ?? '', stayDays: 4 },
  { kind: 'Hospital stay', reason: 'Hip replacement', organization: places[0] ?? '', stayDays: 3 },
  { kind: 'Encounter for symptom', reason: 'Sore throat', organization: places[1] ?? '' },
  { kind: 'Encounter for symptom', reason: 'Sprained ankle', organization: places[1] ?? '' },
  { kind: 'Eye examination', reason: '', organization: places[2] ?? '' },
  { kind: 'Check-up', reason: '', organization: places[3] ?? '' },
];

type Person = { patientId: string; bornOn: string };

/** Some people have been elsewhere before they came, once or a few times. */
export function inventHistory(random: Random, { patientId, bornOn }: Person, before: Date): KeptEncounter[] {
  if (!random.chance(0.15)) return [];
  const bornMs = Date.parse(bornOn);
  return Array.from({ length: random.between(1, 3) }, () => {
    const { stayDays = 0, ...what } = random.pick(told);
    const startsMs = momentBefore(random, before);
    const precision: Precision = random.pick(['time', 'time', 'time', 'day'] as const);
    const iso = (ms: number) =>
      precision === 'time'
        ? new Date(ms).toISOString()
        : `${new Date(ms).toISOString().slice(0, 10)}T00:00:00Z`;
    return {
      ...what,
      patientId,
      startsAt: iso(startsMs),
      startsPrecision: precision,
      endsAt: stayDays > 0 ? iso(startsMs + stayDays * dayMs) : null,
      endsPrecision: stayDays > 0 ? precision : null,
      status: 'finished' as const,
      practitioner: '',
      source: null,
    };
  }).filter((one) => Date.parse(one.startsAt) > bornMs);
}

/** By day, some weeks to some years before, on a quarter of an hour. */
function momentBefore(random: Random, before: Date): number {
  const day = Math.floor(before.getTime() / dayMs) - random.between(20, 2600);
  return day * dayMs + random.between(13 * 4, 21 * 4) * 900_000;
}
