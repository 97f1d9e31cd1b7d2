/** A small office on one Monday, for the tests of the slot search. */

import { findOpenings } from '../src/features/schedule/openings/rules.ts';
import type { OpeningsInput } from '../src/features/schedule/openings/wish/rules.ts';
import { toInstant } from '../src/platform/calendar/zones.ts';

export const zone = 'America/New_York';
export const main = { id: 'main', timeZone: zone, name: 'Main Street' };
export const west = { id: 'west', timeZone: 'America/Chicago', name: 'Westside' };
export const monday = '2026-11-23';
export const at = (time: string, date = monday, timeZone = zone) => toInstant(date, time, timeZone);
export const span = (from: string, to: string, date = monday) => ({
  startMs: at(from, date),
  endMs: at(to, date),
});
export const hours = (resourceId: string, from: string, to: string, date = monday) => ({
  resourceId,
  siteId: 'main',
  ...span(from, to, date),
});
export const busy = (resourceId: string, from: string, to: string, lane = 0, date = monday) => ({
  resourceId,
  lane,
  ...span(from, to, date),
});
export const physician = (id: string, name: string) => ({
  id,
  name,
  kind: 'physician' as const,
  capacity: 1,
});
export const room = (id: string, name: string, capacity = 1) => ({
  id,
  name,
  kind: 'room' as const,
  capacity,
});
export const followUp: OpeningsInput['visitType'] = {
  id: 'fu',
  name: 'Follow-up',
  minutes: 30,
  minutesByPhysician: {},
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  needs: [{ kind: 'physician', resourceIds: [], count: 1 }],
  stepMinutes: 15,
};
export const withRoom: OpeningsInput['visitType'] = {
  ...followUp,
  needs: [...followUp.needs, { kind: 'room', resourceIds: ['r1', 'r2'], count: 1 }],
};
export const base: OpeningsInput = {
  visitType: followUp,
  resources: [physician('lee', 'Dr. Lee')],
  sites: [main],
  available: [hours('lee', '09:00', '11:00')],
  absences: [],
  busy: [],
  patientBusy: [],
  wish: { from: monday, to: monday },
  limit: 50,
  nowMs: at('06:00'),
};
export const times = (more: Partial<OpeningsInput>) =>
  findOpenings({ ...base, ...more })
    .openings.map((opening) => opening.startsLocal)
    .join(' ');
export const first = (more: Partial<OpeningsInput>) => findOpenings({ ...base, ...more }).openings[0];
export const whys = (more: Partial<OpeningsInput>) =>
  findOpenings({ ...base, ...more }).blocked.map((one) => one.why);
