import type { ReadablePart } from '../../platform/contributions.ts';
import { csvCell } from '../imports/rules.ts';

/** Tables of a practice that no export holds, each with the reason. A test compares it with the database. */
export const leftOutTables: Readonly<Record<string, string>> = {
  sessions: 'who is signed in right now, and codes of access keys',
  authenticators: 'secrets that prove who signs in leave in no form',
  recovery_codes: 'secrets that prove who signs in leave in no form',
  passkeys: 'keys that prove who signs in belong to this office’s address',
  backup_plans: 'how this machine backs itself up, and a sealed passphrase',
  backup_runs: 'which backups this machine made',
  restore_drills: 'when someone tried a restore on this machine',
  set_ups: 'at which step the manager was when the practice was first set up',
  jobs: 'work that the office has yet to do by itself',
  idempotency_keys: 'answers kept for a day, in case they are asked for again',
  outbox_events: 'notices between parts of the program',
  patient_words: 'made from the names, to mend misspelled searches',
  pins: 'which visits lie at the side of whose desk; the visits themselves are here',
  holds: 'openings held for minutes while someone is on the phone',
  counters: 'the next free number; every number given stands with what it was given to',
};

/** A value as it stands in a CSV file: what is no plain value as JSON, nothing as nothing. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A line of a CSV file (RFC 4180). What a spreadsheet would run has an apostrophe before it. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map((value) => csvCell(cellText(value))).join(',')}\r\n`;
}

/** What breaks a line or turns the order of letters: with it a text could pass for another entry. */
const unruly = /[\s\p{Cc}\u202a-\u202e\u2066-\u2069]+/gu;
const oneLine = (text: string) => text.replace(unruly, ' ').trim();

function tableText({ headings, rows }: NonNullable<ReadablePart['table']>): string[] {
  return rows.flatMap((row) => {
    const cells = row.map((cell, index) => [headings[index] ?? '', oneLine(cell)] as const);
    const [first, ...rest] = cells.filter(([, text]) => text !== '');
    return first
      ? [`  - ${first[0]}: ${first[1]}`, ...rest.map(([heading, text]) => `    ${heading}: ${text}`)]
      : [];
  });
}

/** The record for human eyes, as plain text. Empty parts are left out. */
export function recordText(heading: readonly string[], parts: readonly ReadablePart[]): string {
  const told = parts.map((part) => ({
    title: part.title,
    lines: [
      ...(part.facts ?? []).map(([label, text]) => `  ${label}: ${oneLine(text)}`),
      ...(part.table ? tableText(part.table) : []),
    ],
  }));
  const sections = told
    .filter((part) => part.lines.length > 0)
    .flatMap((part) => ['', part.title.toUpperCase(), '', ...part.lines]);
  return `${[...heading, ...sections].join('\n')}\n`;
}

/** `Practitioner/…`: everything that resources refer to, wherever in them. */
export function referencesOf(value: unknown): Set<string> {
  const found = new Set<string>();
  const look = (one: unknown): void => {
    if (Array.isArray(one)) for (const item of one) look(item);
    else if (one !== null && typeof one === 'object')
      for (const [name, item] of Object.entries(one)) {
        if (name === 'reference' && typeof item === 'string') found.add(item);
        else look(item);
      }
  };
  look(value);
  return found;
}

/** The name of the file that holds a record: who has it on their disk sees no name in it. */
export const recordFileName = (patientId: string, on: string) => `record-${patientId.slice(-8)}-${on}`;
