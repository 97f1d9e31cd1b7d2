import { addDays } from '../../../platform/calendar/dates.ts';
import type { Random } from '../../../platform/random.ts';
import type { NewPatient } from '../schema.ts';

/** Two neighbors swapped, one letter doubled or lost: what a name becomes on a bad line. */
function misheard(random: Random, name: string): string {
  const at = random.between(1, Math.max(1, name.length - 2));
  const slips = [
    `${name.slice(0, at)}${name.charAt(at + 1)}${name.charAt(at)}${name.slice(at + 2)}`,
    `${name.slice(0, at)}${name.charAt(at)}${name.slice(at)}`,
    `${name.slice(0, at)}${name.slice(at + 1)}`,
  ];
  const others = slips.filter((slip) => slip !== name);
  return random.pick(others);
}

/** Another day of which one digit is wrong. */
function mistyped(date: string): string {
  const isNear = (other: string) => [...other].filter((digit, at) => digit !== date[at]).length === 1;
  return [1, -1, 10, -10].map((days) => addDays(date, days)).find(isNear) ?? date;
}

type Twice = (random: Random, person: NewPatient, bornOn: string) => Partial<NewPatient>;

/** How one person comes to be registered twice. */
const ways: readonly Twice[] = [
  (random, { familyName }) => ({ familyName: misheard(random, familyName) }),
  (random, { givenName = '' }) => ({ givenName: misheard(random, givenName) }),
  (_, { givenName = '', familyName }) => ({ givenName: familyName, familyName: givenName }),
  (_, __, bornOn) => ({ bornOn: mistyped(bornOn) }),
  (_, { middleName = '', givenName = '' }) => ({
    givenName: `${givenName} ${middleName}`.trim(),
    middleName: '',
  }),
];

/** Whom someone registered anew on the phone, in a hurry, who is here already: the same little is known of them. */
export function inventDouble(random: Random, person: NewPatient, index: number): NewPatient {
  const way = ways[index % ways.length];
  const { familyName, givenName = '', bornOn = null, sex, phones = [], language } = person;
  return {
    ...{ familyName, givenName, bornOn, language, phones: phones.slice(0, 1) },
    ...(sex ? { sex } : {}),
    ...way?.(random, person, bornOn ?? ''),
    note: index % 2 === 0 ? 'Called from the car; asked to be called back.' : '',
  };
}
