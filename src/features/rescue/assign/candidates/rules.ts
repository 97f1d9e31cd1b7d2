import { dateOfDay } from '../../../../platform/calendar/dates.ts';
import { instantAt, localMinutes } from '../../../../platform/calendar/zones.ts';
import { brokenRules, type Ruling } from '../../../schedule/booking-rules/rules.ts';
import type { Site } from '../../../schedule/hours/rules.ts';
import {
  commonStarts,
  gridStarts,
  leadBooks,
  lengthWith,
  type Search,
  wishedSites,
} from '../../../schedule/openings/search/rules.ts';
import { wishedDays } from '../../../schedule/openings/wish/rules.ts';
import { type Board, meets, type Place, placeAt, type Seated, type Taken } from '../board/rules.ts';

/** Where a visit that has lost its time could stand, and what each place costs. Pure; instants are epoch ms. */

const minuteMs = 60_000;
const dayMinutes = 1440;

/** Someone whose time is lost: where the visit stood, and what it may not meet. */
export type Stranded = Seated & {
  startMs: number;
  endMs: number;
  siteId: string;
  physicianId: string;
  timeZone: string;
  /** What it takes where it stands; buffers included. */
  taken: readonly Taken[];
  /** How much a minute of delay weighs: 1 as usual, more where it is urgent. */
  weight: number;
  /** Visits of the same type and length search the same openings. */
  search: Search;
  /** Other visits of this person, as pairs of instants in order. */
  patientBusy: readonly number[];
  ruling?: Ruling | undefined;
};

export type Candidate = { startMs: number; day: number; leadId: string; site: Site };

/** What another physician costs, and another site, in minutes of delay of an ordinary visit. */
export const otherPhysicianMinutes = dayMinutes;
export const otherSiteMinutes = 2 * dayMinutes;

/** Sooner than they expect: they must be reached in time, and be free. */
const soonerTimes = 3;

/** Days that are looked at beyond the one on which there were enough. */
const moreDays = 3;

/**
 * Openings of a search, the earliest first, by what stands. It stops some days after it has enough: who takes them is
 * decided later, and everyone of the type may take any.
 */
export function listCandidates(search: Search, { atLeast }: { atLeast: number }): Candidate[] {
  const { wish, nowMs, visitType } = search.input;
  const found: Candidate[] = [];
  let more = moreDays;
  for (const day of wishedDays(wish)) {
    const ofDay: Candidate[] = [];
    for (const site of wishedSites(search, wish)) {
      const endMs = instantAt(day + 1, 0, site.timeZone) - 1;
      const windows = [Math.max(nowMs, instantAt(day, 0, site.timeZone)), endMs];
      if ((windows[0] ?? 0) > endMs) continue;
      for (const lead of leadBooks(search, wish)) {
        const starts = commonStarts(search, { lead, site, day, windows });
        for (const startMs of gridStarts(starts, visitType.stepMinutes, site.timeZone))
          ofDay.push({ startMs, day, leadId: lead.resource.id, site });
      }
    }
    ofDay.sort((a, b) => a.startMs - b.startMs);
    found.push(...ofDay);
    if (found.length >= atLeast && --more < 0) break;
  }
  return found;
}

/** Minutes between where the visit stood and where it would stand, either way. */
export function delayMinutes(visit: Pick<Stranded, 'startMs'>, startMs: number): number {
  return Math.abs(startMs - visit.startMs) / minuteMs;
}

/**
 * What a place costs: the delay by its weight, and, whatever the weight, what else would be other than it was: the
 * physician, the site, the time of day. So an urgent visit rather goes to a colleague today, another waits for its own.
 */
export function costOf(visit: Stranded, at: { startMs: number; leadId: string; site: Site }): number {
  const clock = Math.abs(
    localMinutes(at.startMs, at.site.timeZone) - localMinutes(visit.startMs, visit.timeZone),
  );
  return (
    visit.weight * delayMinutes(visit, at.startMs) * (at.startMs < visit.startMs ? soonerTimes : 1) +
    clock +
    (at.leadId === visit.physicianId ? 0 : otherPhysicianMinutes) +
    (at.site.id === visit.siteId ? 0 : otherSiteMinutes)
  );
}

/** The place of a visit at a candidate, if nothing on the board nor any rule forbids it. */
export function placeFor(board: Board, visit: Stranded, at: Candidate): Place | null {
  const length = lengthWith(visit.search, at.leadId);
  const endMs = at.startMs + length.visitMs;
  if (meets(visit.patientBusy, at.startMs, endMs)) return null;
  if (board.isPatientBusy(visit.patientId, at.startMs, endMs)) return null;
  if (visit.ruling && visit.ruling.rules.length > 0) {
    const ruling = { rules: visit.ruling.rules, counted: [...visit.ruling.counted, ...board.counted()] };
    const on = { physicianId: at.leadId, day: at.day, timeZone: at.site.timeZone };
    if (brokenRules(ruling, at.startMs, on).length > 0) return null;
  }
  return placeAt(board, visit.search, { ...at, length });
}

/** "Tue, Mar 10" of a candidate. */
export const dateOf = (at: Candidate): string => dateOfDay(at.day);
