import type { Tx } from '../../platform/db/transaction.ts';
import { type Random, seeded } from '../../platform/random.ts';
import { areaCodes, origins, streetKinds, streets, towns } from '../patients/invented/simulate.ts';
import { keepContacts } from './commands.ts';
import { ContactDraft, type NewContact } from './schema.ts';

const specialties = [
  ...['Family medicine', 'Internal medicine', 'Pediatrics', 'Cardiology', 'Gastroenterology', 'Neurology'],
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
] as const;

/** One organization, and so many who work there. */
const perPlace = 6;
/** Rows per statement. */
const atOnce = 600;

/** Telephone numbers are of the 555-01xx that are kept for stories. */
const inventNumber = (random: Random) =>
  `(${random.pick(areaCodes)}) 555-01${String(random.below(100)).padStart(2, '0')}`;

function inventPlace(random: Random, number: number): NewContact {
  const [city, zip] = random.pick(towns);
  return {
    kind: 'organization',
    // Many of one name are told apart as towns tell them apart: by a number.
    organizationName: `${city} ${random.pick(places)}${number < towns.length ? '' : ` ${number + 1}`}`,
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
  return { ...name, credentials, specialty: random.pick(specialties), phones: backline };
}

/** So many contacts of places and who works there; the same for the same seed. @returns the people's ids */
export async function addContacts(tx: Tx, seed: string, count: number): Promise<string[]> {
  const people: string[] = [];
  const drafts = Array.from({ length: count }, (_, index) => {
    const random = seeded(seed, 'contact', index);
    const number = Math.floor(index / perPlace);
    return ContactDraft.parse(index % perPlace === 0 ? inventPlace(random, number) : inventDoctor(random));
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
