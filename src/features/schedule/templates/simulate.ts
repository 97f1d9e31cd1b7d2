import { addDays, isoWeekday } from '../../../platform/calendar/dates.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { SimulatedCodes } from '../slot-codes/simulate.ts';
import { applyTemplate } from './applying/commands.ts';
import { addTemplate } from './commands.ts';
import type { NewTemplate } from './schema.ts';

type Simulated = {
  codes: SimulatedCodes;
  /** Elm Street, Harbor Road */
  siteIds: readonly string[];
  from: string;
  today: string;
  /** Works in weeks A and B. */
  surgeonId: string | undefined;
  /** Works winter hours for some weeks. */
  winterId: string | undefined;
};

/** A surgeon who operates in the hospital every other week, and winter hours that begin in some weeks. */
export async function addTemplates(tx: Tx, simulated: Simulated): Promise<void> {
  const { from, today, surgeonId, winterId } = simulated;
  const operating = await addTemplate(tx, operatingWeeks(simulated));
  const winter = await addTemplate(tx, winterWeek(simulated));
  if (surgeonId) await applyTemplate(tx, operating, { version: 1, resourceIds: [surgeonId], from, to: null });
  const monday = addDays(today, 15 - isoWeekday(today));
  const until = addDays(monday, 6 * 7 - 1);
  if (winterId)
    await applyTemplate(tx, winter, { version: 1, resourceIds: [winterId], from: monday, to: until });
}

function operatingWeeks({ codes, siteIds }: Simulated): NewTemplate {
  const siteId = siteIds[1] ?? siteIds[0] ?? '';
  const day = (week: number, weekday: number) => [
    { week, weekday, siteId, startsLocal: '08:00', endsLocal: '08:30' },
    { week, weekday, siteId, startsLocal: '08:30', endsLocal: '09:30', slotCodeId: codes.po },
    { week, weekday, siteId, startsLocal: '09:30', endsLocal: '12:00' },
    { week, weekday, siteId, startsLocal: '13:00', endsLocal: '17:00' },
  ];
  const rows = [...[1, 2, 3, 4, 5].flatMap((one) => day(1, one)), ...[1, 3, 5].flatMap((one) => day(2, one))];
  return { name: 'Surgery, weeks A and B', weeks: 2, rows };
}

function winterWeek({ codes, siteIds }: Simulated): NewTemplate {
  const siteId = siteIds[0] ?? '';
  const rows = [1, 2, 3, 4, 5].flatMap((weekday) => [
    { weekday, siteId, startsLocal: '08:00', endsLocal: '09:00', slotCodeId: codes.urg },
    { weekday, siteId, startsLocal: '09:00', endsLocal: '10:00' },
    { weekday, siteId, startsLocal: '10:00', endsLocal: '11:00', slotCodeId: codes.np },
    { weekday, siteId, startsLocal: '11:00', endsLocal: '12:00' },
    { weekday, siteId, startsLocal: '13:00', endsLocal: '15:30' },
    { weekday, siteId, startsLocal: '15:30', endsLocal: '17:00', slotCodeId: codes.urg },
  ]);
  return { name: 'Primary care, winter', rows };
}
