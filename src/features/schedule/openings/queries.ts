import { addDays, dateLabel, dayNumber } from '../../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../../platform/calendar/zones.ts';
import type { Db } from '../../../platform/db/database.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { factsToAsk, rememberedRuled, rulingOf } from '../booking-rules/queries.ts';
import { type Ruling, rulesOfType } from '../booking-rules/rules.ts';
import { listHeldBusy } from '../holds/queries.ts';
import {
  type HoursFacts,
  readHoursFacts,
  type ScheduleVisitType,
  type SetupFacts,
} from '../hours/queries.ts';
import { listHours } from '../hours/rules.ts';
import { listKept } from '../slot-codes/rules.ts';
import type { Blocked } from './blocked/rules.ts';
import { rememberedBusy } from './busy/queries.ts';
import { type Opening as Found, findOpenings as search } from './rules.ts';
import { FindOpenings, longestSearchDays, type Opening, type OpeningsFound } from './schema.ts';
import type { OpeningsInput, OpeningsResource, OpeningsVisitType, Wish } from './wish/rules.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** How far beyond the wish "the nearest that would do" is looked for. */
const nearDays = 21;

export function openingsResources(facts: HoursFacts): OpeningsResource[] {
  return facts.resources
    .filter((one) => one.active)
    .map((one) => ({ id: one.resourceId, name: one.name, kind: one.kind, capacity: one.capacity }));
}

/** A visit type as the slot search takes it: the physician leads, then its rooms and devices. */
export function openingsType(type: ScheduleVisitType, minutes?: number): OpeningsVisitType {
  const length = minutes ?? type.minutes;
  return {
    id: type.visitTypeId,
    name: type.name,
    minutes: length,
    minutesByPhysician: minutes ? {} : type.minutesByPhysician,
    bufferBeforeMinutes: type.bufferBeforeMinutes,
    bufferAfterMinutes: type.bufferAfterMinutes,
    needs: [
      { kind: 'physician', resourceIds: type.physicianIds, count: 1 },
      ...type.needs.map((need) => ({ ...need, count: 1 as const })),
    ],
    stepMinutes: length % 15 === 0 ? 15 : length % 10 === 0 ? 10 : 5,
  };
}

type Range = { from: string; to: string };

function rangeOf(wish: FindOpenings, today: string): Range {
  const around = wish.aroundDate;
  const notBefore = (date: string) => (date < today ? today : date);
  const from = notBefore(wish.from ?? (around ? addDays(around, -14) : today));
  const to = notBefore(wish.to ?? (around ? addDays(around, 14) : addDays(from, 30)));
  if (to < from || dayNumber(to) - dayNumber(from) > longestSearchDays) {
    throw new Refusal(
      'bad-input',
      `Look at the dates: from comes first, and at most ${longestSearchDays} days.`,
      {
        fields: { to: `At most ${longestSearchDays} days after ${from}.` },
      },
    );
  }
  return { from, to };
}

type Office = {
  now: Date;
  /** Nothing before this instant is offered; left out: now. */
  notBeforeMs?: number;
  /** How far beyond the dates "the nearest that would do" is looked for; left out: three weeks. */
  nearDays?: number;
};

/**
 * The slot search over the office's facts, the first days of the wish first: most searches end there. An empty
 * answer looks three weeks further for the nearest that would do.
 */
export async function findOpenings(db: Db, wish: FindOpenings, office: Office): Promise<OpeningsFound> {
  const asked = await readAsked(db, wish, office);
  const { facts, range, year } = asked;
  const first = firstDays(wish, range);
  let found = search(await readInput(db, asked, { range: first, loaded: first }));
  const isWhole = first.from === range.from && first.to === range.to;
  if (found.openings.length < wish.limit && !isWhole)
    found = search(await readInput(db, asked, { range, loaded: range }));
  if (found.openings.length === 0 && office.nearDays !== 0) found = search(await readInput(db, asked, asked));
  const shown = (one: Found) => shownOpening(one, facts, year);
  return {
    openings: found.openings.map((one) => ({ ...shown(one), reasons: one.reasons.map((why) => why.text) })),
    blocked: found.blocked.slice(0, 5).map((one) => blockedLabel(one, year)),
    nearest: found.nearest.slice(0, wish.limit).map(({ opening, breaks }) => ({
      ...shown(opening),
      reasons: [...breaks, ...opening.reasons].map((why) => why.text),
    })),
    ...range,
  };
}

/** By physician of the type, the first openings from today on, overlapping ones among them: no statement a physician. */
export async function listFirstOpenings(
  db: Db,
  visitTypeId: string,
  { now, days, most }: { now: Date; days: number; most: number },
): Promise<{ today: string; physicians: { resourceId: string; name: string; openings: Found[] }[] }> {
  const wish = FindOpenings.parse({ visitTypeId });
  const office = { now, nearDays: 0 };
  const { range } = await readAsked(db, wish, office);
  const asked = await readAsked(db, { ...wish, from: range.from, to: addDays(range.from, days) }, office);
  const input = await readInput(db, asked, asked);
  const physicians = asked.facts.resources.filter(
    (one) => one.active && one.kind === 'physician' && mayTakePart(asked.type, one),
  );
  return {
    today: range.from,
    physicians: physicians.map(({ resourceId, name }) => {
      const wished = { ...input.wish, physicianIds: [resourceId] };
      return { resourceId, name, openings: search({ ...input, wish: wished, limit: most }).openings };
    }),
  };
}

/** The days that come first in the answer: most searches end there, and need not read a month of visits. */
function firstDays({ aroundDate }: FindOpenings, { from, to }: Range): Range {
  const earlier = (a: string, b: string) => (a < b ? a : b);
  if (!aroundDate) return { from, to: earlier(to, addDays(from, 6)) };
  const middle = aroundDate < from ? from : earlier(aroundDate, to);
  const start = addDays(middle, -4);
  return { from: start < from ? from : start, to: earlier(to, addDays(middle, 4)) };
}

type Asked = {
  wish: FindOpenings;
  facts: SetupFacts;
  type: ScheduleVisitType;
  range: Range;
  /** The range and what lies near it. */
  loaded: Range;
  now: Date;
  /** Nothing before it is offered. */
  nowMs: number;
  year: number;
};

async function readAsked(db: Db, wish: FindOpenings, office: Office): Promise<Asked> {
  const nowMs = office.now.getTime();
  // The zones of the sites are not known yet; a day more on either side holds "today" in all of them
  const yesterday = addDays(localDate(nowMs, 'UTC'), -1);
  const near = office.nearDays ?? nearDays;
  const around = ({ from, to }: Range) => ({ from: addDays(from, -near), to: addDays(to, near) });
  const rough = around(rangeOf(wish, yesterday));
  const facts = await readHoursFacts(db, rough.from, addDays(rough.to, 1));
  const type = facts.visitTypes.find((one) => one.visitTypeId === wish.visitTypeId);
  if (!type) throw notFound('visit type');
  const today = localDate(nowMs, facts.sites[0]?.timeZone ?? 'UTC');
  const range = rangeOf(wish, today);
  const wide = around(range);
  return {
    ...{ wish, facts, type, range },
    loaded: { from: wide.from < today ? today : wide.from, to: wide.to },
    now: office.now,
    nowMs: Math.max(nowMs, office.notBeforeMs ?? 0),
    year: Number(today.slice(0, 4)),
  };
}

async function readInput(
  db: Db,
  asked: Asked,
  { range, loaded }: { range: Range; loaded: Range },
): Promise<OpeningsInput> {
  const { wish, facts, type, now, nowMs } = asked;
  const used = facts.resources.filter((one) => one.active && mayTakePart(type, one));
  const { available, coded, absences } = listHours({ ...facts, resources: used, ...loaded });
  const kept = listKept(coded, facts.slotCodes, { visitTypeId: type.visitTypeId, nowMs: now.getTime() });
  const { busy, patientBusy } = await rememberedBusy(db, {
    resourceIds: used.map((one) => one.resourceId),
    fromMs: (dayNumber(loaded.from) - 1) * dayMs,
    toMs: (dayNumber(loaded.to) + 2) * dayMs,
    patientId: wish.patientId,
    ignoreVisitId: wish.ignoreVisitId,
  });
  const held = await listHeldBusy(db, now);
  return {
    visitType: openingsType(type, wish.minutes),
    resources: openingsResources(facts),
    sites: facts.sites.filter((site) => site.active),
    ...{ available, absences, patientBusy, nowMs },
    busy: [...busy, ...held],
    slots: { coded, kept, codes: facts.slotCodes },
    ruling: await readRuling(db, asked, loaded),
    wish: searchWish(wish, range),
    limit: wish.limit,
  };
}

/** The rules that speak of such a visit; what they count is asked only where there are such rules. */
async function readRuling(
  db: Db,
  { wish, facts, type, now }: Asked,
  loaded: Range,
): Promise<Ruling | undefined> {
  const rules = rulesOfType(facts.bookingRules, type.visitTypeId);
  if (rules.length === 0) return undefined;
  const physicians = facts.resources.filter((one) => one.kind === 'physician' && mayTakePart(type, one));
  const ask = factsToAsk(rules, {
    patientId: wish.patientId ?? null,
    physicianIds: physicians.map((one) => one.resourceId),
    nowMs: now.getTime(),
    fromMs: (dayNumber(loaded.from) - 1) * dayMs,
    toMs: (dayNumber(loaded.to) + 2) * dayMs,
  });
  const ruled = ask ? await rememberedRuled(db, ask, wish.ignoreVisitId) : { seen: false, counted: [] };
  return rulingOf(rules, wish.patientId, ruled);
}

function searchWish(wish: FindOpenings, range: Range): Wish {
  return {
    ...range,
    physicianIds: wish.physicianIds,
    weekdays: wish.weekdays,
    timesOfDay: wish.times,
    ...(wish.siteId ? { siteId: wish.siteId } : {}),
    ...(wish.aroundDate ? { aroundDate: wish.aroundDate } : {}),
  };
}

function mayTakePart(
  type: ScheduleVisitType,
  { kind, resourceId }: { kind: string; resourceId: string },
): boolean {
  const fits = (ids: string[]) => ids.length === 0 || ids.includes(resourceId);
  if (kind === 'physician') return fits(type.physicianIds);
  return type.needs.some((need) => need.kind === kind && fits(need.resourceIds));
}

function shownOpening(one: Found, facts: HoursFacts, year: number): Omit<Opening, 'reasons'> {
  const site = facts.sites.find((other) => other.id === one.siteId);
  const nameOf = (id: string) => facts.resources.find((other) => other.resourceId === id)?.name ?? '';
  const [physicianId = '', ...others] = one.resourceIds;
  const timeZone = site?.timeZone ?? 'UTC';
  return {
    startsAt: new Date(one.startsAtMs).toISOString(),
    endsAt: new Date(one.endsAtMs).toISOString(),
    minutes: (one.endsAtMs - one.startsAtMs) / minuteMs,
    siteId: one.siteId,
    siteName: site?.name ?? '',
    timeZone,
    physicianId,
    physicianName: nameOf(physicianId),
    resourceIds: others,
    resourceNames: others.map(nameOf),
    label: `${dateLabel(one.onDate, year)}, ${timeLabel(one.startsAtMs, timeZone)}`,
  };
}

/** "Dr. Lee is booked: Wed, Mar 4", "… : 6 days, Wed, Mar 4 to Thu, Mar 12". */
function blockedLabel({ why, from, to, count }: Blocked, year: number): string {
  if (from === to) return `${why}: ${dateLabel(from, year)}`;
  return `${why}: ${count} days, ${dateLabel(from, year)} to ${dateLabel(to, year)}`;
}
