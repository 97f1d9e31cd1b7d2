import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../../platform/calendar/zones.ts';
import { callName } from '../../patients/rules.ts';
import type { SiteRow } from '../../practice/schema.ts';
import type { Visit } from '../../schedule/visits/schema.ts';
import {
  addressLines,
  alertTexts,
  bornText,
  filedAs,
  languageText,
  type PrintedPerson,
  phoneTexts,
  usPhone,
} from '../people/rules.ts';

/** What a routing slip and an appointment card say. Pure. */

export type Slip = {
  patient: string;
  facts: [label: string, text: string][];
  alerts: string[];
};
export type Card = { patient: string; when: string; time: string; lines: string[] };

type Printed = { visit: Visit; person: PrintedPerson; site: SiteRow | undefined };

const sexWords = { female: 'female', male: 'male', other: 'other', unknown: 'not recorded' };

export function slipOf({ visit, person, site }: Printed): Slip {
  const startMs = Date.parse(visit.startsAt);
  const date = localDate(startMs, visit.timeZone);
  const others = visit.resources.filter((one) => one.kind !== 'physician').map((one) => one.name);
  const [, ...address] = addressLines(person);
  const facts: [string, string][] = [
    ['Visit', `${dateLabel(date)}, ${timeLabel(startMs, visit.timeZone)}, ${visit.minutes} minutes`],
    ['With', visit.physicianName],
    ['Type', visit.visitTypeName],
    ['Where', [site?.name ?? visit.siteName, ...others].join(', ')],
    ['Reason', visit.reason],
    ['Note', visit.note],
    ['Born', `${bornText(person, date)}, ${sexWords[person.sex]}`],
    ['MRN', person.mrn],
    ['Phones', phoneTexts(person).join(', ') || 'none on record'],
    ['Address', address.join(', ') || 'none on record'],
    ['Pronouns', person.pronouns],
    ['Language', languageText(person.language)],
  ];
  return {
    patient: filedAs(person),
    facts: facts.filter(([, text]) => text !== ''),
    alerts: alertTexts(person),
  };
}

/** What is handed to the patient: no reason and no type, since anyone may find it. */
export function cardOf({ visit, person, site }: Printed, practiceName: string): Card {
  const startMs = Date.parse(visit.startsAt);
  const address = site?.address;
  const street = [address?.line1, address?.line2].filter(Boolean).join(', ');
  const place = [address?.city, [address?.state, address?.zip].filter(Boolean).join(' ')]
    .filter(Boolean)
    .join(', ');
  const phone = site?.phone ?? '';
  return {
    patient: callName(person),
    when: dateLabel(localDate(startMs, visit.timeZone)),
    time: timeLabel(startMs, visit.timeZone),
    lines: [
      `With ${visit.physicianName}`,
      [practiceName, site?.name && site.name !== practiceName ? site.name : ''].filter(Boolean).join(', '),
      [street, place].filter(Boolean).join(', '),
      phone ? `To change it, call ${usPhone(phone)}` : '',
    ].filter(Boolean),
  };
}

/** Why no card is printed for a visit; null where one is. */
export function whyNoCard(visit: Visit, person: PrintedPerson | undefined): string | null {
  if (!person) return 'A visit whose person was entered in error is left out.';
  if (visit.state === 'cancelled') return `${callName(person)}’s visit is cancelled.`;
  return visit.state === 'entered_in_error' ? `${callName(person)}’s visit was entered in error.` : null;
}
