/** More than so many are no pinboard but a second schedule. */
export const mostPins = 50;

export type PinFacts = {
  visitId: string;
  accountId: string;
  byName: string;
  startsAt: string;
  physicianId: string;
};
type Standing = { state: string; startsAt: string; physicianId: string };

/** Whether a visit is still on the pinboard: it stands where it stood when it was pinned. */
export function isPinned(pin: Pick<PinFacts, 'startsAt' | 'physicianId'>, visit: Standing): boolean {
  return (
    visit.state === 'booked' &&
    visit.physicianId === pin.physicianId &&
    Date.parse(visit.startsAt) === Date.parse(pin.startsAt)
  );
}
