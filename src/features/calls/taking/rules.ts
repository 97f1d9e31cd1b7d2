import { type RoleKey, roleKeys } from '../../../platform/contributions.ts';
import { toE164 } from '../../patients/schema.ts';
import { type CallVocabulary, type Promised, promisedAt, readPromise, splitPromise } from '../line/rules.ts';
import type { Caller, NewCall } from '../schema.ts';
import { guessReason } from '../settings/rules.ts';
import type { CallReason } from '../settings/schema.ts';

export type Colleague = { staffId: string; displayName: string };
export type Owner = { label: string; ownerStaffId: string | null; ownerRole: RoleKey | null };

const partsOf = (name: string) =>
  name
    .toLowerCase()
    .split(/[\s.,]+/)
    .filter((part) => part !== '');
const askable = roleKeys.filter((role) => role !== 'auditor');

/** Whom a word may mean: roles and colleagues that begin with it; a role named whole stands alone. */
export function findOwners(word: string, colleagues: readonly Colleague[]): Owner[] {
  const roles = askable.filter((role) => role.startsWith(word));
  const asRole = (role: RoleKey) => ({ label: `any ${role}`, ownerStaffId: null, ownerRole: role });
  const whole = roles.find((role) => role === word);
  if (whole) return [asRole(whole)];
  const people = colleagues.filter((one) => partsOf(one.displayName).some((part) => part.startsWith(word)));
  return [
    ...people.map((one) => ({ label: one.displayName, ownerStaffId: one.staffId, ownerRole: null })),
    ...roles.map(asRole),
  ];
}

export type TakingDesk = {
  now: Date;
  timeZone: string;
  /** of the practice's wall */
  today: string;
  reasons: readonly CallReason[];
  colleagues: readonly Colleague[];
};

export function vocabularyOf({ today, colleagues }: TakingDesk, hasPerson = false): CallVocabulary {
  const names = new Set(colleagues.flatMap((one) => partsOf(one.displayName)));
  const isRole = (word: string) => askable.some((role) => role === word);
  return { today, hasPerson, isOwner: (word) => isRole(word) || (word.length > 1 && names.has(word)) };
}

export type Owed = { promisedAt: string | null; owner: Owner | null };

/**
 * What a promise makes owed: without a time, as soon as calls of this reason usually are; without a name, to whom
 * they usually go; without either, nothing.
 * @returns null where the word after @ names nobody
 */
export function owedOf(promise: Promised, reason: CallReason | undefined, desk: TakingDesk): Owed | null {
  const at = promisedAt(promise, desk.now, desk.timeZone);
  if (!at && !promise.ownerWord) return { promisedAt: null, owner: null };
  const usual = new Date(desk.now.getTime() + (reason?.minutes ?? 240) * 60_000).toISOString();
  if (!promise.ownerWord) {
    const role = reason?.role ?? null;
    return { promisedAt: at, owner: role && { label: `any ${role}`, ownerStaffId: null, ownerRole: role } };
  }
  const [owner] = findOwners(promise.ownerWord, desk.colleagues);
  return owner ? { promisedAt: at ?? usual, owner } : null;
}

/** The reason that the words mean, else the practice's last: "Other". */
export function reasonOf(text: string, reasons: readonly CallReason[]): CallReason | undefined {
  const active = reasons.filter((one) => one.active);
  const key = guessReason(text, active);
  return active.find((one) => one.key === (key ?? 'other')) ?? active.at(-1);
}

/** Who is nobody here: a number is the one to call back, the rest is the name. `Dana 518 555 0199` */
export function strangerOf(typed: string): { callerName: string; callbackPhone: string } {
  const found = /(\+?[\d(][\d().\s-]{5,}\d)/.exec(typed);
  const number = found ? toE164(found[1] ?? '') : null;
  if (!number) return { callerName: typed.trim(), callbackPhone: '' };
  const callerName = typed
    .replace(found?.[1] ?? '', ' ')
    .replace(/[\s,]+/g, ' ')
    .trim();
  return { callerName, callbackPhone: number };
}

/** What of a call comes from who called. */
export function callerFields(caller: Caller | null, typed: string) {
  if (!caller)
    return {
      callerKind: 'other' as const,
      ...strangerOf(typed),
      patientId: null,
      contactId: null,
      relationId: null,
    };
  return {
    callerKind: caller.callerKind,
    // Of a patient the record says the name; of others it is kept, since a record may change
    callerName: caller.kind === 'patient' ? '' : caller.name.slice(0, 120),
    callbackPhone: caller.phone,
    patientId: caller.patientId,
    contactId: caller.kind === 'contact' ? caller.id : null,
    relationId: caller.kind === 'relation' ? caller.id : null,
  };
}

/** The promise of a form: its own field, or what ends the text as in the line. null: a word means nothing. */
export function promiseOf(
  { text, promise }: { text: string; promise: string },
  desk: TakingDesk,
): { text: string; promise: Promised } | null {
  if (promise.trim() === '') return splitPromise(text, vocabularyOf(desk));
  const read = readPromise(promise, vocabularyOf(desk));
  return read && { text, promise: read };
}

/** A call as the line takes it. */
export function callFromLine(
  { caller, typed, text, promise }: { caller: Caller | null; typed: string; text: string; promise: Promised },
  desk: TakingDesk,
): { call: NewCall; owed: Owed } | null {
  const reason = reasonOf(text, desk.reasons);
  const owed = owedOf(promise, reason, desk);
  if (!owed) return null;
  const call: NewCall = {
    ...callerFields(caller, typed),
    text,
    reason: reason?.key ?? 'other',
    promisedAt: owed.promisedAt,
    ownerStaffId: owed.owner?.ownerStaffId ?? null,
    ownerRole: owed.owner?.ownerRole ?? null,
  };
  return { call, owed };
}
