import { sql } from 'kysely';
import { dateLabel } from '../../platform/calendar/dates.ts';
import { localDate } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { newId } from '../../platform/id.ts';
import { notFound, Refusal, stale } from '../../platform/refusal.ts';
import { findPractice } from '../practice/queries.ts';
import { closeHours, openHours } from './hours/commands.ts';
import * as queries from './queries.ts';
import { findRing } from './rules.ts';
import { type Absence, AbsenceChange, type CoverDraft, NewAbsence } from './schema.ts';

/** Everyone says when they are away; the manager for all. The office itself (the simulator) as the manager. */
function refuseForOthers(tx: Tx, staffId: string): void {
  if (tx.actor.staffId === staffId || tx.actor.may('team.manage')) return;
  throw new Refusal(
    'not-permitted',
    'Your roles let you set your own absences. A manager sets those of others.',
    {
      overridePermission: 'team.manage',
    },
  );
}

async function refuseTwice(tx: Tx, staffId: string, from: Date, to: Date, but: string): Promise<void> {
  const same = (await queries.listAbsences(tx.db, from, to)).find(
    (one) => one.staffId === staffId && one.absenceId !== but,
  );
  if (!same) return;
  const { timeZone } = await findPractice(tx.db);
  const day = (instant: string) => dateLabel(localDate(Date.parse(instant), timeZone));
  throw new Refusal(
    'conflict',
    `${same.staffName} is away already from ${day(same.startsAt)} to ${day(same.endsAt)}. Change that absence instead.`,
    { fields: { startsAt: 'Away already at that time.' } },
  );
}

type Planned = { absenceId: string; staffId: string; startsAt: string; endsAt: string; covers: CoverDraft[] };

async function refuseWrongCovers(tx: Tx, { absenceId, staffId, covers, ...when }: Planned): Promise<void> {
  const ids = [...new Set(covers.map((cover) => cover.staffId))];
  if (ids.includes(staffId))
    throw new Refusal('bad-input', 'Nobody covers for themselves. Choose somebody else.', {
      fields: { 'covers.0.staffId': 'Choose somebody else.' },
    });
  if (new Set(covers.map((cover) => cover.duties)).size < covers.length)
    throw new Refusal('bad-input', 'Two cover the same duties. Choose one of them, or split the duties.');
  if ((await queries.countActive(tx.db, ids)) < ids.length) throw notFound('colleague');
  const [from, to] = [new Date(when.startsAt), new Date(when.endsAt)];
  const absence = { staffId, startsMs: from.getTime(), endsMs: to.getTime(), covers };
  const others = await queries.listCovered(tx.db, from, to, absenceId);
  if (findRing(absence, others))
    throw new Refusal(
      'conflict',
      'They would cover for each other at the same time, and nobody would be left. Choose somebody who is here.',
      { fields: { 'covers.0.staffId': 'Is away then, and covered by the same people.' } },
    );
}

/** Who is asked says yes or no; who covers by their own word, or is set by the manager, has said yes. */
async function insertCover(tx: Tx, absenceId: string, { staffId, duties }: CoverDraft): Promise<void> {
  const settled = tx.actor.staffId === staffId || tx.actor.may('team.manage');
  await sql`
    insert into absence_covers (practice_id, cover_id, absence_id, staff_id, duties, state, asked_at, asked_by,
      answered_at, answered_by)
    values (${tx.practiceId}, ${newId()}, ${absenceId}, ${staffId}, ${duties}, ${settled ? 'accepted' : 'asked'},
      ${tx.now}, ${tx.actor.staffId}, ${settled ? tx.now : null}, ${settled ? tx.actor.staffId : null})`.execute(
    tx.db,
  );
}

async function readBack(tx: Tx, absenceId: string): Promise<Absence> {
  const absence = await queries.findAbsence(tx.db, absenceId);
  if (!absence) throw notFound('absence');
  return absence;
}

function note(tx: Tx, action: string, absence: Absence, before?: Absence): Absence {
  const { absenceId, staffId } = absence;
  const subjectIds = [absenceId, staffId];
  tx.audit({ action, subjectKind: 'absence', subjectIds, before: before ?? null, after: absence });
  tx.touch('team', absenceId, staffId);
  return absence;
}

export async function addAbsence(tx: Tx, input: NewAbsence): Promise<Absence> {
  const wanted = NewAbsence.parse(input);
  refuseForOthers(tx, wanted.staffId);
  await queries.lockAbsences(tx.db);
  if ((await queries.countActive(tx.db, [wanted.staffId])) === 0) throw notFound('colleague');
  const absenceId = newId();
  const [from, to] = [new Date(wanted.startsAt), new Date(wanted.endsAt)];
  if (to <= tx.now)
    throw new Refusal('bad-input', 'This absence is over. Choose an end that is still to come.', {
      fields: { endsAt: 'Choose a time to come.' },
    });
  await refuseTwice(tx, wanted.staffId, from, to, absenceId);
  await refuseWrongCovers(tx, { ...wanted, absenceId });
  const closingIds = wanted.closeHours ? await closeHours(tx, wanted) : [];
  await sql`
    insert into absences (practice_id, absence_id, staff_id, kind, starts_at, ends_at, note, closing_ids, made_at,
      made_by)
    values (${tx.practiceId}, ${absenceId}, ${wanted.staffId}, ${wanted.kind}, ${from}, ${to}, ${wanted.note},
      ${closingIds}::uuid[], ${tx.now}, ${tx.actor.staffId})`.execute(tx.db);
  for (const cover of wanted.covers) await insertCover(tx, absenceId, cover);
  return note(tx, 'absence.added', await readBack(tx, absenceId));
}

async function openForChange(tx: Tx, absenceId: string, version: number) {
  const kept = await queries.lockAbsence(tx.db, absenceId);
  if (!kept) throw notFound('absence');
  refuseForOthers(tx, kept.staffId);
  const before = await readBack(tx, absenceId);
  if (kept.version !== version) throw stale('absence', before);
  return { kept, before };
}

/** Covers that stay as they were keep their answer; new ones are asked, those left out are withdrawn. */
async function keepCovers(tx: Tx, before: Absence, covers: readonly CoverDraft[]): Promise<void> {
  const said = before.covers.filter((cover) => cover.state !== 'declined');
  const isSame = (a: CoverDraft, b: CoverDraft) => a.staffId === b.staffId && a.duties === b.duties;
  const gone = said.filter((one) => !covers.some((cover) => isSame(one, cover)));
  await sql`
    update absence_covers set state = 'withdrawn', version = version + 1
    where practice_id = ${tx.practiceId} and cover_id = any (${gone.map((one) => one.coverId)}::uuid[])`.execute(
    tx.db,
  );
  for (const cover of covers)
    if (!said.some((one) => isSame(one, cover))) await insertCover(tx, before.absenceId, cover);
}

export async function changeAbsence(tx: Tx, absenceId: string, input: AbsenceChange): Promise<Absence> {
  const change = AbsenceChange.parse(input);
  await queries.lockAbsences(tx.db);
  const { kept, before } = await openForChange(tx, absenceId, change.version);
  const [from, to] = [new Date(change.startsAt), new Date(change.endsAt)];
  await refuseTwice(tx, kept.staffId, from, to, absenceId);
  await refuseWrongCovers(tx, { ...change, absenceId, staffId: kept.staffId });
  await openHours(tx, kept.closingIds);
  const closingIds = change.closeHours ? await closeHours(tx, { ...change, staffId: kept.staffId }) : [];
  await sql`
    update absences set kind = ${change.kind}, starts_at = ${from}, ends_at = ${to}, note = ${change.note},
      closing_ids = ${closingIds}::uuid[], version = version + 1
    where practice_id = ${tx.practiceId} and absence_id = ${absenceId}`.execute(tx.db);
  await keepCovers(tx, before, change.covers);
  return note(tx, 'absence.changed', await readBack(tx, absenceId), before);
}

/** They are here after all: duties are theirs again, and their hours open. */
export async function removeAbsence(tx: Tx, absenceId: string, version: number): Promise<void> {
  const { kept, before } = await openForChange(tx, absenceId, version);
  await openHours(tx, kept.closingIds);
  await sql`
    update absences set removed_at = ${tx.now}, removed_by = ${tx.actor.staffId}, version = version + 1
    where practice_id = ${tx.practiceId} and absence_id = ${absenceId}`.execute(tx.db);
  const subjectIds = [absenceId, kept.staffId];
  tx.audit({ action: 'absence.removed', subjectKind: 'absence', subjectIds, before });
  tx.touch('team', absenceId, kept.staffId);
}

type CoverAnswer = { version: number; accept: boolean | null };

/** Whoever was asked says yes or no; the manager for them. */
export async function answerCover(
  tx: Tx,
  coverId: string,
  { version, accept }: CoverAnswer,
): Promise<Absence> {
  const { rows } = await sql<{ absenceId: string; staffId: string; state: string; version: number }>`
    select absence_id, staff_id, state, version from absence_covers
    where cover_id = ${coverId} and state <> 'withdrawn' for update`.execute(tx.db);
  const kept = rows[0];
  if (!kept) throw notFound('request to cover');
  const before = await readBack(tx, kept.absenceId);
  if (tx.actor.staffId !== kept.staffId && !tx.actor.may('team.manage'))
    throw new Refusal('not-permitted', 'Only whom was asked, or a manager, can answer this.');
  if (kept.version !== version) throw stale('request to cover', before);
  const state = accept === null ? 'asked' : accept ? 'accepted' : 'declined';
  const [at, by] = accept === null ? [null, null] : [tx.now, tx.actor.staffId];
  await sql`
    update absence_covers set state = ${state}, answered_at = ${at}, answered_by = ${by},
      version = version + 1
    where practice_id = ${tx.practiceId} and cover_id = ${coverId}`.execute(tx.db);
  const after = await readBack(tx, kept.absenceId);
  return note(tx, `cover.${state}`, after, before);
}
