import { ageOn } from '../../../platform/calendar/dates.ts';
import { localDay } from '../../../platform/calendar/zones.ts';
import type { Random } from '../../../platform/random.ts';
import { brokenRules, rulesOfType } from '../booking-rules/rules.ts';
import type { ScheduleVisitType, SetupFacts } from '../hours/queries.ts';
import { type AvailableInterval, type CodedInterval, listHours } from '../hours/rules.ts';
import { isKeptFrom } from '../slot-codes/simulate.ts';

/** The visits of a simulated day: who comes to whom, for what, when, and where; nothing clashes. */

const minuteMs = 60_000;

export type SimulatedPatient = { patientId: string; bornOn: string };

export type PlannedVisit = {
  patientId: string;
  /** which of the people it is, by their place in the list */
  person: number;
  visitTypeId: string;
  code: string;
  siteId: string;
  physicianId: string;
  /** rooms and devices */
  resourceIds: string[];
  startMs: number;
  endMs: number;
  reason: string;
};

type Taken = { fromMs: number; toMs: number };

export type DayToPlan = {
  date: string;
  facts: SetupFacts;
  patients: readonly SimulatedPatient[];
  random: Random;
  /** how much of the time is given away, 0 to 1 */
  fill: number;
  /** no visit is longer; left out: as long as its type says */
  minutesAtMost?: number | undefined;
  /** what people booked already; left out: nothing */
  taken?: readonly { resourceId: string; startMs: number; endMs: number }[];
};

/** How often each kind of visit is asked for, where the physician does it. */
const demand: Record<string, number> = {
  ...{ fu: 36, np: 9, an: 9, wc: 12, im: 5, ur: 12, tel: 9, px: 5, po: 12, cs: 10, xr: 14, us: 3, ecg: 4 },
};

const reasons: Record<string, readonly string[]> = {
  fu: [
    'Blood pressure',
    'Diabetes check',
    'Lab results',
    'Medication review',
    'Back pain',
    'Asthma',
    'Thyroid',
    '',
  ],
  np: ['New to the practice', 'Moved here', 'Shoulder pain', 'Wants a new physician', ''],
  ur: ['Cough and fever', 'Sore throat', 'Ear pain', 'Rash', 'Burning urination', 'Twisted ankle'],
  an: ['Annual physical', 'Medicare wellness visit', 'Work physical'],
  wc: ['12 months', '2 years', 'School physical', 'Sports physical'],
  im: ['Flu shot', 'Tetanus booster', 'Travel vaccines'],
  tel: ['Lab results', 'Refill question', 'After the hospital'],
  px: ['Skin lesion', 'Joint injection', 'Wound care'],
  cs: ['Hernia', 'Gallbladder', 'Knee', 'Carpal tunnel'],
  po: ['Two weeks after surgery', 'Stitches out', 'Wound check'],
  xr: ['Wrist', 'Ankle', 'Knee', 'Hip'],
  us: ['Abdomen', 'Thyroid', 'Pelvis'],
  ecg: ['Palpitations', 'Before surgery', 'Chest tightness'],
};

type Planning = DayToPlan & {
  byPhysician: Map<string, ScheduleVisitType[]>;
  coded: CodedInterval[];
  occupied: Map<string, Taken[]>;
  seen: Set<string>;
  visits: PlannedVisit[];
};

export function planDay(day: DayToPlan): PlannedVisit[] {
  const { facts, date } = day;
  const resources = facts.resources.filter((one) => one.active);
  const { available, coded } = listHours({ ...facts, resources, from: date, to: date });
  const physicians = resources.filter((one) => one.kind === 'physician');
  const planning: Planning = {
    ...day,
    byPhysician: new Map(
      physicians.map((one) => [one.resourceId, typesOf(one.resourceId, facts.visitTypes)]),
    ),
    coded,
    occupied: new Map(),
    seen: new Set(),
    visits: [],
  };
  for (const { resourceId, startMs, endMs } of day.taken ?? []) occupy(planning, resourceId, startMs, endMs);
  for (const [index, { resourceId }] of physicians.entries()) {
    const own = available.filter((one) => one.resourceId === resourceId);
    for (const interval of own) fillInterval(planning, interval, index);
  }
  return planning.visits.sort((a, b) => a.startMs - b.startMs);
}

function occupy({ occupied }: Planning, resourceId: string, fromMs: number, toMs: number): void {
  const taken = occupied.get(resourceId);
  if (taken) taken.push({ fromMs, toMs });
  else occupied.set(resourceId, [{ fromMs, toMs }]);
}

function typesOf(physicianId: string, types: readonly ScheduleVisitType[]): ScheduleVisitType[] {
  const does = (type: ScheduleVisitType) =>
    type.physicianIds.length === 0 || type.physicianIds.includes(physicianId);
  return types.filter((type) => type.active && does(type) && (demand[type.code] ?? 0) > 0);
}

/** Visit after visit, with gaps where nobody called; starts on the quarter hours and between. */
function fillInterval(planning: Planning, interval: AvailableInterval, physicianIndex: number): void {
  const { random, fill } = planning;
  const step = 5 * minuteMs;
  let atMs = Math.ceil(interval.startMs / step) * step;
  while (atMs < interval.endMs) {
    if (!random.chance(fill)) {
      atMs += random.pick([15, 15, 20, 30]) * minuteMs;
      continue;
    }
    const visit = tryVisit(planning, interval, atMs, physicianIndex);
    atMs = visit ? visit.untilMs : atMs + 10 * minuteMs;
  }
}

function tryVisit(planning: Planning, interval: AvailableInterval, atMs: number, physicianIndex: number) {
  const { random, occupied, byPhysician } = planning;
  const types = byPhysician.get(interval.resourceId) ?? [];
  const type = pickType(
    random,
    types.filter((one) => isAllowed(planning, interval, one, atMs)),
  );
  if (!type) return null;
  const { startMs, endMs } = timeOf(planning, interval.resourceId, type, atMs);
  const untilMs = endMs + type.bufferAfterMinutes * minuteMs;
  const isFree = (id: string) => !occupied.get(id)?.some((one) => one.fromMs < untilMs && one.toMs > atMs);
  if (untilMs > interval.endMs || !isFree(interval.resourceId)) return null;
  const resourceIds = pickResources(planning, type, interval.siteId, isFree);
  const patient = resourceIds && pickPatient(planning, type, physicianIndex);
  if (!resourceIds || !patient) return null;
  for (const id of [interval.resourceId, ...resourceIds]) occupy(planning, id, atMs, untilMs);
  const { visitTypeId, code } = type;
  const { siteId, resourceId: physicianId } = interval;
  const reason = random.pick(reasons[code] ?? ['']);
  planning.visits.push({
    ...patient,
    visitTypeId,
    code,
    siteId,
    physicianId,
    resourceIds,
    startMs,
    endMs,
    reason,
  });
  return { untilMs };
}

/** When a visit of a type takes place whose time to prepare begins at `atMs`. */
function timeOf(
  { minutesAtMost }: Planning,
  physicianId: string,
  type: ScheduleVisitType,
  atMs: number,
): { startMs: number; endMs: number } {
  const usual = type.minutesByPhysician[physicianId] ?? type.minutes;
  const startMs = atMs + type.bufferBeforeMinutes * minuteMs;
  return { startMs, endMs: startMs + Math.min(usual, minutesAtMost ?? usual) * minuteMs };
}

/** Slot codes and rules of booking are kept. What people booked tells no type: limits then count as reached. */
function isAllowed(
  planning: Planning,
  { resourceId, siteId }: AvailableInterval,
  type: ScheduleVisitType,
  atMs: number,
): boolean {
  const { facts, coded, visits } = planning;
  const time = timeOf(planning, resourceId, type, atMs);
  if (isKeptFrom(type, { resourceId, ...time }, { coded, codes: facts.slotCodes })) return false;
  const rules = rulesOfType(facts.bookingRules, type.visitTypeId);
  if (rules.length === 0) return true;
  if (planning.taken && rules.some((rule) => rule.limitCount !== null)) return false;
  const timeZone = facts.sites.find((site) => site.id === siteId)?.timeZone ?? 'UTC';
  const on = { physicianId: resourceId, day: localDay(time.startMs, timeZone), timeZone };
  const counted = visits.map((one) => ({ ...one, isNew: false }));
  return brokenRules({ rules, counted }, time.startMs, on).length === 0;
}

function pickType(random: Random, types: readonly ScheduleVisitType[]): ScheduleVisitType | undefined {
  let left = random.below(types.reduce((sum, type) => sum + (demand[type.code] ?? 0), 0) || 1);
  return types.find((type) => {
    left -= demand[type.code] ?? 0;
    return left < 0;
  });
}

/** One free room or device of the site for each need, or null. */
function pickResources(
  { facts }: Planning,
  type: ScheduleVisitType,
  siteId: string,
  isFree: (id: string) => boolean,
): string[] | null {
  const picked: string[] = [];
  for (const need of type.needs) {
    const fits = facts.resources.find(
      (one) =>
        one.active &&
        one.kind === need.kind &&
        one.siteId === siteId &&
        (need.resourceIds.length === 0 || need.resourceIds.includes(one.resourceId)) &&
        !picked.includes(one.resourceId) &&
        isFree(one.resourceId),
    );
    if (!fits) return null;
    picked.push(fits.resourceId);
  }
  return picked;
}

/** An eighth of the people, and at least so many, come often. */
const fewestRegulars = 500;

/** Someone of the age for it, mostly a patient of this physician, once a day at most. */
function pickPatient(
  planning: Planning,
  type: ScheduleVisitType,
  physicianIndex: number,
): Pick<PlannedVisit, 'patientId' | 'person'> | null {
  const { random, patients, seen, date } = planning;
  const panels = Math.max(1, planning.byPhysician.size);
  const regulars = Math.min(patients.length, Math.max(fewestRegulars, Math.ceil(patients.length / 8)));
  const isForChildren = type.code === 'wc';
  for (let tries = 0; tries < 60; tries++) {
    const any = random.below(random.chance(0.45) ? regulars : patients.length);
    const own = any - (any % panels) + physicianIndex;
    const person = random.chance(0.75) ? own : any;
    const patient = patients[person];
    if (!patient || seen.has(patient.patientId)) continue;
    const age = ageOn(patient.bornOn, date);
    if (age < 0 || (isForChildren ? age >= 18 : age < 18 && !takesChildren(planning, physicianIndex)))
      continue;
    seen.add(patient.patientId);
    return { patientId: patient.patientId, person };
  }
  return null;
}

function takesChildren({ byPhysician }: Planning, physicianIndex: number): boolean {
  return [...byPhysician.values()][physicianIndex]?.some((type) => type.code === 'wc') ?? false;
}
