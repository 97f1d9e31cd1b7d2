import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../../platform/calendar/zones.ts';
import type { DutySource } from '../../../platform/contributions.ts';
import { listOwedSeries, type OwedSeries } from './queries.ts';

function when(atIso: string, timeZone: string): string {
  const atMs = Date.parse(atIso);
  const date = localDate(atMs, timeZone);
  return `${dateLabel(date, Number(date.slice(0, 4)))}, ${timeLabel(atMs, timeZone)}`;
}

function detailOf(one: OwedSeries): string {
  const next = `next wanted ${when(one.firstOwedAt, one.timeZone)} with ${one.physicianName}`;
  return `${one.visitTypeName}: ${one.booked} of ${one.planned} booked · ${next}`;
}

/** A series that could not be booked whole: owed by the time of its first visit that has no place. */
export const seriesDuty: DutySource = {
  kinds: ['series.incomplete'],
  permission: 'visits.see',
  topics: ['series', 'visits', 'patients', 'setup'],
  list: async (db) =>
    (await listOwedSeries(db)).map((one) => ({
      kind: 'series.incomplete',
      subjectId: one.seriesId,
      patientId: one.patientId,
      dueAt: one.firstOwedAt,
      severity: 'wait',
      title: `Complete the series: ${one.patientName}`,
      detail: detailOf(one),
      tag: 'series',
      action: { label: 'Open the series', kind: 'open', href: `/schedule/series?id=${one.seriesId}` },
    })),
  nextChangeAt: async () => null,
};
