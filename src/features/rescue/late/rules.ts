import { intersect } from '../../../platform/calendar/intervals.ts';
import { localDay } from '../../../platform/calendar/zones.ts';
import { hoursStarts, openStarts } from '../../schedule/openings/lanes/rules.ts';
import { lengthWith } from '../../schedule/openings/search/rules.ts';
import type { Board, Place } from '../assign/board/rules.ts';
import { placeFor, type Stranded } from '../assign/candidates/rules.ts';

/** A physician is late: the visits of the session follow one another, later, as far as gaps and hours allow. Pure. */

const minuteMs = 60_000;
const stepMs = 5 * minuteMs;
/** A room that is taken may be free a little later. */
const mostStepsMore = 4;

export type Shifted = { visit: Stranded; place: Place };
export type Shift = { shifted: Shifted[]; stays: Stranded[]; left: Stranded[] };

const upToStep = (ms: number) => Math.ceil(ms / stepMs) * stepMs;

/**
 * Put each visit on the board no earlier than `readyMs`, one after the other; a gap takes up the delay, and who comes
 * after it stays. What no longer fits into the hours, a room or the patient's day is left to be placed elsewhere.
 */
export function shiftSession(visits: readonly Stranded[], readyMs: number, board: Board): Shift {
  const shift: Shift = { shifted: [], stays: [], left: [] };
  let freeMs = upToStep(readyMs);
  for (const visit of [...visits].sort((a, b) => a.startMs - b.startMs)) {
    const place = standing(visit, freeMs, board) ?? placeFrom(visit, Math.max(visit.startMs, freeMs), board);
    if (!place) {
      shift.left.push(visit);
      continue;
    }
    board.put(visit, place);
    freeMs = Math.max(freeMs, place.endMs);
    if (isSame(visit, place)) shift.stays.push(visit);
    else shift.shifted.push({ visit, place });
  }
  return shift;
}

const isSame = (visit: Stranded, place: Place) =>
  place.startMs === visit.startMs && place.taken === visit.taken;

/** Where it stands, when the physician is there by then. */
function standing(visit: Stranded, freeMs: number, board: Board): Place | null {
  const { startMs, endMs, physicianId, taken } = visit;
  const site = visit.search.input.sites.find((one) => one.id === visit.siteId);
  if (startMs < freeMs || !site || !board.isFree(taken)) return null;
  return { startMs, endMs, site, physicianId, resourceIds: taken.map((one) => one.resourceId), taken };
}

function placeFrom(visit: Stranded, fromMs: number, board: Board): Place | null {
  const { search, physicianId, siteId, timeZone } = visit;
  const lead = search.bookOf(physicianId);
  const site = search.input.sites.find((one) => one.id === siteId);
  if (!lead || !site) return null;
  const length = lengthWith(search, physicianId);
  for (let step = 0; step <= mostStepsMore; step += 1) {
    const startMs = fromMs + step * stepMs;
    const byHours = intersect(hoursStarts(lead, siteId, length), [startMs, startMs]);
    if (openStarts(lead, siteId, length, byHours).length === 0) continue;
    const at = { startMs, site, day: localDay(startMs, timeZone), leadId: physicianId };
    const place = placeFor(board, visit, at);
    if (place) return place;
  }
  return null;
}
