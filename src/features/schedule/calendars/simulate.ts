import type { Tx } from '../../../platform/db/transaction.ts';
import { makeFeed } from '../feeds/commands.ts';
import { addCalendar } from './commands.ts';

const line = (text: string) => `${text}\r\n`;

/** A calendar as a hospital would hand it out: its own zone by the name of Windows, weekdays over noon. */
function hospitalFile(from: string): string {
  const day = from.replaceAll('-', '');
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Mercy Hospital//Rounds//EN',
    'BEGIN:VEVENT',
    'UID:rounds@mercy.example',
    `DTSTAMP:${day}T120000Z`,
    'SUMMARY:Rounds',
    `DTSTART;TZID=Eastern Standard Time:${day}T121500`,
    `DTEND;TZID=Eastern Standard Time:${day}T124500`,
    'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map(line)
    .join('');
}

/**
 * One physician makes rounds at a hospital and reads the office's visits in a calendar of their own. The rounds lie
 * over noon, outside the hours: what a day holds does not depend on how far ahead the calendar is known.
 */
export async function addCalendars(tx: Tx, physicianIds: readonly string[], from: string): Promise<void> {
  const [physicianId] = physicianIds;
  if (!physicianId) return;
  await addCalendar(tx, { physicianId, name: 'Mercy Hospital', address: '', file: hospitalFile(from) });
  await makeFeed(tx, physicianId);
}
