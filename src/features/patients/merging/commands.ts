import { sql } from 'kysely';
import type { CountedWords, PersonHolder } from '../../../platform/contributions.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { newId } from '../../../platform/id.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { chartHolder } from '../charts/commands.ts';
import { keepWords, lockCurrent, updatePatient } from '../commands.ts';
import { consentHolder } from '../consents/commands.ts';
import { type PatientMerged, patientMerged } from '../events.ts';
import { reviewHolder } from '../families/commands.ts';
import { photoHolder } from '../photo/commands.ts';
import { lockPatient, type Patient } from '../queries.ts';
import { relationHolder } from '../relations/commands.ts';
import { hasLaterMerge, type KeptMerge, lockMerge } from './queries.ts';
import { type Choices, changesOfMerge, takeApartFields } from './rules.ts';

export type Merge = { version: number; otherId: string; otherVersion: number; choices: Choices };

async function holdAll(tx: Tx, holders: readonly PersonHolder[], ids: readonly string[]): Promise<void> {
  for (const holder of holders) await holder.hold?.(tx, ids);
}

/** Both records, locked in the order of their ids after what they hold, so that no two merges wait in a ring. */
async function lockBoth(tx: Tx, holders: readonly PersonHolder[], versions: Map<string, number>) {
  const ids = [...versions.keys()].sort();
  await holdAll(tx, holders, ids);
  const people = new Map<string, Patient>();
  for (const id of ids) people.set(id, await lockCurrent(tx, id, versions.get(id) ?? 0));
  // And what came to them while this waited; from here on nothing does
  await holdAll(tx, holders, ids);
  return people;
}

/** Make another record part of this one, with everything that it holds. It stays as a row that leads here. */
export async function mergePatients(
  tx: Tx,
  holders: readonly PersonHolder[],
  patientId: string,
  { version, otherId, otherVersion, choices }: Merge,
): Promise<{ mergeId: string }> {
  if (patientId === otherId)
    throw new Refusal('bad-input', 'This is one and the same record. Choose another one of this person.');
  const people = await lockBoth(
    tx,
    holders,
    new Map([
      [patientId, version],
      [otherId, otherVersion],
    ]),
  );
  const [survivor, other] = [people.get(patientId), people.get(otherId)];
  if (!survivor || !other) throw notFound('person');
  if (survivor.deceased !== other.deceased)
    throw new Refusal(
      'conflict',
      'One of the records says that this person has died. Make both say the same first.',
    );
  const { before, after } = changesOfMerge(survivor, other, choices);
  const next: Patient = { ...survivor, ...after };
  await updatePatient(tx, next);
  await keepWords(tx, [next]);
  await hide(tx, otherId, patientId);
  const moved: Record<string, string[]> = {};
  for (const holder of holders) moved[holder.name] = await holder.move(tx, otherId, patientId);
  const kept = {
    mergeId: newId(),
    fromId: otherId,
    intoId: patientId,
    before,
    after,
    moved,
  };
  await keepMerge(tx, kept);
  tell(tx, kept, { action: 'patient.merged', before: kept.before, after: kept.after, together: true });
  return { mergeId: kept.mergeId };
}

async function hide(tx: Tx, otherId: string, intoId: string | null): Promise<void> {
  await sql`
    update patients set merged_into = ${intoId}, entered_in_error_at = ${intoId === null ? null : tx.now},
      version = version + 1, updated_at = ${tx.now}
    where patient_id = ${otherId}`.execute(tx.db);
}

/**
 * Kept as later than those before it of the same survivor, whatever the clocks of several processes say: they are
 * taken apart in the reverse order.
 */
async function keepMerge(tx: Tx, merge: Omit<KeptMerge, 'undoneAt'>): Promise<void> {
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
  await sql`
    insert into patient_merges (practice_id, merge_id, from_id, into_id, at, by_staff_id, before, after, moved)
    values (${tx.practiceId}, ${merge.mergeId}, ${merge.fromId}, ${merge.intoId},
      greatest(${tx.now}::timestamptz, (select max(m.at) + interval '1 millisecond' from patient_merges m
        where m.into_id = ${merge.intoId})), ${tx.actor.staffId}, ${json(merge.before)}, ${json(merge.after)}, ${json(merge.moved)})`.execute(
    tx.db,
  );
}

type Told = { action: string; before: object; after: object; together: boolean };

function tell(tx: Tx, merge: Omit<KeptMerge, 'undoneAt'>, { action, before, after, together }: Told): void {
  const { fromId, intoId, moved } = merge;
  const counts = Object.fromEntries(Object.entries(moved).map(([name, ids]) => [name, ids.length]));
  const mergedInto = together ? intoId : null;
  tx.audit({
    action,
    subjectKind: 'patient',
    subjectIds: [intoId, fromId],
    before,
    after: { ...after, moved: counts },
  });
  tx.audit({
    action: together ? 'patient.merged-into' : 'patient.stands-alone',
    subjectKind: 'patient',
    subjectIds: [fromId, intoId],
    before: { mergedInto: together ? null : intoId },
    after: { mergedInto },
  });
  const payload: PatientMerged = { patientId: intoId, fromId, together };
  tx.emit({ kind: patientMerged, subjectId: intoId, payload });
  tx.touch('patients', intoId, fromId);
  tx.touch('merges', intoId, fromId);
}

export type Apart = {
  patientId: string;
  otherId: string;
  kept: string[];
  stayed: { name: string; words: CountedWords; count: number }[];
};

/** Undo a merge. What moved goes back; what was added or changed since stays with the survivor. */
export async function takeApart(
  tx: Tx,
  holders: readonly PersonHolder[],
  mergeId: string,
  { version }: { version: number },
): Promise<Apart> {
  const merge = await openMerge(tx, holders, mergeId);
  const { fromId, intoId } = merge;
  const survivor = await lockCurrent(tx, intoId, version);
  if (await hasLaterMerge(tx.db, merge))
    throw new Refusal('conflict', 'Another record became part of this one since. Take that one apart first.');
  const now: Record<string, unknown> = { ...survivor };
  const { fields, kept } = takeApartFields(now, merge.before, merge.after);
  const next: Patient = { ...survivor, ...fields };
  await updatePatient(tx, next);
  await hide(tx, fromId, null);
  const returned: Record<string, string[]> = {};
  const stayed: Apart['stayed'] = [];
  for (const holder of holders) {
    const ids = merge.moved[holder.name] ?? [];
    const back = ids.length === 0 ? [] : await holder.moveBack(tx, ids, intoId, fromId);
    returned[holder.name] = back;
    const { name, words } = holder;
    if (back.length < ids.length) stayed.push({ name, words, count: ids.length - back.length });
  }
  await sql`
    update patient_merges set undone_at = ${tx.now}, undone_by = ${tx.actor.staffId}
    where merge_id = ${mergeId}`.execute(tx.db);
  const before = Object.fromEntries(Object.keys(fields).map((field) => [field, now[field]]));
  const told = { ...merge, moved: returned };
  tell(tx, told, { action: 'patient.taken-apart', before, after: fields, together: false });
  return { patientId: intoId, otherId: fromId, kept, stayed };
}

/** The merge with both its people locked, in the order that merging locks them. */
async function openMerge(tx: Tx, holders: readonly PersonHolder[], mergeId: string): Promise<KeptMerge> {
  const { rows } = await sql<{ fromId: string; intoId: string }>`
    select from_id, into_id from patient_merges where merge_id = ${mergeId}`.execute(tx.db);
  const [ids] = rows;
  if (!ids) throw notFound('merge');
  const both = [ids.fromId, ids.intoId].sort();
  await holdAll(tx, holders, both);
  for (const id of both) await lockPatient(tx.db, id);
  await holdAll(tx, holders, both);
  const merge = await lockMerge(tx.db, mergeId);
  if (!merge || merge.undoneAt) throw new Refusal('conflict', 'These records were taken apart already.');
  return merge;
}

type Two = { oneId: string; otherId: string };

/** Remember that two who look alike are two. */
export async function tellApart(tx: Tx, pair: Two): Promise<void> {
  const [one = '', other = ''] = [pair.oneId, pair.otherId].sort();
  if (one === other) throw new Refusal('bad-input', 'This is one and the same record.');
  const { rows } = await sql`
    select from patients where patient_id = any (${[one, other]}::uuid[])`.execute(tx.db);
  if (rows.length < 2) throw notFound('person');
  await sql`
    insert into patient_distinctions (practice_id, one_id, other_id, at, by_staff_id)
    values (${tx.practiceId}, ${one}, ${other}, ${tx.now}, ${tx.actor.staffId})
    on conflict (practice_id, one_id, other_id) do update
      set at = excluded.at, by_staff_id = excluded.by_staff_id, undone_at = null, undone_by = null
      where patient_distinctions.undone_at is not null`.execute(tx.db);
  tx.audit({ action: 'patient.told-apart', subjectKind: 'patient', subjectIds: [one, other] });
  tx.touch('merges', one, other);
}

/** Take that back: the two are listed as likely the same again. */
export async function untellApart(tx: Tx, pair: Two): Promise<void> {
  const [one = '', other = ''] = [pair.oneId, pair.otherId].sort();
  const { rows } = await sql`
    update patient_distinctions set undone_at = ${tx.now}, undone_by = ${tx.actor.staffId}
    where one_id = ${one} and other_id = ${other} and undone_at is null returning one_id`.execute(tx.db);
  if (rows.length === 0)
    throw new Refusal('conflict', 'These two are not kept as two people now. Look at the list again.');
  tx.audit({ action: 'patient.not-told-apart', subjectKind: 'patient', subjectIds: [one, other] });
  tx.touch('merges', one, other);
}

/** Alerts (those that the survivor has already stay behind), numbers of elsewhere, who may hear what, and the rest that stands beside a person. */
export const patientHolders: readonly PersonHolder[] = [
  {
    name: 'alerts',
    words: { one: 'alert', many: 'alerts' },
    move: async (tx, fromId, toId) => {
      const { rows } = await sql<{ alertId: string }>`
        update patient_alerts a set patient_id = ${toId} where a.patient_id = ${fromId}
          and a.entered_in_error_at is null
          and not exists (select from patient_alerts b where b.patient_id = ${toId}
            and b.entered_in_error_at is null and lower(b.text) = lower(a.text))
        returning a.alert_id`.execute(tx.db);
      return rows.map((row) => row.alertId);
    },
    moveBack: async (tx, ids, fromId, toId) => {
      const { rows } = await sql<{ alertId: string }>`
        update patient_alerts set patient_id = ${toId}
        where patient_id = ${fromId} and alert_id = any (${[...ids]}::uuid[]) returning alert_id`.execute(
        tx.db,
      );
      return rows.map((row) => row.alertId);
    },
    preview: async (db, fromId) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from patient_alerts
        where patient_id = ${fromId} and entered_in_error_at is null`.execute(db);
      return { count: rows[0]?.count ?? 0, remarks: [] };
    },
  },
  {
    name: 'identifiers',
    words: { one: 'number of another system', many: 'numbers of other systems' },
    move: async (tx, fromId, toId) => {
      const { rows } = await sql<{ id: string }>`
        update patient_identifiers set patient_id = ${toId} where patient_id = ${fromId}
        returning system || '|' || value as id`.execute(tx.db);
      return rows.map((row) => row.id);
    },
    moveBack: async (tx, ids, fromId, toId) => {
      const { rows } = await sql<{ id: string }>`
        update patient_identifiers set patient_id = ${toId}
        where patient_id = ${fromId} and system || '|' || value = any (${[...ids]}::text[])
        returning system || '|' || value as id`.execute(tx.db);
      return rows.map((row) => row.id);
    },
    preview: async (db, fromId) => {
      const { rows } = await sql<{ count: number }>`
        select count(*)::int as count from patient_identifiers where patient_id = ${fromId}`.execute(db);
      return { count: rows[0]?.count ?? 0, remarks: [] };
    },
  },
  relationHolder,
  consentHolder,
  reviewHolder,
  chartHolder,
  photoHolder,
];
