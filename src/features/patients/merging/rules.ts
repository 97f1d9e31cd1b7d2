import { foldJoined } from '../rules.ts';
import type { PatientDraft } from '../schema.ts';

/** Fields of which the one record's value is kept or the other's. */
export const chosenFields = [
  'familyName',
  'givenName',
  'middleName',
  'suffix',
  'preferredName',
  'pronouns',
  'sex',
  'genderIdentity',
  'bornOn',
  'language',
  'interpreterNeeded',
  'maritalStatus',
  'email',
  'guarantor',
] as const satisfies readonly (keyof PatientDraft)[];
export type ChosenField = (typeof chosenFields)[number];

/** Fields that hold what both say, each once. */
export const unitedFields = ['formerNames', 'phones', 'addresses', 'contacts', 'note'] as const;

/** Whose value: the id of the record. Fields left out are as suggested. */
export type Choices = Partial<Record<ChosenField, string>>;

export type Mergeable = PatientDraft & { patientId: string; createdAt: string; updatedAt: string };
/** What is looked at to suggest: records as kept, and as they reach the screens. */
export type Comparable = Record<ChosenField, unknown> & {
  patientId: string;
  createdAt: string;
  updatedAt: string;
  phones: readonly unknown[];
  addresses: readonly unknown[];
  contacts: readonly unknown[];
};
/** What a merge may change of the survivor. */
export type MergedFields = Pick<PatientDraft, ChosenField | (typeof unitedFields)[number]>;

const isBlank = (value: unknown) =>
  value === '' || value === null || value === 'unknown' || value === undefined;

/** jsonb keeps keys in an order of its own. */
export function isAlike(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  );
}

/** How much a record says. */
function countKnown(record: Comparable): number {
  const lists = record.phones.length + record.addresses.length + record.contacts.length;
  return chosenFields.filter((field) => !isBlank(record[field])).length + lists;
}

/** The fuller record stays; of two as full, the older, whose number people know. */
export function suggestSurvivor<T extends Comparable>(one: T, other: T): T {
  const [a, b] = [countKnown(one), countKnown(other)];
  if (a !== b) return a > b ? one : other;
  return one.createdAt <= other.createdAt ? one : other;
}

/** What a record says of which nobody asked: a need that either of the two notes outweighs it. */
const unasked: Partial<Record<ChosenField, unknown>> = { language: 'en', interpreterNeeded: false };

/** When someone last mended what was said at first; '' where nobody did. */
const mendedAt = (record: Comparable) => (record.updatedAt > record.createdAt ? record.updatedAt : '');

/**
 * Whose value of a field is kept unless someone says otherwise: what is known, then what was mended last; where
 * nobody mended either, the fuller record's: a hasty double is the newer one, and often the misspelled one.
 */
export function suggestChoice(field: ChosenField, one: Comparable, other: Comparable): string {
  const says = (record: Comparable) => !isBlank(record[field]) && record[field] !== unasked[field];
  if (says(one) !== says(other)) return says(one) ? one.patientId : other.patientId;
  const [mended, otherMended] = [mendedAt(one), mendedAt(other)];
  if (mended !== otherMended) return mended > otherMended ? one.patientId : other.patientId;
  return suggestSurvivor(one, other).patientId;
}

/** The fields in which two records differ. */
export function differingFields(one: Comparable, other: Comparable): ChosenField[] {
  return chosenFields.filter((field) => !isAlike(one[field], other[field]));
}

function unite<T>(kept: readonly T[], added: readonly T[], keyOf: (item: T) => string): T[] {
  const known = new Set(kept.map(keyOf));
  return [...kept, ...added.filter((item) => !known.has(keyOf(item)) && known.add(keyOf(item)))];
}

function unitePhones(survivor: Mergeable, other: Mergeable): PatientDraft['phones'] {
  const preferred = survivor.phones.some((phone) => phone.preferred);
  const others = other.phones.map((phone) => (preferred ? { ...phone, preferred: false } : phone));
  return unite(survivor.phones, others, (phone) => phone.number);
}

/** What the survivor says after the merge. */
export function mergedFields(survivor: Mergeable, other: Mergeable, choices: Choices): MergedFields {
  const chosen = chosenFields.map((field) => {
    const whose = choices[field] ?? suggestChoice(field, survivor, other);
    return [field, whose === other.patientId ? other[field] : survivor[field]];
  });
  const fields = Object.fromEntries(chosen) as Pick<PatientDraft, ChosenField>;
  const { guarantor } = fields;
  const paysItself =
    guarantor && 'patientId' in guarantor
      ? [survivor.patientId, other.patientId].includes(guarantor.patientId)
      : false;
  const notes = [survivor.note, other.note].filter((note) => note !== '');
  return {
    ...fields,
    guarantor: paysItself ? null : guarantor,
    formerNames: unite(survivor.formerNames, other.formerNames, foldJoined),
    phones: unitePhones(survivor, other),
    addresses: unite(survivor.addresses, other.addresses, (one) =>
      foldJoined(`${one.line1} ${one.zip.slice(0, 5)}`),
    ),
    contacts: unite(survivor.contacts, other.contacts, (one) => `${foldJoined(one.name)} ${one.phone}`),
    note: notes[0] === notes[1] ? (notes[0] ?? '') : notes.join('\n\n'),
  };
}

export type FieldValues = Record<string, unknown>;

/** The survivor's fields that a merge changes, as they were and as they become. */
export function changesOfMerge<T extends Mergeable & { mrn: string; formerMrns: readonly string[] }>(
  survivor: T,
  other: T,
  choices: Choices,
): { before: FieldValues; after: FieldValues } {
  const formerMrns = [...new Set([...survivor.formerMrns, other.mrn, ...other.formerMrns])];
  const was: FieldValues = { ...survivor };
  const becomes: FieldValues = { ...mergedFields(survivor, other, choices), formerMrns };
  const changed = Object.keys(becomes).filter((field) => !isAlike(was[field], becomes[field]));
  const pick = (from: FieldValues) => Object.fromEntries(changed.map((field) => [field, from[field]]));
  return { before: pick(was), after: pick(becomes) };
}

export type Standing = {
  patientId: string;
  deceased: boolean;
  enteredInErrorAt: string | null;
  mergedInto: string | null;
};
export type Obstacle = 'same-record' | 'one-already' | 'part-of-another' | 'in-error' | 'one-deceased';

/** What stands in the way of making two records one; the command refuses the same. */
export function findObstacle(one: Standing, other: Standing): Obstacle | null {
  if (one.patientId === other.patientId) return 'same-record';
  if (one.mergedInto === other.patientId || other.mergedInto === one.patientId) return 'one-already';
  if (one.mergedInto && one.mergedInto === other.mergedInto) return 'one-already';
  if (one.mergedInto || other.mergedInto) return 'part-of-another';
  if (one.enteredInErrorAt || other.enteredInErrorAt) return 'in-error';
  return one.deceased === other.deceased ? null : 'one-deceased';
}

export type TakenApart = {
  /** The survivor's fields as they become. */
  fields: FieldValues;
  /** Fields changed since the merge, which stay as they are now. */
  kept: string[];
};

/**
 * The survivor's fields once the records are taken apart: what the merge brought goes, what was said before comes
 * back, and what someone changed since stays.
 */
export function takeApartFields(now: FieldValues, before: FieldValues, after: FieldValues): TakenApart {
  const fields: FieldValues = {};
  const kept: string[] = [];
  for (const field of Object.keys(after)) {
    if (isAlike(now[field], after[field])) {
      fields[field] = before[field];
      continue;
    }
    kept.push(field);
    const [current, was, became] = [now[field], before[field], after[field]];
    if (!Array.isArray(current) || !Array.isArray(was) || !Array.isArray(became)) continue;
    const own = new Set(was.map(textOf));
    const brought = new Set(became.map(textOf).filter((item) => !own.has(item)));
    fields[field] = current.filter((item) => !brought.has(textOf(item)));
  }
  return { fields, kept };
}
