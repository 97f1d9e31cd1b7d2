import { z } from 'zod';
import { addDays } from '../../../platform/calendar/dates.ts';
import { localDate, localTime, toInstant } from '../../../platform/calendar/zones.ts';
import { type Absence, absenceKinds } from '../schema.ts';

const DateText = z.string().regex(/^\d{4}-\d\d-\d\d$/, 'Type a day, e.g. 3/14, tomorrow, +3d.');
const TimeText = z.string().regex(/^\d\d:\d\d$/, 'Type a time, e.g. 2p.');

/** An absence as its form holds it: whole days, or hours of one or more. */
export const AbsenceValues = z
  .object({
    staffId: z.string().min(1, 'Choose who.'),
    kind: z.enum(absenceKinds),
    fromOn: DateText,
    toOn: DateText,
    hours: z.boolean(),
    fromTime: TimeText,
    toTime: TimeText,
    covers: z.array(z.object({ staffId: z.string(), duties: z.string() })),
    closeHours: z.boolean(),
    note: z.string().trim().max(300, 'Keep it under 300 letters.'),
  })
  .refine((one) => one.toOn >= one.fromOn, { message: 'Choose the same day or a later one.', path: ['toOn'] })
  .refine((one) => !one.hours || `${one.toOn} ${one.toTime}` > `${one.fromOn} ${one.fromTime}`, {
    message: 'Choose a later time.',
    path: ['toTime'],
  });
export type AbsenceValues = z.output<typeof AbsenceValues>;

/** In the form, where a select has no empty value: the duties of a cover are everything. */
export const everything = 'everything';

export function absenceOf(values: AbsenceValues, timeZone: string) {
  const instant = (date: string, time: string) => new Date(toInstant(date, time, timeZone)).toISOString();
  return {
    kind: values.kind,
    startsAt: instant(values.fromOn, values.hours ? values.fromTime : '00:00'),
    endsAt: values.hours ? instant(values.toOn, values.toTime) : instant(addDays(values.toOn, 1), '00:00'),
    note: values.note,
    closeHours: values.closeHours,
    covers: values.covers
      .filter((cover) => cover.staffId !== '')
      .map(({ staffId, duties }) => ({ staffId, duties: duties === everything ? '' : duties })),
  };
}

type Fresh = { staffId: string; today: string; timeZone: string };

export function valuesOf(absence: Absence | null, { staffId, today, timeZone }: Fresh): AbsenceValues {
  if (!absence) {
    return {
      ...{ staffId, kind: 'vacation', fromOn: today, toOn: today, note: '' },
      ...{ hours: false, fromTime: '08:00', toTime: '17:00', closeHours: true },
      covers: [{ staffId: '', duties: everything }],
    };
  }
  const [from, to] = [Date.parse(absence.startsAt), Date.parse(absence.endsAt)];
  const hours = localTime(from, timeZone) !== '00:00' || localTime(to, timeZone) !== '00:00';
  const covers = absence.covers
    .filter((cover) => cover.state !== 'declined')
    .map((cover) => ({ staffId: cover.staffId, duties: cover.duties || everything }));
  return {
    staffId: absence.staffId,
    kind: absence.kind,
    fromOn: localDate(from, timeZone),
    toOn: localDate(hours ? to : to - 1, timeZone),
    hours,
    fromTime: hours ? localTime(from, timeZone) : '08:00',
    toTime: hours ? localTime(to, timeZone) : '17:00',
    covers: covers.length > 0 ? covers : [{ staffId: '', duties: everything }],
    closeHours: absence.closesHours,
    note: absence.note,
  };
}
