import { groupBy } from '../../../../platform/calendar/group-by.ts';
import { type HoursInput, listHours } from '../../hours/rules.ts';
import { keptText, listKept, type SlotCode } from '../../slot-codes/rules.ts';
import type { OutsideVisit } from '../schema.ts';

/** A booked visit with what it occupies. */
export type PlacedVisit = {
  visitId: string;
  visitTypeId: string;
  siteId: string;
  physicianId: string;
  startsAt: string;
  endsAt: string;
  resourceIds: string[];
};

type Used = HoursInput['resources'][number] & { active: boolean };
type OutsideInput = Omit<HoursInput, 'resources'> & {
  resources: Used[];
  slotCodes: readonly SlotCode[];
  nowMs: number;
};
type Placing = { dateAt: (visit: PlacedVisit) => string; zoneOf: (visit: PlacedVisit) => string };

/** Which visits no longer lie within the hours of all that they occupy, or stand in time kept for others, and why. */
export function findOutside(
  visits: readonly PlacedVisit[],
  input: OutsideInput,
  { dateAt, zoneOf }: Placing,
): OutsideVisit[] {
  const used = new Set(visits.flatMap((visit) => visit.resourceIds));
  const resources = input.resources.filter((one) => used.has(one.resourceId));
  const { available, coded, absences } = listHours({ ...input, resources });
  const open = groupBy(available, (one) => one.resourceId);
  const why = new Map(absences.map((one) => [`${one.resourceId} ${one.onDate}`, one.text]));
  const byId = new Map(resources.map((one) => [one.resourceId, one]));
  const keptOf = keptByType(input, coded);

  const becauseOf = (visit: PlacedVisit, resourceId: string): string | null => {
    const resource = byId.get(resourceId);
    if (!resource) return null;
    if (!resource.active) return `${resource.name} is out of use`;
    const [startMs, endMs] = [Date.parse(visit.startsAt), Date.parse(visit.endsAt)];
    const fits = open
      .get(resourceId)
      ?.some((one) => one.siteId === visit.siteId && one.startMs <= startMs && endMs <= one.endMs);
    if (!fits)
      return why.get(`${resourceId} ${dateAt(visit)}`) ?? `${resource.name} is not there at that time`;
    const kept = keptOf(visit.visitTypeId)
      .get(resourceId)
      ?.find((one) => one.startMs < endMs && one.endMs > startMs && startMs > one.releasedToMs);
    const code = input.slotCodes.find((one) => one.slotCodeId === kept?.slotCodeId);
    if (!kept || !code) return null;
    return keptText({ ...kept, name: resource.name, code, timeZone: zoneOf(visit) }).replace(/\.$/, '');
  };
  return visits.flatMap((visit) => {
    const because = visit.resourceIds.map((id) => becauseOf(visit, id)).find((text) => text !== null);
    const { visitId, startsAt, siteId, physicianId } = visit;
    return because ? [{ visitId, startsAt, siteId, physicianId, because }] : [];
  });
}

/** Time kept from visits of a type, by resource; worked out once for each type. */
function keptByType({ slotCodes, nowMs }: OutsideInput, coded: ReturnType<typeof listHours>['coded']) {
  const known = new Map<string, Map<string, ReturnType<typeof listKept>>>();
  return (visitTypeId: string) => {
    const found =
      known.get(visitTypeId) ??
      groupBy(listKept(coded, slotCodes, { visitTypeId, nowMs }), (one) => one.resourceId);
    known.set(visitTypeId, found);
    return found;
  };
}
