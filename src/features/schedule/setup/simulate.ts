import type { z } from 'zod';
import { addDays, isoWeekday } from '../../../platform/calendar/dates.ts';
import { timeOf } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { addBookingRules } from '../booking-rules/simulate.ts';
import { addCalendars } from '../calendars/simulate.ts';
import { addSlotCodes, type SimulatedCodes } from '../slot-codes/simulate.ts';
import { addTemplates } from '../templates/simulate.ts';
import { saveView } from '../views/commands.ts';
import { Look } from '../views/schema.ts';
import { addResource, addVisitType } from './commands.ts';
import { addException, replaceWeek } from './hours/commands.ts';
import { listResources } from './queries.ts';
import type { Need, NewVisitType, TypedWeekRow } from './schema.ts';

type Clinician = { staffId: string; displayName: string; specialty: string };

export type ScheduleSetup = {
  /** Elm Street, Harbor Road */
  siteIds: readonly string[];
  physicians: readonly Clinician[];
  /** the first day of everyone's hours */
  from: string;
  today: string;
  /** hours that are opened today besides the usual ones, in minutes since midnight; null: none */
  openToday: { fromMinutes: number; toMinutes: number } | null;
};

type Rooms = { procedure: string[]; xray: string; ultrasound: string; ecg: string };

/** Rooms, devices, physicians with their hours, and visit types of the simulated group. */
export async function setUpSchedule(tx: Tx, setup: ScheduleSetup): Promise<void> {
  const rooms = await addRooms(tx, setup);
  const physicianIds: string[] = [];
  for (const one of setup.physicians) {
    const { staffId, displayName: name } = one;
    physicianIds.push(await addResource(tx, { kind: 'physician', name, staffId }));
  }
  const types = new Map<string, string>();
  for (const type of visitTypes(setup.physicians, physicianIds, rooms))
    types.set(type.code, await addVisitType(tx, type));
  const codes = await addSlotCodes(tx, types);
  await addBookingRules(tx, types);
  const versions = new Map((await listResources(tx.db)).map((one) => [one.resourceId, one.version]));
  for (const [index, physician] of setup.physicians.entries()) {
    const resourceId = physicianIds[index] ?? '';
    const rows = withCodes(weekOf(index, physician, setup.siteIds), { index, physician, codes });
    await replaceWeek(tx, resourceId, { version: versions.get(resourceId) ?? 1, from: setup.from, rows });
  }
  const idOf = (is: (one: Clinician) => boolean) =>
    physicianIds[setup.physicians.findLastIndex((one) => is(one))];
  await addTemplates(tx, {
    ...{ codes, siteIds: setup.siteIds, from: setup.from, today: setup.today },
    ...{ surgeonId: idOf(isSurgeon), winterId: idOf((one) => !isSurgeon(one)) },
  });
  await addExceptions(tx, setup, physicianIds);
  await saveViews(tx, setup);
  await addCalendars(tx, physicianIds, setup.from);
}

async function addRooms(tx: Tx, { siteIds, physicians }: ScheduleSetup): Promise<Rooms> {
  const [elm = '', harbor = elm] = siteIds;
  const room = (name: string, siteId: string) => addResource(tx, { kind: 'room', name, siteId });
  const device = (name: string, siteId: string) => addResource(tx, { kind: 'device', name, siteId });
  const rooms = Math.max(7, physicians.length);
  for (let number = 1; number <= rooms; number++) await room(`Exam ${number}`, elm);
  const elmProcedure = await room('Procedure room', elm);
  for (let number = 1; number <= Math.max(4, Math.ceil(physicians.length / 2)); number++) {
    await room(`Harbor ${number}`, harbor);
  }
  const harborProcedure = await room('Minor surgery', harbor);
  return {
    procedure: [elmProcedure, harborProcedure],
    ultrasound: await device('Ultrasound', elm),
    ecg: await device('ECG', elm),
    xray: await device('X-ray', harbor),
  };
}

const isSurgeon = (one: Clinician) => /surgery/i.test(one.specialty);
const isPediatric = (one: Clinician) => one.specialty === 'Pediatrics';

/** Who does what: no annual physicals by surgeons, well children only where children are seen. */
function visitTypes(physicians: readonly Clinician[], ids: readonly string[], rooms: Rooms): NewVisitType[] {
  const who = (does: (one: Clinician) => boolean) =>
    ids.filter((_, index) => {
      const physician = physicians[index];
      return physician !== undefined && does(physician);
    });
  const primary = who((one) => !isSurgeon(one));
  const adults = who((one) => !isSurgeon(one) && !isPediatric(one));
  const children = who((one) => one.specialty === 'Family medicine' || isPediatric(one));
  const surgeons = who(isSurgeon);
  const longer = Object.fromEntries(
    who((one) => one.specialty === 'Internal medicine').map((id) => [id, 30]),
  );
  const room: Need = { kind: 'room', resourceIds: [] };
  const device = (id: string): Need => ({ kind: 'device', resourceIds: [id] });
  const procedure: Need = { kind: 'room', resourceIds: rooms.procedure };
  return [
    {
      name: 'Follow-up',
      code: 'fu',
      minutes: 20,
      minutesByPhysician: longer,
      color: '#0e6b68',
      needs: [room],
    },
    { name: 'New patient', code: 'np', minutes: 40, color: '#2b66a3', needs: [room] },
    { name: 'Urgent', code: 'ur', minutes: 15, color: '#ad2f25', needs: [room], physicianIds: primary },
    {
      name: 'Annual physical',
      code: 'an',
      minutes: 40,
      color: '#2b7549',
      needs: [room],
      physicianIds: adults,
    },
    { name: 'Well child', code: 'wc', minutes: 30, color: '#5b6b2c', needs: [room], physicianIds: children },
    { name: 'Immunization', code: 'im', minutes: 10, color: '#5b6b2c', needs: [room], physicianIds: primary },
    { name: 'Telephone', code: 'tel', minutes: 10, color: '#636b68', needs: [] },
    {
      ...{ name: 'Procedure', code: 'px', minutes: 45, color: '#7a4a9e', needs: [procedure] },
      ...{ bufferBeforeMinutes: 5, bufferAfterMinutes: 10 },
    },
    {
      name: 'Surgical consult',
      code: 'cs',
      minutes: 30,
      color: '#4a5a8f',
      needs: [room],
      physicianIds: surgeons,
    },
    { name: 'Post-op', code: 'po', minutes: 15, color: '#a8466e', needs: [room], physicianIds: surgeons },
    {
      ...{ name: 'X-ray and visit', code: 'xr', minutes: 20, color: '#8a570a', physicianIds: surgeons },
      needs: [room, device(rooms.xray)],
    },
    {
      ...{ name: 'Ultrasound', code: 'us', minutes: 30, color: '#8a570a', physicianIds: adults },
      needs: [room, device(rooms.ultrasound)],
    },
    {
      ...{ name: 'ECG and visit', code: 'ecg', minutes: 20, color: '#8a570a', physicianIds: adults },
      needs: [room, device(rooms.ecg)],
    },
  ];
}

/** Mornings and afternoons around lunch; surgeons at Harbor Road; one day off or short; some evenings, Saturdays. */
function weekOf(index: number, physician: Clinician, siteIds: readonly string[]): TypedWeekRow[] {
  const [elm = '', harbor = elm] = siteIds;
  const home = isSurgeon(physician) ? harbor : elm;
  const early = index % 3 === 0;
  const off = [5, 3, 0, 5, 3, 2, 4, 1][index % 8];
  const rows: TypedWeekRow[] = [];
  for (let weekday = 1; weekday <= 5; weekday++) {
    const visiting = index % 8 === 6 && weekday === 2;
    const siteId = visiting ? harbor : home;
    rows.push({ weekday, siteId, startsLocal: early ? '07:30' : '08:00', endsLocal: '12:00' });
    // The day off keeps its morning: a group of eight that is never thin is not a group of eight.
    if (weekday !== off)
      rows.push({ weekday, siteId, startsLocal: '13:00', endsLocal: early ? '16:30' : '17:00' });
  }
  if (index % 8 === 7) rows.push({ weekday: 2, siteId: elm, startsLocal: '17:00', endsLocal: '19:00' });
  if (index % 8 === 7 || index % 8 === 1) {
    rows.push({ weekday: 6, siteId: elm, startsLocal: '09:00', endsLocal: '12:00' });
  }
  return rows;
}

type Kept = { weekdays: number[]; from: string; to: string; slotCodeId: string };

/** New patients mid-morning, urgent ones at the end of the day; surgeons see those after surgery early. */
function keptOf({ index, physician, codes }: ForWhom): Kept[] {
  if (isSurgeon(physician)) return [{ weekdays: [1, 3], from: '08:30', to: '09:30', slotCodeId: codes.po }];
  const newOnes = index % 2 === 0 ? [1, 2, 4] : [2, 3, 5];
  return [
    { weekdays: newOnes, from: '10:30', to: '11:30', slotCodeId: codes.np },
    { weekdays: [1, 2, 3, 4, 5], from: '15:30', to: '16:30', slotCodeId: codes.urg },
  ];
}

type ForWhom = { index: number; physician: Clinician; codes: SimulatedCodes };

/** The week with parts of it kept: each span is cut where a code begins and ends. */
function withCodes(rows: TypedWeekRow[], whom: ForWhom): TypedWeekRow[] {
  const kept = keptOf(whom);
  return rows.flatMap((row) => {
    const own = kept.filter(
      (one) => one.weekdays.includes(row.weekday) && row.startsLocal <= one.from && one.to <= row.endsLocal,
    );
    const edges = [row.startsLocal, ...own.flatMap((one) => [one.from, one.to]), row.endsLocal];
    return edges.slice(1).flatMap((endsLocal, at) => {
      const startsLocal = edges[at] ?? row.startsLocal;
      const slotCodeId = own.find((one) => one.from === startsLocal)?.slotCodeId ?? null;
      return startsLocal < endsLocal ? [{ ...row, startsLocal, endsLocal, slotCodeId }] : [];
    });
  });
}

async function addExceptions(tx: Tx, setup: ScheduleSetup, physicianIds: readonly string[]): Promise<void> {
  const { today, siteIds } = setup;
  const monday = addDays(today, 8 - isoWeekday(today));
  const away = async (index: number, from: string, to: string, note: string) => {
    const resourceId = physicianIds[index];
    if (resourceId) await addException(tx, resourceId, { kind: 'closing', from, to, note });
  };
  await away(3, addDays(monday, 7), addDays(monday, 11), 'Vacation');
  await away(5, addDays(monday, 16), addDays(monday, 18), 'Conference');
  await away(1, addDays(monday, 21), addDays(monday, 21), 'Jury duty');
  await away(0, addDays(today, -40), addDays(today, -34), 'Vacation');
  await blockTimes(tx, today, physicianIds);
  await openToday(tx, setup, physicianIds, siteIds);
}

/** What takes a physician's time besides patients, in the days that a desk looks at. */
async function blockTimes(tx: Tx, today: string, physicianIds: readonly string[]): Promise<void> {
  const block = async (
    index: number,
    from: string,
    [startsLocal, endsLocal, note]: [string, string, string],
  ) => {
    const resourceId = physicianIds[index];
    const closing = { kind: 'closing' as const, from, startsLocal, endsLocal, note };
    if (resourceId) await addException(tx, resourceId, closing);
  };
  const workdays = Array.from({ length: 10 }, (_, ahead) => addDays(today, ahead)).filter(
    (date) => isoWeekday(date) <= 5,
  );
  for (const date of workdays) await block(2, date, ['10:00', '10:30', 'Hospital rounds']);
  await block(0, today, ['11:00', '11:30', 'Meeting']);
  await block(1, addDays(today, 1), ['11:30', '12:00', 'Staff meeting']);
}

/** Views that everyone has: the second site, and the rooms of the first. */
async function saveViews(tx: Tx, { siteIds }: ScheduleSetup): Promise<void> {
  const [elm, harbor] = siteIds;
  const save = (name: string, key: number, look: z.input<typeof Look>) =>
    saveView(tx, { name, key, look: Look.parse(look), shared: true });
  await save('Rooms, Elm Street', 5, { kind: 'rooms', siteId: elm });
  await save('Harbor Road', 6, { kind: 'all', siteId: harbor });
}

/** Everyone works at these hours too. What the usual hours hold already stays as it is. */
async function openToday(
  tx: Tx,
  { openToday: open, today, physicians }: ScheduleSetup,
  physicianIds: readonly string[],
  siteIds: readonly string[],
): Promise<void> {
  if (!open) return;
  for (const [index, physician] of physicians.entries()) {
    const [elm = '', harbor = elm] = siteIds;
    await addException(tx, physicianIds[index] ?? '', {
      kind: 'opening',
      from: today,
      siteId: isSurgeon(physician) ? harbor : elm,
      startsLocal: timeOf(open.fromMinutes),
      endsLocal: timeOf(open.toMinutes),
      note: 'Extended hours',
    });
  }
}
