import { addDays } from '../../../platform/calendar/dates.ts';
import { dayBounds, localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { findPractice } from '../../practice/queries.ts';
import { listInState } from '../owed/queries.ts';
import * as api from './api.ts';
import { listMarks, listTypeNames, rememberedRisk } from './queries.ts';
import { reportOf } from './rules.ts';
import type { MarkedVisit } from './schema.ts';

const daysAhead = 7;

export const riskRoutes: readonly Route[] = [
  route(api.readRisk, 'visits.see', async (tx) =>
    reportOf(await rememberedRisk(tx.db), await listTypeNames(tx.db)),
  ),
  route(api.listMarked, 'visits.see', async (tx) => {
    const { rows, looked } = await listMarked(tx);
    const subjectIds = rows.map((one) => one.visitId);
    tx.audit({ action: 'visits.marked-listed', subjectKind: 'visit', subjectIds });
    return { rows, looked };
  }),
];

async function listMarked(tx: Tx): Promise<{ rows: MarkedVisit[]; looked: number }> {
  const { timeZone } = await findPractice(tx.db);
  const last = addDays(localDate(tx.now.getTime(), timeZone), daysAhead);
  const stretch = {
    states: ['booked'] as const,
    from: tx.now,
    to: new Date(dayBounds(last, timeZone).endMs),
  };
  const visits = await listInState(tx.db, stretch, 'unconfirmed');
  const marks = await listMarks(tx.db, visits);
  const rows = visits.flatMap((visit) => {
    const mark = marks.get(visit.visitId);
    if (!mark) return [];
    const { visitId, patientId, patientName, startsAt, visitTypeName, physicianName } = visit;
    const shown = { visitId, patientId, patientName, startsAt, visitTypeName, physicianName };
    return [{ ...shown, timeZone: visit.timeZone, ...mark }];
  });
  return { rows, looked: visits.length };
}
