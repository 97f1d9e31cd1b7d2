import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localMinutes, minutesLabel, minutesOf, timeLabel } from '../../../platform/calendar/zones.ts';
import { busyWords } from '../../schedule/calendars/rules.ts';
import type { Day, DayVisit } from '../../schedule/day/schema.ts';
import { alertTexts, bornText, filedAs, type PrintedPerson, phoneTexts } from '../people/rules.ts';

/** A physician's day as it stands on paper. Pure. */

export type DaySheet = {
  physician: string;
  date: string;
  /** `8:00 am to 12:00 pm at Elm Street`, or why nobody is there */
  hours: string;
  notes: string[];
  visitCount: number;
  /** Visits, and what else takes the physician's time. */
  rows: SheetRow[];
};
export type SheetRow = {
  time: string[];
  patient: string[];
  born: string;
  phones: string[];
  visit: string[];
  reason: string;
  alerts: string[];
};

type Input = {
  day: Day;
  people: ReadonlyMap<string, PrintedPerson>;
  /** none: everyone who works or has visits */
  physicianIds: readonly string[];
  /** Whose record who prints may not open: that there is someone is all that is said. */
  hidden: ReadonlySet<string>;
};

const isPrinted = ({ state }: DayVisit) => state !== 'cancelled' && state !== 'no_show';

/** A sheet for each physician asked; for all, of those who work that day or have visits. */
export function daySheets({ day, people, physicianIds, hidden }: Input): DaySheet[] {
  const visits = day.visits.filter(isPrinted);
  const of = (resourceId: string) => visits.filter((one) => one.resourceIds[0] === resourceId);
  const asked = day.resources.filter(
    ({ kind, resourceId, working }) =>
      kind === 'physician' &&
      (physicianIds.length > 0
        ? physicianIds.includes(resourceId)
        : working.length > 0 || of(resourceId).length > 0),
  );
  return asked.map((one) => ({
    physician: one.name,
    date: day.date,
    hours: hoursText(day, one),
    notes: [...closureTexts(day), ...day.notes.filter((note) => note.startsWith(one.name))],
    visitCount: of(one.resourceId).length,
    rows: rowsOf(day, one, of(one.resourceId), { people, hidden }),
  }));
}

type Timed = { minutes: number; row: SheetRow };

/** By the time on the wall: what a physician's day holds, patients or not. */
function rowsOf(
  day: Day,
  physician: Day['resources'][number],
  visits: readonly DayVisit[],
  { people, hidden }: Pick<Input, 'people' | 'hidden'>,
): SheetRow[] {
  const zone = (physician.working[0] && siteOf(day, physician.working[0].siteId)?.timeZone) ?? zoneOf(day);
  const rows: Timed[] = [
    ...visits.map((visit) => ({
      minutes: localMinutes(Date.parse(visit.startsAt), siteOf(day, visit.siteId)?.timeZone ?? zone),
      row: hidden.has(visit.patientId)
        ? hiddenRow(sheetRow(visit, day, undefined))
        : sheetRow(visit, day, people.get(visit.patientId)),
    })),
    ...day.blocks
      .filter((one) => one.resourceId === physician.resourceId)
      .map((one) => takenRow(minutesOf(one.startsLocal), minutesOf(one.endsLocal), `Blocked: ${one.reason}`)),
    ...(physician.busy ?? []).map((one) => {
      const [from, to] = [
        localMinutes(Date.parse(one.startsAt), zone),
        localMinutes(Date.parse(one.endsAt), zone),
      ];
      return takenRow(from, to, busyWords);
    }),
  ];
  return rows.sort((a, b) => a.minutes - b.minutes).map((one) => one.row);
}

/** As the grid shows it: when and what kind, never who. */
function hiddenRow({ time, visit }: SheetRow): SheetRow {
  return { time, visit, patient: ['Restricted record'], born: '', phones: [], reason: '', alerts: [] };
}

const zoneOf = (day: Day) => day.sites[0]?.timeZone ?? 'UTC';

function takenRow(minutes: number, until: number, what: string): Timed {
  const visit = [`until ${minutesLabel(until)}`];
  const row = { time: [minutesLabel(minutes)], patient: [what], visit };
  return { minutes, row: { ...row, born: '', phones: [], reason: '', alerts: [] } };
}

/** Whom the sheets of a day show. */
export function printedPatientIds(
  day: Day,
  physicianIds: readonly string[],
  hidden: ReadonlySet<string>,
): string[] {
  const shown = day.visits.filter(
    (one) => isPrinted(one) && (physicianIds.length === 0 || physicianIds.includes(one.resourceIds[0] ?? '')),
  );
  return [...new Set(shown.map((one) => one.patientId))].filter((id) => !hidden.has(id));
}

const siteOf = (day: Day, siteId: string) => day.sites.find((one) => one.siteId === siteId);

function hoursText(day: Day, { working, away }: Day['resources'][number]): string {
  if (working.length === 0) return away ?? 'No hours on this day';
  return working
    .map(({ siteId, startsAt, endsAt }) => {
      const site = siteOf(day, siteId);
      const label = (at: string) => timeLabel(Date.parse(at), site?.timeZone ?? 'UTC');
      const where = day.sites.length > 1 && site ? ` at ${site.name}` : '';
      return `${label(startsAt)} to ${label(endsAt)}${where}`;
    })
    .join(', ');
}

export function closureTexts(day: Day): string[] {
  return day.closures.map((one) => {
    const site = one.siteId ? siteOf(day, one.siteId) : undefined;
    return `Closed${site ? ` at ${site.name}` : ''}: ${one.name}`;
  });
}

function sheetRow(visit: DayVisit, day: Day, person: PrintedPerson | undefined): SheetRow {
  const site = siteOf(day, visit.siteId);
  const minutes = (Date.parse(visit.endsAt) - Date.parse(visit.startsAt)) / 60_000;
  const type = day.visitTypes.find((one) => one.visitTypeId === visit.visitTypeId)?.name ?? '';
  const time = timeLabel(Date.parse(visit.startsAt), site?.timeZone ?? 'UTC');
  const rooms = visit.resourceIds.slice(1).flatMap((id) => {
    const room = day.resources.find((one) => one.resourceId === id);
    return room ? [room.name] : [];
  });
  const [physicianId] = visit.resourceIds;
  const worksAt = new Set(
    day.resources.find((one) => one.resourceId === physicianId)?.working.map((one) => one.siteId),
  );
  // Of one who is at one place all day, the heading says where.
  const isPlain = worksAt.size === 1 && worksAt.has(visit.siteId);
  return {
    time: isPlain || !site ? [time] : [time, site.name],
    patient: person ? [filedAs(person), `MRN ${person.mrn}`] : [visit.patient],
    born: person ? bornText(person, day.date) : '',
    phones: (person ? phoneTexts(person) : []).slice(0, 2).concat(person?.phones.length ? [] : ['no phone']),
    visit: [type, [`${minutes} min`, ...rooms].join(', ')],
    reason: visit.reason ?? '',
    alerts: person ? alertTexts(person) : [],
  };
}

/** `Wed, Mar 4, 2026` */
export const longDate = (date: string) => dateLabel(date);

export const countText = (count: number) => (count === 1 ? '1 visit' : `${count} visits`);
