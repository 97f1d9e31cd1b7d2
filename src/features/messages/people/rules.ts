import { ageOn } from '../../../platform/calendar/dates.ts';
import { isBareAddress, isTextNumber } from '../../../platform/outside/message.ts';
import { type MayContact, mayContact } from '../../patients/consents/rules.ts';
import type { Answer } from '../../patients/consents/schema.ts';
import { mustNotBeTold } from '../../patients/custody/rules.ts';
import { mayHear } from '../../patients/relations/rules.ts';
import type { Relation } from '../../patients/relations/schema.ts';
import type { Address, Phone } from '../../patients/schema.ts';
import type { MessageChannel, MessageLanguage, MessagePurpose } from '../schema.ts';
import { consentFor } from '../sending/rules.ts';

/** What the record of a person says about writing to them. */
export type PersonFacts = {
  state: 'alive' | 'deceased' | 'gone';
  callName: string;
  firstName: string;
  bornOn: string | null;
  language: string;
  email: string;
  phones: readonly Pick<Phone, 'kind' | 'number' | 'preferred' | 'mayText'>[];
  addresses: readonly Pick<Address, 'state' | 'country'>[];
  answers: readonly Answer[];
  relations: readonly Pick<Relation, 'name' | 'phone' | 'mayHear' | 'since' | 'until' | 'revokedAt'>[];
  /** Names that a custody note says must not be told. */
  mustNotTell: string[];
};

export type Recipient = {
  address: string;
  /** An authorized person in the patient's place; '' for the patient. */
  proxyName: string;
  may: MayContact;
};

/** From this age a person is written to themselves; below it, who may hear about their appointments is. */
export const ownAge = 18;

export function isMinor({ bornOn }: Pick<PersonFacts, 'bornOn'>, today: string): boolean {
  return bornOn !== null && ageOn(bornOn, today) < ownAge;
}

/** Who gets a message about this person by this way; null where nobody can. */
export function recipientOf(
  person: PersonFacts,
  { channel, purpose, today }: { channel: MessageChannel; purpose: MessagePurpose; today: string },
): Recipient | null {
  const consent = consentFor[purpose];
  if (channel === 'email') {
    // The record knows no addresses of authorized persons
    if (!isBareAddress(person.email) || isMinor(person, today)) return null;
    return {
      address: person.email.toLowerCase(),
      proxyName: '',
      may: mayContact(person.answers, 'email', consent),
    };
  }
  if (isMinor(person, today)) return proxyOf(person, consent, today);
  const phone = phoneToText(person.phones);
  if (!phone) return null;
  return { address: phone.number, proxyName: '', may: mayContact(person.answers, 'text', consent, phone) };
}

/** A number noted as good for texts, the preferred first; else a mobile. A home or work line takes none. */
export function phoneToText<T extends Pick<Phone, 'kind' | 'number' | 'preferred' | 'mayText'>>(
  phones: readonly T[],
): T | undefined {
  const fit = phones.filter((one) => isTextNumber(one.number) && (one.mayText || one.kind === 'mobile'));
  const rank = (one: T) => (one.mayText ? 2 : 0) + (one.preferred ? 1 : 0);
  return [...fit].sort((one, other) => rank(other) - rank(one))[0];
}

/** What the parent agreed to for the child holds for the parent's number. */
function proxyOf(
  person: PersonFacts,
  consent: 'appointments' | 'results' | 'billing',
  today: string,
): Recipient | null {
  const found = person.relations.find(
    (one) => isTextNumber(one.phone) && mayHear(one, consent, today) && !mustNotBeTold(person, one.name),
  );
  if (!found) return null;
  const noted = person.phones.find((one) => one.number === found.phone) ?? {};
  return {
    address: found.phone,
    proxyName: found.name,
    may: mayContact(person.answers, 'text', consent, noted),
  };
}

/** A way that reaches them and that they agreed to: text before e-mail; null where a call is all there is. */
export function wayTo(
  person: PersonFacts,
  {
    purpose,
    today,
    has,
  }: { purpose: MessagePurpose; today: string; has: (channel: MessageChannel) => boolean },
): { channel: MessageChannel; recipient: Recipient } | null {
  if (person.state !== 'alive') return null;
  for (const channel of ['text', 'email'] as const) {
    const recipient = has(channel) ? recipientOf(person, { channel, purpose, today }) : null;
    if (recipient?.may === 'yes') return { channel, recipient };
  }
  return null;
}

export function languageOf({ language }: Pick<PersonFacts, 'language'>): MessageLanguage {
  return /^es\b/i.test(language) ? 'es' : 'en';
}

/** Time zones of the states (tz database); of those that lie in two all are kept: quiet in one is quiet. */
const zonesByState: Record<string, readonly string[]> = {};
const zoneLines: readonly [string, string][] = [
  ['America/New_York', 'CT DE DC FL GA IN KY ME MD MA MI NH NJ NY NC OH PA RI SC TN VT VA WV'],
  ['America/Chicago', 'AL AR FL IL IN IA KS KY LA MI MN MS MO NE ND OK SD TN TX WI'],
  ['America/Denver', 'AZ CO ID KS MT NE NV NM ND OR SD TX UT WY'],
  ['America/Phoenix', 'AZ'],
  ['America/Los_Angeles', 'CA ID NV OR WA'],
  ['America/Anchorage', 'AK'],
  ['America/Adak', 'AK'],
  ['Pacific/Honolulu', 'HI'],
  ['America/Puerto_Rico', 'PR VI'],
  ['Pacific/Guam', 'GU MP'],
  ['Pacific/Pago_Pago', 'AS'],
];
for (const [zone, states] of zoneLines)
  for (const state of states.split(' ')) zonesByState[state] = [...(zonesByState[state] ?? []), zone];

/** In which zones someone may be, by where they live; the practice's where nobody knows. */
export function zonesOf(
  { addresses }: Pick<PersonFacts, 'addresses'>,
  practiceZone: string,
): readonly string[] {
  const home = addresses.find((one) => one.country === 'US' && zonesByState[one.state]);
  return (home && zonesByState[home.state]) ?? [practiceZone];
}

/** `+15185550123` → `(518) 555-0123`, what is none as it stands. */
export function formatNumber(address: string): string {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(address);
  return us ? `(${us[1]}) ${us[2]}-${us[3]}` : address;
}
