import { addDays, dayNumber } from '../../../../platform/calendar/dates.ts';
import { groupBy } from '../../../../platform/calendar/group-by.ts';
import { mergePairs } from '../../../../platform/calendar/intervals.ts';
import { localDate } from '../../../../platform/calendar/zones.ts';
import type { Db } from '../../../../platform/db/database.ts';
import { notFound, Refusal } from '../../../../platform/refusal.ts';
import { readSettings } from '../../../calls/settings/queries.ts';
import { phoneToCall } from '../../../patients/rules.ts';
import { findPractice } from '../../../practice/queries.ts';
import { rulesOfPatient, rulesOfType } from '../../../schedule/booking-rules/rules.ts';
import { readHoursFacts, type SetupFacts } from '../../../schedule/hours/queries.ts';
import { listHours } from '../../../schedule/hours/rules.ts';
import { openingsResources, openingsType } from '../../../schedule/openings/queries.ts';
import { prepareSearch, type Search } from '../../../schedule/openings/search/rules.ts';
import { listKept } from '../../../schedule/slot-codes/rules.ts';
import { findAbsence } from '../../../team/queries.ts';
import { type Board, openBoard } from '../../assign/board/rules.ts';
import type { Stranded } from '../../assign/candidates/rules.ts';
import { spoken } from '../../list/rules.ts';
import { expectedMs, leadMs, searchUntil, type Window, windowOf } from '../../rules.ts';
import type { Affected, RescueAsked } from '../../schema.ts';
import { urgencyOf, weightOf } from '../../urgency/rules.ts';
import { type AffectedRow, listAffected, listCounted, listPatientTimes, readTaken } from '../queries.ts';

const dayMs = 86_400_000;

/** Everything that a plan is made of, read in a fixed number of statements however many are affected. */
export type PlanFacts = {
  window: Window;
  timeZone: string;
  facts: SetupFacts;
  physicianName: string;
  absence: { absenceId: string; closesHours: boolean } | null;
  /** By urgency. */
  people: Affected[];
  rows: ReadonlyMap<string, AffectedRow>;
  /** Those that can be moved, by urgency. */
  stranded: Stranded[];
  /** A board on which everything stands but the visits that lose their time. */
  open: () => Board;
};

type Asking = {
  now: Date;
  accountId: string | null;
  window?: { fromMs: number; toMs: number; slackMs?: number };
};

export async function readPlanFacts(db: Db, asked: RescueAsked, asking: Asking): Promise<PlanFacts> {
  const { now } = asking;
  const nowMs = now.getTime();
  const { timeZone } = await findPractice(db);
  const absence = asked.absenceId ? await findAbsence(db, asked.absenceId) : undefined;
  if (asked.absenceId && !absence) throw notFound('absence');
  const window = { ...windowOf(asked, { nowMs, timeZone, absence }), ...asking.window };
  refuseFar(window, nowMs);
  const today = localDate(nowMs, timeZone);
  const lastDate = searchUntil(asked, maxDate(today, localDate(window.toMs - 1, timeZone)));
  const facts = await readHoursFacts(db, addDays(today, -1), addDays(lastDate, 1));
  const physician = facts.resources.find((one) => one.resourceId === asked.physicianId);
  if (physician?.kind !== 'physician') throw notFound('physician');
  const span = { fromMs: (dayNumber(today) - 1) * dayMs, toMs: (dayNumber(lastDate) + 2) * dayMs };
  const affected = await listAffected(db, {
    ...stretchOf(asked, window, nowMs - (asking.window?.slackMs ?? 0)),
    now,
  });
  if (affected.length > 200)
    throw new Refusal('conflict', 'More than 200 visits are affected. Take fewer days at once.');
  const rows = new Map(affected.map((row) => [row.visitId, row]));
  const { redFlags } = await readSettings(db);
  const context = { facts, physicianName: physician.name, nowMs, flags: redFlags };
  const people = affected
    .map((row) => toAffected(row, context))
    .sort((a, b) => b.score - a.score || Date.parse(a.startsAt) - Date.parse(b.startsAt));
  const movable = affected.filter((row) => row.state === 'booked' && row.sessionId === null);
  const busy = await readTaken(db, {
    ...span,
    visitIds: movable.map((row) => row.visitId),
    accountId: asking.accountId,
    now,
  });
  const searches = openSearches(facts, busy, { asked, window, nowMs, timeZone, lastDate });
  const stranded = await toStranded(db, { movable, people, facts, searches, span, now });
  return {
    ...{ window, timeZone, facts, people, rows, stranded, physicianName: physician.name },
    absence: absence ? { absenceId: absence.absenceId, closesHours: absence.closesHours } : null,
    open: () => openBoard(openingsResources(facts), busy),
  };
}

const farDays = 400;

function refuseFar({ fromMs, toMs }: Window, nowMs: number): void {
  const isFar =
    toMs > nowMs + farDays * dayMs || fromMs < nowMs - 2 * dayMs || toMs - fromMs > farDays * dayMs;
  if (isFar)
    throw new Refusal('bad-input', 'Look at the days: from today on, and within the next year.', {
      fields: { date: 'From today on, and within the next year.' },
    });
}

const maxDate = (a: string, b: string) => (a > b ? a : b);

/** Of a day to come, from its beginning; of today also who was expected a moment ago; late: the rest of today. */
function stretchOf({ physicianId, when }: RescueAsked, { fromMs, toMs }: Window, nowMs: number) {
  const restOfDay = when === 'late' ? Math.max(toMs, nowMs + 12 * 3_600_000) : toMs;
  const expectedFromMs = fromMs > nowMs ? fromMs : nowMs - expectedMs;
  return { physicianId, fromMs, toMs: restOfDay, expectedFromMs };
}

type Context = { facts: SetupFacts; physicianName: string; nowMs: number; flags: readonly string[] };

const ms = (instant: string | null) => (instant === null ? null : Date.parse(instant));

function toAffected(row: AffectedRow, { facts, physicianName, nowMs, flags }: Context): Affected {
  const type = facts.visitTypes.find((one) => one.visitTypeId === row.visitTypeId);
  const startMs = Date.parse(row.startsAt);
  const interpreter = row.interpreterNeeded ? spoken(row.language) || 'needed' : '';
  const urgency = urgencyOf(
    {
      ...{ state: row.state, reason: row.reason, note: row.note, movedBefore: row.movedBefore, interpreter },
      ...{ patientZip: row.patientZip, siteZip: row.siteZip, timeZone: row.timeZone, startMs },
      ...{ typeName: type?.name ?? '', typeCode: type?.code ?? '', slot: slotOf(row, facts) },
      ...{ followUpBy: row.followUpBy, followUpPriority: row.followUpPriority },
      ...{ inSeries: row.seriesId !== null, inGroup: row.sessionId !== null },
      ...{
        arrivedMs: ms(row.arrivedAt),
        confirmedMs: ms(row.confirmedAt),
        bookedMs: Date.parse(row.createdAt),
      },
    },
    { nowMs, flags },
  );
  return {
    ...{ visitId: row.visitId, version: row.version, state: row.state, patientId: row.patientId },
    ...{ patientName: row.patientName, bornOn: row.bornOn, phone: phoneToCall(row.phones) },
    ...{ visitTypeId: row.visitTypeId, visitTypeName: type?.name ?? '', siteId: row.siteId },
    ...{ siteName: row.siteName, timeZone: row.timeZone, physicianName },
    physicianId: row.physicianId,
    ...{ startsAt: row.startsAt, endsAt: row.endsAt, minutes: (Date.parse(row.endsAt) - startMs) / 60_000 },
    ...{ arrivedAt: row.arrivedAt, confirmedAt: row.confirmedAt },
    ...urgency,
  };
}

/** The slot code of the hours in which it stands. */
function slotOf(row: AffectedRow, facts: SetupFacts): string {
  const startMs = Date.parse(row.startsAt);
  const { physicianId } = row;
  const date = localDate(startMs, row.timeZone);
  const physician = facts.resources.filter((one) => one.resourceId === physicianId);
  const { coded } = listHours({ ...facts, resources: physician, from: date, to: date });
  const own = coded.find((one) => one.startMs <= startMs && startMs < one.endMs);
  const code = facts.slotCodes.find((one) => one.slotCodeId === own?.slotCodeId);
  return code ? `${code.code} (${code.name})` : '';
}

type Searching = { asked: RescueAsked; window: Window; nowMs: number; timeZone: string; lastDate: string };
type Searches = (visitTypeId: string, minutes: number) => Search | null;

/** A search for each type and length, with the physician's closed time taken out. */
function openSearches(
  facts: SetupFacts,
  busy: Awaited<ReturnType<typeof readTaken>>,
  { asked, window, nowMs, timeZone, lastDate }: Searching,
): Searches {
  const today = localDate(nowMs, timeZone);
  const hours = listHours({ ...facts, from: today, to: lastDate });
  const closed = { resourceId: asked.physicianId, lane: 0, startMs: window.fromMs, endMs: window.toMs };
  const capacity = facts.resources.find((one) => one.resourceId === asked.physicianId)?.capacity ?? 1;
  const closings = Array.from({ length: capacity }, (_, lane) => ({ ...closed, lane }));
  const known = new Map<string, Search>();
  return (visitTypeId, minutes) => {
    const key = `${visitTypeId} ${minutes}`;
    const type = facts.visitTypes.find((one) => one.visitTypeId === visitTypeId);
    if (!type) return null;
    const made =
      known.get(key) ??
      prepareSearch({
        visitType: openingsType(type, minutes),
        resources: openingsResources(facts),
        sites: facts.sites.filter((site) => site.active),
        ...{ available: hours.available, absences: hours.absences, patientBusy: [] },
        busy: [...busy, ...closings],
        slots: {
          ...{ coded: hours.coded, codes: facts.slotCodes },
          kept: listKept(hours.coded, facts.slotCodes, { visitTypeId, nowMs }),
        },
        // The days near the lost ones first
        wish: { from: today, to: lastDate, aroundDate: maxDate(today, localDate(window.fromMs, timeZone)) },
        ...{ limit: 1, nowMs: nowMs + leadMs },
      });
    known.set(key, made);
    return made;
  };
}

type Moving = {
  movable: AffectedRow[];
  people: Affected[];
  facts: SetupFacts;
  searches: Searches;
  span: { fromMs: number; toMs: number };
  now: Date;
};

async function toStranded(
  db: Db,
  { movable, people, facts, searches, span, now }: Moving,
): Promise<Stranded[]> {
  const times = await listPatientTimes(db, [...new Set(movable.map((row) => row.patientId))], span);
  const timesOf = groupBy(times, (one) => one.patientId);
  const limits = facts.bookingRules.some((rule) => rule.limitCount !== null);
  const physicianIds = facts.resources.filter((one) => one.kind === 'physician').map((one) => one.resourceId);
  const counted = limits ? await listCounted(db, { physicianIds, ...span, now }) : [];
  const byId = new Map(movable.map((row) => [row.visitId, row]));
  return people.flatMap(({ visitId, score, minutes }) => {
    const row = byId.get(visitId);
    const search = row && searches(row.visitTypeId, minutes);
    if (!row || !search) return [];
    const rules = rulesOfPatient(rulesOfType(facts.bookingRules, row.visitTypeId), !row.seen);
    return {
      ...{ visitId, patientId: row.patientId, visitTypeId: row.visitTypeId, isNew: !row.seen },
      ...{ startMs: Date.parse(row.startsAt), endMs: Date.parse(row.endsAt), siteId: row.siteId },
      ...{ physicianId: row.physicianId, timeZone: row.timeZone, taken: row.taken, search },
      weight: weightOf(score),
      patientBusy: mergePairs((timesOf.get(row.patientId) ?? []).filter((one) => one.visitId !== visitId)),
      ruling: rules.length > 0 ? { rules, counted } : undefined,
    };
  });
}
