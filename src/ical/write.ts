import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';

/** A calendar as others subscribe to it (RFC 5545). Instants are written in UTC, so that no zone can be misread. */

export type WrittenEvent = {
  /** The same for ever, also when it moves. */
  uid: string;
  /** Grows with every change. */
  sequence: number;
  startsAt: Date;
  endsAt: Date;
  /** When it was changed last. */
  changedAt: Date;
  summary: string;
  location: string;
};

export type WrittenCalendar = {
  name: string;
  /** Where a reader shows it, e.g. America/New_York; the events do not depend on it. */
  timeZone: string;
  /** How often a reader should ask again. */
  everyMinutes: number;
  events: readonly WrittenEvent[];
};

/** The same events give the same bytes: what has not changed need not be sent again. */
export function writeCalendar({ name, timeZone, everyMinutes, events }: WrittenCalendar): string {
  const calendar = ical({
    name,
    prodId: { company: 'Frontdesk', product: 'Frontdesk', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: everyMinutes * 60,
    // Only X-WR-TIMEZONE: the events themselves stay in UTC.
    x: [{ key: 'X-WR-TIMEZONE', value: timeZone }],
  });
  for (const { uid, sequence, startsAt, endsAt, changedAt, summary, location } of events) {
    calendar.createEvent({
      id: uid,
      sequence,
      start: startsAt,
      end: endsAt,
      stamp: changedAt,
      lastModified: changedAt,
      summary,
      ...(location ? { location } : {}),
      status: ICalEventStatus.CONFIRMED,
      transparency: ICalEventTransparency.OPAQUE,
    });
  }
  return calendar.toString();
}
