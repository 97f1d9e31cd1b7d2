import type { PatientCard } from '../patients/api.ts';
import { type MayContact, mayContact } from '../patients/consents/rules.ts';
import type { Answer, Purpose } from '../patients/consents/schema.ts';
import { mustNotBeTold } from '../patients/custody/rules.ts';
import type { CallerKind, IdentifierKind, StepKind } from './schema.ts';

export const kindWords: Record<CallerKind, string> = {
  patient: 'Patient',
  family: 'Family or friend',
  referring: 'Doctor’s office',
  pharmacy: 'Pharmacy',
  payer: 'Insurance',
  vendor: 'Vendor',
  other: 'Someone else',
};

export const stepWords: Record<StepKind, string> = {
  'no-answer': 'no answer',
  'left-message': 'left a message',
  reached: 'reached',
  'handed-over': 'handed over',
  identity: 'asked who it is',
  about: 'said about whom it is',
  done: 'done',
  reopened: 'opened again',
};

export const identifierWords: Record<IdentifierKind, string> = {
  'born-on': 'birth date',
  address: 'address',
  phone: 'phone’s last four',
  mrn: 'record number',
  other: 'another identifier',
};

export type Telling = { tone: 'good' | 'wait' | 'wrong'; words: string };

type Asked = {
  callerKind: CallerKind;
  callerName: string;
  relationId: string | null;
  identity: 'unchecked' | 'verified' | 'failed';
};
type About = Pick<PatientCard, 'callName' | 'alerts' | 'authorized'>;

/**
 * What may be told to a caller about a patient. A practice verifies who asks before it discloses anything
 * (45 CFR 164.514(h)); shares with people involved in care what the patient agreed to (164.510(b)); with other
 * providers what treatment needs and with payers what payment needs (164.506(c)). Whom a custody note names is
 * told nothing, whatever else is agreed.
 */
export function whatMayBeTold(asked: Asked, about: About | undefined): Telling | null {
  if (!about) return null;
  const forbidden = about.alerts.some(
    ({ custody }) => custody !== null && mustNotBeTold(custody, asked.callerName),
  );
  if (forbidden && asked.callerKind !== 'patient')
    return {
      tone: 'wrong',
      words: `Custody: ${asked.callerName} must not be told anything about ${about.callName}.`,
    };
  if (asked.identity === 'failed')
    return {
      tone: 'wrong',
      words: 'Not proved who it is: tell nothing, also not that this is a patient here.',
    };
  const proved = asked.identity === 'verified';
  switch (asked.callerKind) {
    case 'patient':
      return proved
        ? { tone: 'good', words: 'The patient, proved: may hear everything.' }
        : { tone: 'wait', words: 'Before anything is told: two identifiers.' };
    case 'family':
      return toldFamily(asked, about, proved);
    case 'referring':
    case 'pharmacy':
      return { tone: 'wait', words: 'Only what the care needs, to a number that you know.' };
    case 'payer':
      return { tone: 'wait', words: 'Only what the payment needs, after two identifiers of the patient.' };
    case 'vendor':
    case 'other':
      return { tone: 'wrong', words: 'May hear nothing about a patient.' };
  }
}

function toldFamily(asked: Asked, about: About, proved: boolean): Telling {
  const agreed = about.authorized.find((one) => one.relationId === asked.relationId);
  if (!agreed)
    return {
      tone: 'wrong',
      words: `May hear nothing without ${about.callName}’s word; may be listened to.`,
    };
  const words = `${agreed.name} ${agreed.hears}`;
  return proved
    ? { tone: 'good', words: `${words}.` }
    : { tone: 'wait', words: `${words}, after two identifiers.` };
}

/** Whether a message may be left about the call, by what the patient said; others' machines are nobody's secret. */
export function mayLeaveMessage(
  call: { patientId: string | null; callerKind: CallerKind },
  {
    answers,
    purpose,
    number,
  }: { answers: readonly Answer[]; purpose: Purpose; number?: { mayLeaveVoicemail?: boolean } },
): MayContact {
  if (call.patientId === null || (call.callerKind !== 'patient' && call.callerKind !== 'family'))
    return 'yes';
  return mayContact(answers, 'voicemail', purpose, number);
}

/** A number as one reads it out: `518 · 555 · 0123`; what is no US number in pairs from its end, or as typed. */
export function spokenNumber(number: string): string {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (us) return us.slice(1).join(' · ');
  if (!/^\+\d+$/.test(number)) return number;
  const digits = number.slice(1);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return `+ ${groups.join(' · ')}`;
}

/** The message in lines that one can read out and breathe between: at sentence ends, else near so many letters. */
export function spokenLines(text: string, letters = 60): string[] {
  const sentences = text
    .split(/(?<=[.!?])\s+|\n+/)
    .map((one) => one.trim())
    .filter(Boolean);
  return sentences.flatMap((sentence) => {
    const lines: string[] = [];
    let line = '';
    for (const word of sentence.split(/\s+/)) {
      if (line !== '' && line.length + word.length + 1 > letters) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...lines, line];
  });
}

export type CountCell = { hour: number; reason: string; count: number };

/** Counts by hour and reason as a table, with sums; hours without calls between the first and the last stand too. */
export function tabulate(cells: readonly CountCell[]) {
  const hours = cells.map((cell) => cell.hour);
  const [from, to] = [Math.min(...hours), Math.max(...hours)];
  const reasons = [...new Set(cells.map((cell) => cell.reason))].sort();
  const countOf = (hour: number, reason: string) =>
    cells
      .filter((cell) => cell.hour === hour && cell.reason === reason)
      .reduce((sum, cell) => sum + cell.count, 0);
  const rows =
    cells.length === 0
      ? []
      : Array.from({ length: to - from + 1 }, (_, index) => {
          const hour = from + index;
          const counts = reasons.map((reason) => countOf(hour, reason));
          return { hour, counts, sum: counts.reduce((sum, count) => sum + count, 0) };
        });
  const sums = reasons.map((_, index) => rows.reduce((sum, row) => sum + (row.counts[index] ?? 0), 0));
  return { reasons, rows, sums, sum: sums.reduce((sum, count) => sum + count, 0) };
}
