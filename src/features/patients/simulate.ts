import { addDays } from '../../platform/calendar/dates.ts';
import { type Random, seeded } from '../../platform/random.ts';
import {
  areaCodes,
  nicknames,
  type Origin,
  origins,
  streetKinds,
  streets,
  towns,
} from './invented/simulate.ts';
import type { NewPatient } from './schema.ts';

export { alertTexts } from './invented/simulate.ts';

/** A person who does not exist, and what the day's plan has to know about them. */
export type InventedPerson = { draft: NewPatient; bornOn: string };

type Household = {
  random: Random;
  origin: Origin;
  familyName: string;
  language: string;
  address: NonNullable<NewPatient['addresses']>[number];
  homePhone: string | null;
  today: string;
};

/**
 * So many people, household by household; the same for the same seed and day.
 * Telephone numbers are of the 555-01xx that are kept for stories, e-mail of the domains reserved for examples.
 */
export function inventPeople(seed: string, count: number, today: string): InventedPerson[] {
  const people: InventedPerson[] = [];
  for (let number = 0; people.length < count; number++) {
    people.push(...inventHousehold(seeded(seed, 'household', number), today));
  }
  return people.slice(0, count);
}

function inventHousehold(random: Random, today: string): InventedPerson[] {
  const origin = pickOrigin(random);
  const household: Household = {
    random,
    origin,
    familyName: random.pick(origin.family),
    language: random.chance(origin.otherLanguage) ? origin.language : 'en',
    address: inventAddress(random),
    homePhone: random.chance(0.3) ? inventNumber(random) : null,
    today,
  };
  const age = pickAdultAge(random);
  const first = inventAdult(household, age);
  const people = [first];
  if (random.chance(0.5)) people.push(inventAdult(household, Math.max(19, age + random.between(-6, 6))));
  if (age > 22 && age < 50 && random.chance(0.5)) {
    const children = random.between(1, 3);
    for (let i = 0; i < children; i++) {
      people.push(inventChild(household, random.between(2, Math.min(17, age - 18)), first));
    }
  }
  return people;
}

function pickOrigin(random: Random): Origin {
  let left = random.below(origins.reduce((sum, origin) => sum + origin.share, 0));
  for (const origin of origins) {
    left -= origin.share;
    if (left < 0) return origin;
  }
  return random.pick(origins);
}

/** More of the old than there are in the county: they come more often. */
function pickAdultAge(random: Random): number {
  return random.chance(0.35) ? random.between(62, 93) : random.between(20, 64);
}

function inventNumber(random: Random): string {
  return `(${random.pick(areaCodes)}) 555-01${String(random.below(100)).padStart(2, '0')}`;
}

function inventAddress(random: Random): Household['address'] {
  const [city, zip] = random.pick(towns);
  const line1 = `${random.between(1, 980)} ${random.pick(streets)} ${random.pick(streetKinds)}`;
  const line2 = random.chance(0.2) ? `Apt ${random.between(1, 24)}${random.pick(['A', 'B', 'C', ''])}` : '';
  return { kind: 'home', line1, line2, city, state: 'NY', zip };
}

function bornOn({ random, today }: Household, age: number): string {
  return addDays(today, -Math.floor(age * 365.2425) - random.between(1, 364));
}

type Name = Pick<NewPatient, 'familyName' | 'givenName' | 'middleName' | 'preferredName' | 'formerNames'> & {
  sex: 'female' | 'male';
};

function inventName({ random, origin, familyName }: Household, isAdult: boolean): Name {
  const sex = random.chance(0.53) ? 'female' : 'male';
  const givenName = random.pick(origin[sex]);
  const nickname = nicknames[givenName];
  const own = isAdult && random.chance(0.12) ? random.pick(origin.family) : familyName;
  const married = sex === 'female' && isAdult && random.chance(0.08);
  return {
    sex,
    givenName,
    familyName: random.chance(0.04) && own !== familyName ? `${familyName}-${own}` : own,
    middleName: random.chance(0.35) ? random.pick(origin[sex]) : '',
    preferredName: nickname && random.chance(0.4) ? nickname : '',
    formerNames: married ? [random.pick(origin.family)] : [],
  };
}

function plainLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[đĐ]/g, 'd')
    .replace(/[łŁ]/g, 'l')
    .replace(/[øØ]/g, 'o')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();
}

function inventEmail(random: Random, { givenName = '', familyName }: Name): string {
  if (!random.chance(0.6)) return '';
  const domain = random.pick(['example.org', 'example.com', 'example.net']);
  return `${plainLetters(givenName)}.${plainLetters(familyName)}${random.below(100)}@${domain}`;
}

const identities = [
  { sex: 'female', genderIdentity: 'Transgender man', pronouns: 'he/him' },
  { sex: 'male', genderIdentity: 'Transgender woman', pronouns: 'she/her' },
  { sex: 'female', genderIdentity: 'Non-binary', pronouns: 'they/them' },
  { sex: 'other', genderIdentity: 'Non-binary', pronouns: 'they/them' },
] as const;

function inventAdult(household: Household, age: number): InventedPerson {
  const { random } = household;
  const name = inventName(household, true);
  const born = bornOn(household, age);
  const hasPhone = !random.chance(0.006);
  const phones: NewPatient['phones'] = [];
  if (hasPhone && (age < 75 || random.chance(0.6))) {
    const mayText = random.chance(0.8);
    phones.push({
      kind: 'mobile',
      number: inventNumber(random),
      preferred: true,
      mayText,
      mayLeaveVoicemail: true,
    });
  }
  if (hasPhone && (household.homePhone || phones.length === 0)) {
    phones.push({
      kind: 'home',
      number: household.homePhone ?? inventNumber(random),
      mayLeaveVoicemail: true,
    });
  }
  const draft: NewPatient = {
    ...name,
    ...(random.chance(0.015) ? random.pick(identities) : {}),
    bornOn: born,
    language: household.language,
    interpreterNeeded: household.language !== 'en' && random.chance(0.5),
    maritalStatus: random.pick(['Married', 'Married', 'Single', 'Widowed', 'Divorced', '']),
    email: age < 85 ? inventEmail(random, name) : '',
    phones,
    addresses: random.chance(0.006) ? [] : [household.address],
    contacts: random.chance(0.7) ? [inventContact(household)] : [],
  };
  return { draft, bornOn: born };
}

function inventContact(household: Household): NonNullable<NewPatient['contacts']>[number] {
  const { random, origin, familyName } = household;
  const given = random.pick(random.chance(0.5) ? origin.female : origin.male);
  const relationship = random.pick(['Spouse', 'Sister', 'Brother', 'Daughter', 'Son', 'Friend', 'Parent']);
  return { kind: 'emergency', name: `${given} ${familyName}`, relationship, phone: inventNumber(random) };
}

/** A child is called at a parent's phone, and a parent pays. Nobody under two: all were registered last year. */
function inventChild(household: Household, age: number, parent: InventedPerson): InventedPerson {
  const name = inventName({ ...household, familyName: parent.draft.familyName }, false);
  const born = bornOn(household, age);
  const parentName = `${parent.draft.givenName} ${parent.draft.familyName}`;
  const phone = parent.draft.phones?.[0];
  const draft: NewPatient = {
    ...name,
    bornOn: born,
    language: household.language,
    phones: phone ? [{ ...phone, note: `${parentName}, parent` }] : [],
    addresses: parent.draft.addresses ?? [],
    contacts: phone
      ? [{ kind: 'emergency', name: parentName, relationship: 'Parent', phone: phone.number }]
      : [],
    guarantor: {
      name: parentName,
      relationship: 'Parent',
      phone: phone?.number ?? '',
      bornOn: parent.bornOn,
      address: household.address,
    },
  };
  return { draft, bornOn: born };
}
