import type { Tx } from '../../platform/db/transaction.ts';
import { type Random, seeded } from '../../platform/random.ts';
import { areaCodes, origins, streetKinds, streets, towns } from '../patients/invented/simulate.ts';
import { keepContacts } from './commands.ts';
import { ContactDraft, type NewContact } from './schema.ts';

const primaryCare = ['Family medicine', 'Internal medicine', 'Pediatrics'] as const;
const specialties = [
  ...primaryCare,
  ...['Cardiology', 'Gastroenterology', 'Neurology'],
  ...['Orthopedic surgery', 'General surgery', 'Obstetrics and gynecology', 'Urology', 'Endocrinology'],
  ...['Pulmonology', 'Dermatology', 'Ophthalmology', 'Rheumatology', 'Oncology'],
] as const;
const therapies = [
  ['PT', 'Physical therapy'],
  ['NP', 'Family medicine'],
  ['PA-C', 'Orthopedic surgery'],
  ['LCSW', 'Counseling'],
] as const;
const places = [
  ...['Medical Group', 'Family Practice', 'Specialists', 'Imaging', 'Hospital', 'Physical Therapy'],
  ...['Internal Medicine Associates', 'Health Center', 'Surgical Associates', 'Pediatrics'],
] as const;
const townNames = [...new Set(towns.map(([name]) => name))];

/** One organization, and so many who work there. */
const perPlace = 6;
/** Rows per statement. */
const atOnce = 600;

/** Telephone numbers are of the 555-01xx that are kept for stories. */
const inventNumber = (random: Random) =>
  `(${random.pick(areaCodes)}) 555-01${String(random.below(100)).padStart(2, '0')}`;

/** No two of one name: town by town, in each another kind of place; when those are used up, with a number. */
export function nameOfPlace(seed: string, number: number): { city: string; name: string } {
  const round = Math.floor(number / townNames.length);
  const city = townNames[(seeded(seed, 'towns').below(townNames.length) + number) % townNames.length] ?? '';
  const place = places[(seeded(seed, 'place', city).below(places.length) + round) % places.length];
  const again = Math.floor(round / places.length);
  return { city, name: `${city} ${place}${again === 0 ? '' : ` ${again + 1}`}` };
}

function inventPlace(random: Random, { city, name }: { city: string; name: string }): NewContact {
  const [, zip] = random.pick(towns.filter((town) => town[0] === city));
  return {
    kind: 'organization',
    organizationName: name,
    phones: [{ number: inventNumber(random) }],
    fax: inventNumber(random),
    address: {
      line1: `${random.between(1, 980)} ${random.pick(streets)} ${random.pick(streetKinds)}`,
      ...{ city, state: 'NY', zip },
    },
    reach: 'fax',
  };
}

// Without an NPI: any that fits could be a living doctor's.
function inventDoctor(random: Random): NewContact {
  const origin = random.pick(origins);
  const name = {
    familyName: random.pick(origin.family),
    givenName: random.pick(random.chance(0.5) ? origin.female : origin.male),
  };
  if (random.chance(0.15)) {
    const [credentials, specialty] = random.pick(therapies);
    return { ...name, kind: 'clinician', credentials, specialty };
  }
  const backline = random.chance(0.3) ? [{ kind: 'backline' as const, number: inventNumber(random) }] : [];
  const credentials = random.chance(0.85) ? 'MD' : 'DO';
  // More of those whom nearly everyone has.
  const specialty = random.pick(random.chance(0.25) ? primaryCare : specialties);
  return { ...name, credentials, specialty, phones: backline };
}

/** So many contacts of places and who works there; the same for the same seed. @returns the people's ids */
export async function addContacts(tx: Tx, seed: string, count: number): Promise<string[]> {
  const people: string[] = [];
  const drafts = Array.from({ length: count }, (_, index) => {
    const random = seeded(seed, 'contact', index);
    if (index % perPlace !== 0) return ContactDraft.parse(inventDoctor(random));
    return ContactDraft.parse(inventPlace(random, nameOfPlace(seed, index / perPlace)));
  });
  for (let from = 0; from < count; from += atOnce) {
    const some = drafts.slice(from, from + atOnce);
    const placeIds = await keepContacts(
      tx,
      some.filter((_, index) => index % perPlace === 0),
    );
    const doctors = some.flatMap((draft, index) => {
      const organizationId = placeIds[Math.floor(index / perPlace)] ?? null;
      return index % perPlace === 0 ? [] : [{ ...draft, organizationId }];
    });
    people.push(...(await keepContacts(tx, doctors)));
  }
  return people;
}
