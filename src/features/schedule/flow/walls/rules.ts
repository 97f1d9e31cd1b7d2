import { timeLabel } from '../../../../platform/calendar/zones.ts';
import { flowLanes, isOverWait, minutesInState, minutesLate } from '../rules.ts';
import type { Wall, WallVisit } from '../schema.ts';

/** What a screen on the wall shows, in words. Pure. */

export type WallLine = { who: string; time: string; wait: string; where: string; isLong: boolean };
export type WallLane = { title: string; count: number; lines: WallLine[] };

const shown = [
  { state: 'booked', title: 'Next' },
  { state: 'arrived', title: 'Waiting' },
  { state: 'in_room', title: 'In room' },
  { state: 'with_physician', title: 'With physician' },
] as const;
/** What fits on a screen across the room. */
const atMost = 10;

function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}

function lineOf(visit: WallVisit, wall: Wall, nowMs: number): WallLine {
  const late = visit.state === 'booked' ? minutesLate(visit, nowMs) : 0;
  const isOver = isOverWait(visit, wall.limits, nowMs);
  const minutes = minutesInState(visit, nowMs);
  const word = isOver ? '! long' : late > 0 ? `! ${durationText(late)} late` : '';
  const room = visit.state === 'arrived' ? '' : visit.roomName;
  return {
    who: visit.initials || '–',
    time: timeLabel(Date.parse(visit.startsAt), wall.timeZone),
    wait: [minutes === null ? '' : durationText(minutes), word].filter(Boolean).join(' '),
    where: [visit.physicianName, room].filter(Boolean).join(' · '),
    isLong: isOver || late > 0,
  };
}

export function wallLanes(wall: Wall): WallLane[] {
  const nowMs = Date.parse(wall.now);
  const lanes = flowLanes(wall.visits);
  return shown.map(({ state, title }) => ({
    title,
    count: lanes[state].length,
    lines: lanes[state].slice(0, atMost).map((visit) => lineOf(visit, wall, nowMs)),
  }));
}
