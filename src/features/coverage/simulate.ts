import { ageOn } from '../../platform/calendar/dates.ts';
import type { Random } from '../../platform/random.ts';
import type { KeptCoverage, Relationship } from './schema.ts';

/** Insurers that do not exist, beside the programs that everyone knows. */
const insurers = [
  'Northway Health Plan',
  'Hudson Vale Mutual',
  'Catskill Community Health',
  'Empire Trades Benefit Fund',
  'Alder Health',
] as const;

type Insured = { patientId: string; bornOn: string };
type Plan = Pick<KeptCoverage, 'payerName' | 'planKind' | 'memberId' | 'groupNumber' | 'relationship'>;

/** What an invented person is insured by on a day: mostly one plan, for some two, for a few none. */
export function inventCoverages(
  random: Random,
  { patientId, bornOn }: Insured,
  today: string,
): KeptCoverage[] {
  if (random.chance(0.06)) return [];
  const age = ageOn(bornOn, today);
  const year = Number(today.slice(0, 4));
  const newYear = `${year - random.between(1, 9)}-01-01`;
  const since = newYear < bornOn ? bornOn : newYear;
  const kept = { patientId, until: null, rank: 1, status: 'active' as const, source: null };
  const plans: KeptCoverage[] = [];
  if (age >= 65) {
    // Medicare begins with the month of the 65th birthday: 42 CFR 406.10
    const began = `${Number(bornOn.slice(0, 4)) + 65}-${bornOn.slice(5, 7)}-01`;
    plans.push({ ...kept, ...medicare(random), since: began });
    if (random.chance(0.4)) plans.push({ ...kept, ...commercial(random, 'self'), since: began, rank: 2 });
    return plans;
  }
  plans.push({ ...kept, ...planOf(random, age), since });
  const until = `${Number(newYear.slice(0, 4)) - 1}-12-31`;
  if (bornOn < until && random.chance(0.05)) {
    const former = commercial(random, age < 19 ? 'child' : 'self');
    plans.push({ ...kept, ...former, since: null, until, rank: null });
  }
  return plans;
}

function planOf(random: Random, age: number): Plan {
  const isChild = age < 19;
  if (random.chance(isChild ? 0.35 : 0.16)) return medicaid(random);
  if (random.chance(0.03)) return military(random, isChild);
  return commercial(random, isChild ? 'child' : random.chance(0.75) ? 'self' : 'spouse');
}

const digits = (random: Random, count: number) =>
  Array.from({ length: count }, () => String(random.below(10))).join('');

/** As a Medicare Beneficiary Identifier, but with a 0 in front, which none has: cms.gov/medicare/new-medicare-card */
function medicare(random: Random): Plan {
  const letter = () => random.pick([...'ACDEFGHJKMNPQRTUVWXY']);
  const memberId = `0${letter()}${digits(random, 2)}${letter()}${digits(random, 2)}${letter()}${letter()}${digits(random, 2)}`;
  return { payerName: 'Medicare', planKind: 'medicare', memberId, groupNumber: '', relationship: 'self' };
}

function medicaid(random: Random): Plan {
  const memberId = `ZZ${digits(random, 5)}Z`;
  const payerName = 'New York Medicaid';
  return { payerName, planKind: 'medicaid', memberId, groupNumber: '', relationship: 'self' };
}

function military(random: Random, isChild: boolean): Plan {
  const relationship = isChild ? 'child' : random.pick(['self', 'spouse'] as const);
  const memberId = `T${digits(random, 10)}`;
  return { payerName: 'TRICARE', planKind: 'military', memberId, groupNumber: '', relationship };
}

function commercial(random: Random, relationship: Relationship): Plan {
  const payerName = random.pick(insurers);
  const memberId = `${payerName.slice(0, 2).toUpperCase()}${digits(random, 9)}`;
  const groupNumber = random.chance(0.8) ? `G${random.between(1000, 1400)}` : '';
  return { payerName, planKind: 'commercial', memberId, groupNumber, relationship };
}
