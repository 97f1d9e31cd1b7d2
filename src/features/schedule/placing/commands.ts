import { addDays, dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../../platform/calendar/zones.ts';
import { noId } from '../../../platform/db/pages.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import { listHeld } from '../holds/queries.ts';
import { heldWords } from '../holds/rules.ts';
import {
  hoursFactsOf,
  lastVersion,
  noteVersion,
  type ScheduleVisitType,
  type SetupFacts,
} from '../hours/queries.ts';
import { listHours, type Site } from '../hours/rules.ts';
import { findOpenings } from '../openings/queries.ts';
import type { Opening } from '../openings/schema.ts';
import type { VisitResource } from '../visits/schema.ts';
import { nameCalendars } from './outside/queries.ts';
import { policyOf, ruledToAsk } from './policy/queries.ts';
import { type BookedPatient, type OpenPlace, openPlace } from './queries.ts';
import { listCandidates, type Obstacle, placeVisit, span, type Wanted } from './rules.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

export type PlaceAsked = {
  patientId: string;
  visitTypeId: string;
  siteId: string;
  physicianId: string;
  resourceIds: string[];
  preferIds?: string[];
  /** These and no others, whatever the visit type needs: someone decided that already. */
  exactly?: boolean;
  /** The visit stands there already: only `resourceIds` are new to it, and alone are looked at and placed. */
  stands?: boolean;
  startsAt: string;
  minutes?: number | undefined;
  overrideReason?: string | undefined;
  /** The visit that moves does not stand in its own way. */
  ignoreVisitId?: string;
  /** A hold of this desk that becomes this visit, or this hold: it gives its time back first. */
  holdId?: string | undefined;
  /** Nobody yet: the place is held for someone on the phone. */
  holds?: boolean;
};

export type Placed = {
  patient: BookedPatient;
  type: ScheduleVisitType;
  site: Site;
  physicianName: string;
  startsAt: string;
  endsAt: string;
  minutes: number;
  resources: VisitResource[];
  overbooked: boolean;
  /** Kept only where something was overruled. */
  overrideReason: string | null;
  /** What was overruled, in the words of the refusal. */
  overruled: string[];
};

/**
 * Find the place of a visit under the locks of its patient and of every resource that it might take, in that
 * order, or refuse with what is in the way and what is free instead.
 */
export async function place(tx: Tx, asked: PlaceAsked): Promise<Placed> {
  const startMs = Date.parse(asked.startsAt);
  const { facts, wanted, type, patient, opened } = await openUnderLocks(tx, asked);
  const { busy, patientBusy } = opened;
  const locked = new Map(opened.resources.map((one) => [one.resourceId, one]));
  const { fromMs, toMs } = span(wanted);
  // As they are under the lock: a desk that waited may see a capacity that changed meanwhile
  const resources = facts.resources
    .filter((one) => locked.has(one.resourceId))
    .map((one) => ({ ...one, ...locked.get(one.resourceId) }));
  const onDate = localDate(startMs, wanted.site.timeZone);
  const hours = listHours({ ...facts, resources, from: onDate, to: onDate });
  const policy = policyOf(tx, { asked, facts, ruled: opened.ruled, coded: hours.coded });
  const placement = placeVisit({ wanted, resources, ...hours, ...policy, busy, patientBusy });
  const past = wanted.stands ? null : pastObstacle(tx.now, onDate, wanted.site);
  const found = past ? [past, ...placement.obstacles] : placement.obstacles;
  const obstacles = await nameCalendars(tx.db, { obstacles: found, wanted, facts });
  if (obstacles.length > 0) await refuseUnlessOverruled(tx, { asked, obstacles, wanted });
  const names = new Map(resources.map((one) => [one.resourceId, one]));
  return {
    patient,
    type,
    site: wanted.site,
    physicianName: names.get(wanted.physicianId)?.name ?? '',
    startsAt: new Date(startMs).toISOString(),
    endsAt: new Date(startMs + wanted.length.visitMs).toISOString(),
    minutes: wanted.length.visitMs / minuteMs,
    resources: placement.places.map(({ resourceId, lane }) => ({
      resourceId,
      kind: names.get(resourceId)?.kind ?? 'room',
      name: names.get(resourceId)?.name ?? '',
      lane,
      startsAt: new Date(fromMs).toISOString(),
      endsAt: new Date(toMs).toISOString(),
    })),
    overbooked: placement.places.some((one) => one.lane >= 100),
    overrideReason: obstacles.length > 0 ? (asked.overrideReason ?? null) : null,
    overruled: obstacles.map((one) => one.text),
  };
}

type UnderLocks = Read & { facts: SetupFacts; patient: BookedPatient; opened: OpenPlace };

/**
 * Lock what the visit needs and read what takes its time, in one statement. What is needed is told by the set-up
 * as this process saw it last; the same statement says whether it still is that one, and else this begins again.
 */
async function openUnderLocks(tx: Tx, asked: PlaceAsked): Promise<UnderLocks> {
  const date = localDate(Date.parse(asked.startsAt), 'UTC');
  const around = { from: addDays(date, -1), to: addDays(date, 1) };
  for (let version = lastVersion(tx.practiceId); ; ) {
    const facts = await hoursFactsOf(tx.db, version, around);
    const read = orRefusal(() => readWanted(facts, asked));
    const ruled = read instanceof Refusal ? null : ruledToAsk(tx, asked, { ...read.wanted, facts });
    const desk = { now: tx.now, accountId: tx.actor.accountId };
    const opened = await openPlace(tx.db, { ...asked, ...toLock(read, facts), ...desk, ruled });
    if (opened.version === version) {
      if (read instanceof Refusal) throw read;
      return { ...read, facts, patient: asked.holds ? nobody : alive(opened.patient), opened };
    }
    version = opened.version;
    noteVersion(tx.practiceId, version);
  }
}

/** Every resource that the visit might take, and the stretch around it. */
function toLock(read: Read | Refusal, facts: SetupFacts) {
  if (read instanceof Refusal) return { resourceIds: [], fromMs: 0, toMs: 0 };
  const { fromMs, toMs } = span(read.wanted);
  // Some hours more, to tell until when a run of visits lasts
  return { resourceIds: listCandidates(read.wanted, facts.resources), fromMs, toMs: toMs + 12 * hourMs };
}

/** A refusal by a set-up that may be of yesterday is kept until it is known to be today's. */
export function orRefusal<T>(read: () => T): T | Refusal {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

/** For whom a place is held before it is known. */
const nobody: BookedPatient = { patientId: noId, patientName: '', preferredName: '', deceased: false };

function alive(patient: BookedPatient | null): BookedPatient {
  if (!patient) throw notFound('patient');
  if (patient.deceased)
    throw new Refusal('conflict', 'The record says that this person has died. Correct the record first.');
  return patient;
}

type Read = { type: ScheduleVisitType; wanted: Wanted };

/** Check what the request names; what is not here, or not in use any more, is refused. */
export function readWanted(facts: SetupFacts, asked: PlaceAsked): Read {
  const type = facts.visitTypes.find((one) => one.visitTypeId === asked.visitTypeId);
  const site = facts.sites.find((one) => one.id === asked.siteId);
  const physician = facts.resources.find((one) => one.resourceId === asked.physicianId);
  if (!type) throw notFound('visit type');
  if (!site) throw notFound('site');
  if (physician?.kind !== 'physician') throw notFound('physician');
  if (!asked.stands) refuseOutOfUse(type, site, physician, asked.ignoreVisitId !== undefined);
  checkResources(facts, asked, site);
  const minutes = asked.minutes ?? type.minutesByPhysician[physician.resourceId] ?? type.minutes;
  const length = {
    visitMs: minutes * minuteMs,
    beforeMs: type.bufferBeforeMinutes * minuteMs,
    afterMs: type.bufferAfterMinutes * minuteMs,
  };
  const wanted = {
    site,
    physicianId: physician.resourceId,
    resourceIds: asked.resourceIds,
    preferIds: asked.preferIds ?? [],
    needs: asked.exactly || asked.stands ? [] : type.needs,
    stands: asked.stands ?? false,
    startMs: Date.parse(asked.startsAt),
    length,
  };
  return { type, wanted };
}

type Booked = { name: string; active: boolean };

function refuseOutOfUse(
  type: ScheduleVisitType,
  site: Booked,
  physician: Booked & { resourceId: string },
  moves: boolean,
): void {
  if (!type.active && !moves)
    throw refuseUnused(`${type.name} is not booked any more. Choose another visit type.`);
  if (!site.active) throw refuseUnused(`${site.name} is not in use any more. Choose another site.`);
  if (!physician.active) throw refuseUnused(`${physician.name} is not booked any more. Choose someone else.`);
  if (type.physicianIds.length > 0 && !type.physicianIds.includes(physician.resourceId))
    throw refuseUnused(`${physician.name} does not do ${type.name}. Choose another physician or visit type.`);
}

function refuseUnused(message: string): Refusal {
  return new Refusal('conflict', message);
}

function checkResources(facts: SetupFacts, asked: PlaceAsked, site: Site): void {
  for (const id of asked.resourceIds) {
    const resource = facts.resources.find((one) => one.resourceId === id);
    if (!resource || resource.kind === 'physician') throw notFound('room or device');
    if (!resource.active) throw refuseUnused(`${resource.name} is not in use any more. Choose another.`);
    if ((resource.siteId ?? site.id) !== site.id)
      throw refuseUnused(`${resource.name} is not at ${site.name}. Choose one that is there.`);
  }
}

function pastObstacle(now: Date, onDate: string, site: Site): Obstacle | null {
  const today = localDate(now.getTime(), site.timeZone);
  if (onDate >= today) return null;
  const text = `${dateLabel(onDate, Number(today.slice(0, 4)))} has passed.`;
  return { kind: 'past', text, permission: 'visits.correct' };
}

type InTheWay = { asked: PlaceAsked; obstacles: Obstacle[]; wanted: Wanted };

async function refuseUnlessOverruled(tx: Tx, inTheWay: InTheWay): Promise<void> {
  const { asked, obstacles } = inTheWay;
  const needed = obstacles.map((one) => one.permission);
  const lacking = needed.find((permission) => permission === null || !tx.actor.may(permission));
  if (asked.overrideReason && lacking === undefined) return;
  const openings = asked.stands ? [] : await listOffers(tx, inTheWay);
  const instead = asked.stands ? 'Choose another.' : freeText(openings, inTheWay.wanted);
  const held = await heldInstead(tx, inTheWay);
  const texts = obstacles.map((one) => (one.kind === 'clash' && held ? held : one.text));
  const message = [...new Set(texts), instead];
  const possible = !needed.includes(null);
  const overridePermission = lacking ?? needed[0] ?? undefined;
  throw new Refusal('conflict', message.filter(Boolean).join(' '), {
    offers: { openings },
    ...(possible && overridePermission ? { overridePermission } : {}),
  });
}

/** A hold of another desk is told as one, with whose it is and until when. */
async function heldInstead(tx: Tx, { obstacles, wanted }: InTheWay): Promise<string | null> {
  if (!obstacles.some((one) => one.kind === 'clash')) return null;
  const { fromMs, toMs } = span(wanted);
  const ids = new Set([wanted.physicianId, ...wanted.resourceIds]);
  const hold = (await listHeld(tx.db, tx.now)).find((one) =>
    one.taken.some((it) => ids.has(it.resourceId) && it.startMs < toMs && it.endMs > fromMs),
  );
  return hold ? heldWords(hold, tx.actor.accountId, wanted.site.timeZone) : null;
}

/** The next openings with the same physician and length, from the time wanted on. */
async function listOffers(tx: Tx, { asked, wanted }: InTheWay): Promise<Opening[]> {
  const wantedDate = localDate(wanted.startMs, wanted.site.timeZone);
  const today = localDate(tx.now.getTime(), wanted.site.timeZone);
  const from = wantedDate < today ? today : wantedDate;
  const found = await findOpenings(
    tx.db,
    {
      visitTypeId: asked.visitTypeId,
      minutes: wanted.length.visitMs / minuteMs,
      physicianIds: [wanted.physicianId],
      siteId: wanted.site.id,
      weekdays: [],
      times: [],
      from,
      to: addDays(from, 14),
      patientId: asked.patientId,
      ignoreVisitId: asked.ignoreVisitId,
      limit: 3,
    },
    { now: tx.now, notBeforeMs: wanted.startMs, nearDays: 0 },
  );
  return found.openings;
}

/** "Next free: 10:30 am, 10:45 am." where it is the same day, else "Next free: Thu, Mar 5, 9:00 am." */
function freeText(openings: Opening[], { startMs, site }: Wanted): string {
  const [first] = openings;
  if (!first) return 'Nothing is free in the next two weeks: look for another physician or site.';
  const onDay = openings.filter(
    (one) => localDate(Date.parse(one.startsAt), site.timeZone) === localDate(startMs, site.timeZone),
  );
  if (onDay.length === 0) return `Next free: ${first.label}.`;
  const labels = onDay.map((one) => timeLabel(Date.parse(one.startsAt), site.timeZone));
  // "10:30, 10:45 am": the half of the day is told where it changes
  const times = labels.map((label, i) =>
    labels[i + 1]?.slice(-2) === label.slice(-2) ? label.slice(0, -3) : label,
  );
  return `Next free: ${times.join(', ')}.`;
}
