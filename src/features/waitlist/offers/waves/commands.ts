import { sql } from 'kysely';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { newId } from '../../../../platform/id.ts';
import { enqueueJob } from '../../../../platform/jobs/outbox.ts';
import { Refusal } from '../../../../platform/refusal.ts';
import { holdForOffice, releaseForOffice } from '../../../schedule/holds/commands.ts';
import { readHoursFacts } from '../../../schedule/hours/queries.ts';
import { place } from '../../../schedule/placing/commands.ts';
import { waitlistEvents } from '../../events.ts';
import { readSettings } from '../../settings/queries.ts';
import { answerByMs, isQuiet, quietEndsMs } from '../../settings/rules.ts';
import type { WaitlistSettings } from '../../settings/schema.ts';
import { channelFor, channelNamed } from '../channels/commands.ts';
import { type Choice, choose, ruleVersion, type Slot } from '../choosing/rules.ts';
import { closeOpening } from '../closing/commands.ts';
import { type KeptOpening, listCandidates, listOffersOf, lockOpening, type Waiting } from '../queries.ts';
import { graceMinutes } from '../rules.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The work that asks the next ones, once the answers are in or the time is up. */
export const waveJob = 'waitlist.wave';

export async function enqueueWave(tx: Tx, openingId: string, runAt: Date, why: string): Promise<void> {
  const uniqueKey = `${waveJob}:${openingId}:${why}`;
  // Of no subject: the next wave must not wait behind the one that looks at the time
  await enqueueJob(tx, { kind: waveJob, uniqueKey, payload: { openingId }, runAt });
}

export function slotOf(opening: KeptOpening): Slot {
  const { physicianId, siteId, timeZone } = opening;
  return {
    startsAtMs: Date.parse(opening.startsAt),
    endsAtMs: Date.parse(opening.endsAt),
    ...{ physicianId, siteId, timeZone },
  };
}

/**
 * Ask the next ones about an opening, unless answers of the last wave may still come. Nothing is asked in quiet
 * hours: the opening is held until they are over. Whoever was asked and did not answer in time is let go first.
 */
export async function runWave(tx: Tx, openingId: string): Promise<void> {
  const opening = await lockOpening(tx.db, openingId);
  if (!opening || opening.closedAt) return;
  const nowMs = tx.now.getTime();
  await letGo(tx, openingId);
  if (await isWaiting(tx, openingId)) return;
  const settings = await readSettings(tx.db);
  const slot = slotOf(opening);
  if (slot.startsAtMs - nowMs < settings.noticeHours * hourMs) return closeOpening(tx, opening, 'too-late');
  if (isQuiet(nowMs, settings, slot.timeZone)) return waitForMorning(tx, opening, settings);
  if (opening.holdId) await releaseForOffice(tx, opening.holdId);
  const { waiting, choices, offered } = await pick(tx, opening, settings);
  const wave = opening.wave + 1;
  await writeLog(tx, { opening, slot, wave, settings, waiting, choices, offered });
  if (offered.length === 0) return closeOpening(tx, { ...opening, holdId: null }, 'nobody');
  const answerBy = new Date(Math.min(answerByMs(nowMs, settings, slot.timeZone), slot.startsAtMs));
  const holdId = await holdAgain(tx, opening, answerBy);
  if (!holdId) return closeOpening(tx, { ...opening, holdId: null }, 'taken');
  await sql`
    update waitlist_openings set wave = ${wave}, hold_id = ${holdId}, next_at = ${answerBy}, version = version + 1
    where opening_id = ${openingId}`.execute(tx.db);
  await writeOffers(tx, { opening, wave, answerBy, offered, choices });
  await enqueueWave(tx, openingId, answerBy, `wave ${wave}`);
}

/** Whoever did not answer in time is asked no more, and the schedule's time is not kept for them. */
async function letGo(tx: Tx, openingId: string): Promise<void> {
  const { rows } = await sql<{ entryId: string }>`
    update waitlist_offers set outcome = 'timed-out', closed_at = ${tx.now}, version = version + 1
    where opening_id = ${openingId} and closed_at is null and answer_by <= ${tx.now}
    returning entry_id`.execute(tx.db);
  if (rows.length === 0) return;
  const subjectIds = [openingId, ...rows.map((row) => row.entryId)];
  tx.audit({ action: 'waitlist.offers-timed-out', subjectKind: 'waitlist-opening', subjectIds });
  tx.touch('waitlist', ...subjectIds);
}

async function isWaiting(tx: Tx, openingId: string): Promise<boolean> {
  const { rows } = await sql`
    select from waitlist_offers where opening_id = ${openingId} and closed_at is null limit 1`.execute(tx.db);
  return rows.length > 0;
}

async function waitForMorning(tx: Tx, opening: KeptOpening, settings: WaitlistSettings): Promise<void> {
  const nextAt = new Date(quietEndsMs(tx.now.getTime(), settings, opening.timeZone));
  if (opening.holdId) await releaseForOffice(tx, opening.holdId);
  const holdId = await holdAgain(tx, opening, nextAt);
  if (!holdId) return closeOpening(tx, { ...opening, holdId: null }, 'taken');
  await sql`
    update waitlist_openings set hold_id = ${holdId}, next_at = ${nextAt}, version = version + 1
    where opening_id = ${opening.openingId}`.execute(tx.db);
  tx.touch('waitlist', opening.openingId);
  await enqueueWave(tx, opening.openingId, nextAt, `after quiet hours ${nextAt.toISOString()}`);
}

/** Until all have answered, and a little longer; null where the time is no longer free. */
async function holdAgain(tx: Tx, opening: KeptOpening, until: Date): Promise<string | null> {
  try {
    const hold = await holdForOffice(tx, {
      ...{ visitTypeId: opening.visitTypeId, siteId: opening.siteId, physicianId: opening.physicianId },
      ...{ resourceIds: [], startsAt: opening.startsAt, freedBy: opening.freedBy },
      minutes: (Date.parse(opening.endsAt) - Date.parse(opening.startsAt)) / minuteMs,
      expiresAt: new Date(until.getTime() + graceMinutes * minuteMs),
    });
    return hold.holdId;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

type Picked = { waiting: Waiting[]; choices: Choice[]; offered: Waiting[] };

/** Those whose turn it is; the visit of each is tried in its place, as a booking would be. */
async function pick(tx: Tx, opening: KeptOpening, settings: WaitlistSettings): Promise<Picked> {
  const slot = slotOf(opening);
  const date = opening.startsAt.slice(0, 10);
  const { visitTypes: types } = await readHoursFacts(tx.db, date, date);
  const { openingId } = opening;
  const waiting = await listCandidates(tx.db, {
    ...{ openingId, slot, types, now: tx.now },
    channelOf: (person) => channelFor(person)?.key ?? null,
  });
  const byId = new Map(waiting.map((one) => [one.entryId, one]));
  const now = () => choose(slot, waiting, settings, tx.now.getTime());
  const fit = now().flatMap((one) => (one.position === null ? [] : [byId.get(one.entryId)]));
  const turn = fit.filter((one) => one !== undefined);
  // All at once and in the order of their ids: the places that are tried lock them one by one
  const ids = turn.slice(0, settings.atOnce + 20).map((one) => one.patientId);
  await sql`
    select from patients where patient_id = any (${ids}::uuid[]) order by patient_id for no key update`.execute(
    tx.db,
  );
  const offered: Waiting[] = [];
  for (const one of turn) {
    if (offered.length === settings.atOnce) break;
    one.hasPlace = await hasPlace(tx, opening, one);
    if (one.hasPlace) offered.push(one);
  }
  return { waiting, choices: now(), offered };
}

async function hasPlace(tx: Tx, opening: KeptOpening, one: Waiting): Promise<boolean> {
  try {
    await place(tx, {
      ...{ patientId: one.patientId, visitTypeId: one.visitTypeId, siteId: opening.siteId },
      ...{ physicianId: opening.physicianId, resourceIds: [], startsAt: opening.startsAt },
      ...(one.visitId ? { ignoreVisitId: one.visitId, minutes: one.minutes ?? undefined } : {}),
    });
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

type Logged = Picked & { opening: KeptOpening; slot: Slot; wave: number; settings: WaitlistSettings };

/** Only what decides, and of nobody a name: what is written here is never changed or removed. */
async function writeLog(tx: Tx, logged: Logged): Promise<void> {
  const { opening, slot, wave, settings, waiting, choices, offered } = logged;
  const { openingId } = opening;
  const byId = new Map(waiting.map((one) => [one.entryId, one]));
  const asked = new Set(offered.map((one) => one.entryId));
  const rows = choices.map(({ entryId, position, why }) => {
    const one = byId.get(entryId);
    return { entryId, position, why, offered: asked.has(entryId), facts: one && factsOf(one) };
  });
  await sql`
    insert into waitlist_waves (practice_id, opening_id, wave, at, rule_version, slot, settings)
    values (${tx.practiceId}, ${openingId}, ${wave}, ${tx.now}, ${ruleVersion}, ${JSON.stringify(slot)}::jsonb,
      ${JSON.stringify(settings)}::jsonb)`.execute(tx.db);
  await sql`
    insert into waitlist_choices (practice_id, opening_id, wave, entry_id, position, offered, why, facts)
    select ${tx.practiceId}, ${openingId}, ${wave}, r."entryId", r.position, r.offered,
      array(select jsonb_array_elements_text(r.why)), r.facts
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r("entryId" uuid, position int, offered boolean, why jsonb, facts jsonb)`.execute(tx.db);
}

function factsOf(one: Waiting) {
  const { entryId, priority, addedAtMs, visitTypeId, minutes, physicianIds, siteIds, weekdays, times } = one;
  const { earliestOn, latestOn, expiresOn, noticeHours, heldAtMs } = one;
  const { isBusy, wasAsked, isOffered, mayContact, hasPlace } = one;
  return {
    ...{ entryId, priority, addedAtMs, visitTypeId, minutes, physicianIds, siteIds, weekdays, times },
    ...{ earliestOn, latestOn, expiresOn, noticeHours, heldAtMs },
    ...{ isBusy, wasAsked, isOffered, mayContact, hasPlace },
  };
}

type Asked = {
  opening: KeptOpening;
  wave: number;
  answerBy: Date;
  offered: readonly Waiting[];
  choices: readonly Choice[];
};

async function writeOffers(tx: Tx, { opening, wave, answerBy, offered, choices }: Asked): Promise<void> {
  const { openingId } = opening;
  const positions = new Map(choices.map((one) => [one.entryId, one.position]));
  const rows = offered.map((one) => ({
    offerId: newId(),
    entryId: one.entryId,
    position: positions.get(one.entryId) ?? 0,
    channel: one.channel ?? '',
  }));
  await sql`
    insert into waitlist_offers (practice_id, offer_id, opening_id, entry_id, wave, position, channel, offered_at,
      answer_by)
    select ${tx.practiceId}, r."offerId", ${openingId}, r."entryId", ${wave}, r.position, r.channel, ${tx.now},
      ${answerBy}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r("offerId" uuid, "entryId" uuid, position int, channel text)`.execute(tx.db);
  const people = offered.map((one) => one.patientId);
  const subjectIds = [openingId, ...rows.map((row) => row.entryId), ...people];
  const after = { wave, answerBy: answerBy.toISOString(), entryIds: rows.map((row) => row.entryId) };
  tx.audit({ action: 'waitlist.offered', subjectKind: 'waitlist-opening', subjectIds, after });
  tx.touch('waitlist', ...subjectIds);
  const all = await listOffersOf(tx.db, openingId);
  for (const offer of all.filter((one) => one.wave === wave)) {
    await channelNamed(offer.channel).ask(tx, offer, opening);
    const payload = waitlistEvents['waitlist.offered.v1'].parse(offer);
    tx.emit({ kind: 'waitlist.offered.v1', subjectId: openingId, payload });
  }
}
