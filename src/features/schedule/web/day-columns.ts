import { formatClock, formatDay, formatDuration, localDate, localMinutes } from '../../../ui/format.ts';
import type { Tone } from '../../../ui/tag.tsx';
import type { Day, DayClosure, DayResource, DayVisit, Week, Working } from '../day/schema.ts';
import type { BoardColumn } from './board.ts';

export const views = [
  { id: 'physicians', label: 'Physicians', kinds: ['physician'] },
  { id: 'rooms', label: 'Rooms', kinds: ['room'] },
  { id: 'devices', label: 'Devices', kinds: ['device'] },
  { id: 'all', label: 'All', kinds: ['physician', 'room', 'device'] },
] as const;
export type ViewId = (typeof views)[number]['id'];

export function viewOf(id: string | undefined): (typeof views)[number] {
  return views.find((view) => view.id === id) ?? views[0];
}

type Look = { view: ViewId; siteId?: string; zone: string; nowMs: number };

/** The columns of a day as they are looked at: of one kind and site, those at work first. */
export function dayColumns(day: Day, visits: readonly DayVisit[], look: Look): BoardColumn[] {
  const kinds: readonly string[] = viewOf(look.view).kinds;
  const wanted = day.resources.filter(
    (resource) => kinds.includes(resource.kind) && isAt(resource, visits, look.siteId),
  );
  const at = (resource: DayResource) => (isIn(resource, visits) ? 0 : 1);
  const order = new Map(day.resources.map((resource, index) => [resource.resourceId, index]));
  const sorted = [...wanted].sort(
    (a, b) =>
      kinds.indexOf(a.kind) - kinds.indexOf(b.kind) ||
      at(a) - at(b) ||
      (order.get(a.resourceId) ?? 0) - (order.get(b.resourceId) ?? 0),
  );
  return sorted.map((resource) => ({
    id: resource.resourceId,
    title: resource.name,
    ...headOf(resource, day, visits, look),
    date: day.date,
    resourceId: resource.resourceId,
    kind: resource.kind,
    name: resource.name,
    ...(resource.siteId ? { siteId: resource.siteId } : {}),
    working: resource.working,
    ...(resource.busy ? { busy: resource.busy } : {}),
    coded: resource.coded,
  }));
}

function hasVisits(resource: DayResource, visits: readonly DayVisit[], siteId?: string): boolean {
  return visits.some(
    (visit) =>
      visit.state !== 'cancelled' &&
      visit.resourceIds.includes(resource.resourceId) &&
      (!siteId || visit.siteId === siteId),
  );
}

const isIn = (resource: DayResource, visits: readonly DayVisit[]) =>
  resource.working.length > 0 || hasVisits(resource, visits);

function isAt(resource: DayResource, visits: readonly DayVisit[], siteId: string | undefined): boolean {
  if (!siteId) return true;
  if (resource.siteId) return resource.siteId === siteId;
  return resource.working.some((one) => one.siteId === siteId) || hasVisits(resource, visits, siteId);
}

type Head = { subtitle: string; tone?: Tone };

/** What the head of a column says below the name: closed, away, behind, or where and until when. */
function headOf(resource: DayResource, day: Day, visits: readonly DayVisit[], look: Look): Head {
  if (resource.working.length === 0)
    return awayHead(resource.away, closureFor(day.closures, resource.siteId));
  const names = new Map(day.sites.map((site) => [site.siteId, site.name]));
  const places = [...new Set(resource.working.map((one) => names.get(one.siteId) ?? ''))].filter(Boolean);
  const where = day.sites.length > 1 || resource.kind === 'physician' ? places.join(', ') : '';
  const zone = otherZone(resource.working, day, look.zone);
  const behind = resource.kind === 'physician' ? minutesBehind(resource.resourceId, visits, look.nowMs) : 0;
  if (behind >= 10) return { subtitle: `${formatDuration(behind)} behind · ${where}`, tone: 'wait' };
  const until = untilWords(resource.working, look.zone);
  return { subtitle: [until, where, zone].filter(Boolean).join(' · ') };
}

function awayHead(away: string | undefined, closure: DayClosure | undefined): Head {
  if (closure) return { subtitle: `Closed: ${closure.name}`, tone: 'wrong' };
  return { subtitle: away ? `Away: ${away.replace(/^away:?\s*/i, '')}` : 'Not working', tone: 'wait' };
}

function closureFor(closures: readonly DayClosure[], siteId: string | undefined): DayClosure | undefined {
  return closures.find((one) => !one.siteId || one.siteId === siteId);
}

function untilWords(working: readonly Working[], zone: string): string {
  const longest = working.some((one) => Date.parse(one.endsAt) - Date.parse(one.startsAt) >= 16 * 3_600_000);
  if (longest) return '';
  const last = working.reduce((latest, one) => (one.endsAt > latest ? one.endsAt : latest), '');
  return last ? `until ${formatClock(localMinutes(last, zone)).replace(':00', '')}` : '';
}

/** Times stand in one zone; a site elsewhere says so. */
function otherZone(working: readonly Working[], day: Day, zone: string): string {
  const site = day.sites.find((one) => one.siteId === working[0]?.siteId);
  return site && site.timeZone !== zone ? 'other time zone' : '';
}

/** How late the next patient who has come will be seen. */
export function minutesBehind(physicianId: string, visits: readonly DayVisit[], nowMs: number): number {
  const waiting = visits.filter(
    (visit) =>
      (visit.state === 'arrived' || visit.state === 'in_room') &&
      visit.resourceIds[0] === physicianId &&
      nowMs - Date.parse(visit.startsAt) < 240 * 60_000,
  );
  const late = waiting.map((visit) => Math.floor((nowMs - Date.parse(visit.startsAt)) / 60_000));
  return Math.max(0, ...late);
}

/** Monday to Sunday of one physician. */
export function weekColumns(week: Week, zone: string): BoardColumn[] {
  const today = localDate(week.now, zone);
  const names = new Map(week.sites.map((site) => [site.siteId, site.name]));
  return week.days.map((day) => {
    const closure = closureFor(day.closures, undefined);
    const places = [...new Set(day.working.map((one) => names.get(one.siteId) ?? ''))].filter(Boolean);
    const head: Head =
      day.working.length === 0
        ? awayHead(day.away, closure)
        : { subtitle: [untilWords(day.working, zone), ...places].filter(Boolean).join(' · ') };
    return {
      id: day.date,
      title: day.date === today ? `${formatDay(day.date)} · today` : formatDay(day.date),
      ...head,
      date: day.date,
      resourceId: week.physicianId,
      kind: 'physician',
      name: week.physicianName,
      working: day.working,
      ...(day.busy ? { busy: day.busy } : {}),
      coded: day.coded,
    };
  });
}

/** `6 h free · 2 waiting` */
export function countWords({ openMinutes, waiting, waitingLong }: Day['counts']): string[] {
  const free = openMinutes > 0 ? `${formatDuration(Math.round(openMinutes / 15) * 15)} free` : 'nothing free';
  return [
    free,
    ...(waiting > 0 ? [`${waiting} waiting`] : []),
    ...(waitingLong > 0 ? [`! ${waitingLong} over the wait limit`] : []),
  ];
}
