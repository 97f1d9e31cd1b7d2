import { localDate, timeLabel } from '../../../../platform/calendar/zones.ts';
import type { Db } from '../../../../platform/db/database.ts';
import { type BusyOutside, listBusyOutside } from '../../calendars/queries.ts';
import { pairsWithin } from '../../calendars/rules.ts';
import type { HoursFacts } from '../../hours/queries.ts';
import { listHours } from '../../hours/rules.ts';
import type { Obstacle, Wanted } from '../rules.ts';

type InTheWay = { obstacles: Obstacle[]; wanted: Wanted; facts: HoursFacts };

/** Hours that only an external calendar takes are told by its name: who asks may then look there. */
export async function nameCalendars(db: Db, { obstacles, wanted, facts }: InTheWay): Promise<Obstacle[]> {
  const { physicianId, startMs, length, site } = wanted;
  const endMs = startMs + length.visitMs;
  const isTaken = pairsWithin(facts.externalBusy[physicianId] ?? [], startMs, endMs).length > 0;
  const ofPhysician = obstacles.find((one) => one.kind === 'hours' && one.resourceId === physicianId);
  if (!isTaken || !ofPhysician || !wouldWork(facts, wanted, endMs)) return obstacles;
  const busy = await listBusyOutside(db, { physicianId, from: new Date(startMs), to: new Date(endMs) });
  const name = facts.resources.find((one) => one.resourceId === physicianId)?.name ?? '';
  const text = busyText(name, busy, site.timeZone);
  return obstacles.map((one) => (one === ofPhysician && text ? { ...one, text } : one));
}

function wouldWork(facts: HoursFacts, { physicianId, startMs, site }: Wanted, endMs: number): boolean {
  const date = localDate(startMs, site.timeZone);
  const resources = facts.resources.filter((one) => one.resourceId === physicianId);
  const { available } = listHours({ ...facts, resources, externalBusy: {}, from: date, to: date });
  return available.some((one) => one.siteId === site.id && one.startMs <= startMs && endMs <= one.endMs);
}

/** "Dr. Lee is busy by the external calendar “Hospital” from 9:00 am to 11:00 am." */
function busyText(name: string, busy: readonly BusyOutside[], timeZone: string): string | null {
  const clock = (at: string) => timeLabel(Date.parse(at), timeZone);
  const told = busy.map((one) => `“${one.name}” from ${clock(one.startsAt)} to ${clock(one.endsAt)}`);
  return told.length === 0 ? null : `${name} is busy by the external calendar ${told.join(' and ')}.`;
}
