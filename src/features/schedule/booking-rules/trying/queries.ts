import { addDays } from '../../../../platform/calendar/dates.ts';
import { dayBounds, toInstant } from '../../../../platform/calendar/zones.ts';
import type { Db } from '../../../../platform/db/database.ts';
import { notFound } from '../../../../platform/refusal.ts';
import { readHoursFacts, type SetupFacts } from '../../hours/queries.ts';
import { type Hours, listHours, type Site } from '../../hours/rules.ts';
import { readBusy } from '../../openings/busy/queries.ts';
import { listCandidates, placeVisit, span, type Wanted } from '../../placing/rules.ts';
import { listKept, offeredText } from '../../slot-codes/rules.ts';
import { factsToAsk, rememberedRuled } from '../queries.ts';
import { rulesOfPatient, rulesOfType } from '../rules.ts';
import type { Tried, TryBooking } from '../schema.ts';

const minuteMs = 60_000;

/** What would be in the way of such a visit, by the same rules as a booking; nothing is locked or kept. */
export async function tryBooking(db: Db, asked: TryBooking, now: Date): Promise<Tried> {
  const { date, physicianId, visitTypeId } = asked;
  const facts = await readHoursFacts(db, addDays(date, -1), addDays(date, 1));
  const type = facts.visitTypes.find((one) => one.visitTypeId === visitTypeId);
  if (!type) throw notFound('visit type');
  const resources = facts.resources.filter((one) => one.active);
  if (!resources.some((one) => one.resourceId === physicianId && one.kind === 'physician'))
    throw notFound('physician');
  const hours = listHours({ ...facts, resources, from: date, to: date });
  const site = siteOf(asked, facts, hours);
  const wanted: Wanted = {
    ...{ site, physicianId, resourceIds: [], preferIds: [], needs: type.needs },
    startMs: toInstant(date, asked.time, site.timeZone),
    length: {
      visitMs: (type.minutesByPhysician[physicianId] ?? type.minutes) * minuteMs,
      beforeMs: type.bufferBeforeMinutes * minuteMs,
      afterMs: type.bufferAfterMinutes * minuteMs,
    },
  };
  const resourceIds = listCandidates(wanted, resources);
  const { busy } = await readBusy(db, { resourceIds, ...span(wanted) });
  const intervals = listKept(hours.coded, facts.slotCodes, { visitTypeId, nowMs: now.getTime() });
  const ruling = await rulingFor(db, { asked, facts, site, now });
  const kept = { intervals, codes: facts.slotCodes };
  const { obstacles } = placeVisit({ wanted, resources, ...hours, kept, ruling, busy, patientBusy: [] });
  const coded = hours.coded.find(
    (one) => one.resourceId === physicianId && one.startMs <= wanted.startMs && wanted.startMs < one.endMs,
  );
  const code = facts.slotCodes.find((one) => one.slotCodeId === coded?.slotCodeId && one.active);
  const isKept = obstacles.some((one) => one.kind === 'slot');
  return {
    obstacles: obstacles.map(({ text, permission }) => ({ text, permission })),
    because: code && !isKept ? offeredText(code, visitTypeId) : null,
    siteName: site.name,
  };
}

/** Where the physician is then; else where they are that day; else the first site. */
function siteOf({ date, time, physicianId }: TryBooking, facts: SetupFacts, hours: Hours): Site {
  const own = hours.available.filter((one) => one.resourceId === physicianId);
  const sites = facts.sites.filter((one) => one.active);
  const isThere = (site: Site) => {
    const atMs = toInstant(date, time, site.timeZone);
    return own.some((one) => one.siteId === site.id && one.startMs <= atMs && atMs < one.endMs);
  };
  const site = sites.find(isThere) ?? sites.find((one) => one.id === own[0]?.siteId) ?? sites[0];
  if (!site) throw notFound('site');
  return site;
}

type For = { asked: TryBooking; facts: SetupFacts; site: Site; now: Date };

async function rulingFor(db: Db, { asked, facts, site, now }: For) {
  const rules = rulesOfType(facts.bookingRules, asked.visitTypeId);
  const day = dayBounds(asked.date, site.timeZone);
  const ask = factsToAsk(rules, {
    patientId: null,
    physicianIds: [asked.physicianId],
    nowMs: now.getTime(),
    fromMs: day.startMs,
    toMs: day.endMs,
  });
  const { counted } = ask ? await rememberedRuled(db, ask, undefined) : { counted: [] };
  return { rules: rulesOfPatient(rules, asked.isNew), counted };
}
