import { csvLine } from '../../exports/rules.ts';

/** What was done with a record, in the words of the person whose it is. Pure. */

/** What the audit calls it → what a patient reads; what is not here is no look at a record. */
const words: Readonly<Record<string, string>> = {
  'patient.opened': 'Opened the record',
  'patient.card': 'Saw the summary (name, phones, visits)',
  'patient.registered': 'Registered the record',
  'patient.brought-in': 'Brought the record in from another system',
  'patient.changed': 'Changed the record',
  'patient.history-read': 'Read who changed the record',
  'patient.exported': 'Made a copy of the whole record',
  'patient.looks-told': 'Made this list',
  'patient.merged': 'Joined two records of this person',
  'patient.taken-apart': 'Separated two records',
  'patients.compared': 'Compared it with another record',
  'patient.glass-broken': 'Opened the restricted record in an urgent case',
  'patient.restricted': 'Restricted who may open the record',
  'patient.unrestricted': 'Lifted the restriction',
  'patient.contact-added': 'Added a doctor or organization',
  'patient.coverage-added': 'Added an insurance coverage',
  'patient.coverage-changed': 'Changed an insurance coverage',
  'visit.opened': 'Opened a visit',
  'visit.booked': 'Booked a visit',
};

/** Lists in which the person stood beside others. */
const listWords: Readonly<Record<string, string>> = {
  'patients.searched': 'Found in a search',
  'patients.recent': 'Stood in a list of people seen last',
  'patients.likely-same': 'Stood in a list of records that look alike',
  'look-ups.listed': 'Stood in a review of who looked at records',
};

export const lookActions = Object.keys(words);
export const listActions = Object.keys(listWords);

export function lookWords(action: string): string {
  return words[action] ?? listWords[action] ?? 'Worked on the record';
}

export type Look = { seq: number; at: string; who: string; role: string; what: string };

const closeMs = 10 * 60_000;

/** A look that goes on (the page, its parts, the card) is one line: the same person doing the same within minutes. */
export function joined(looks: readonly Look[]): Look[] {
  const kept: Look[] = [];
  for (const look of looks) {
    const before = kept.findLast(
      (one) => one.who === look.who && one.role === look.role && one.what === look.what,
    );
    if (before && Math.abs(Date.parse(before.at) - Date.parse(look.at)) < closeMs) continue;
    kept.push(look);
  }
  return kept;
}

/** The list as a table. */
export function looksTable(looks: readonly Look[], timeOf: (at: string) => string): string {
  const rows = looks.map((look) => [timeOf(look.at), look.who, look.role, look.what]);
  return [['When', 'Who', 'Role', 'What'], ...rows].map(csvLine).join('');
}
