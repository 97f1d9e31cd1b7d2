import { localDate, timeLabel } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { notFound } from '../../platform/refusal.ts';
import type { Session } from '../../platform/session/session.ts';
import { longDate } from '../prints/day-sheets/rules.ts';
import { readPrintedPeople } from '../prints/people/queries.ts';
import { releaseMany } from '../schedule/holds/many/commands.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { callRow, rescueTitle } from './list/rules.ts';
import * as planning from './plan/commands.ts';
import { drawCallList } from './print.ts';
import * as queries from './queries.ts';
import type { Rescue, RescueLine } from './schema.ts';
import * as telling from './telling/commands.ts';
import * as undo from './undo/commands.ts';

const monthMs = 31 * 86_400_000;

/** A call list shows people: who looked at it is on record. */
async function readWhole(tx: Tx, rescueId: string): Promise<{ rescue: Rescue; lines: RescueLine[] }> {
  const rescue = await queries.findRescue(tx.db, rescueId);
  if (!rescue) throw notFound('rescue');
  const lines = await queries.listLines(tx.db, rescueId);
  const subjectIds = [...new Set(lines.map((one) => one.patientId))];
  tx.audit({ action: 'rescue.opened', subjectKind: 'patient', subjectIds, after: { rescueId } });
  return { rescue, lines };
}

type Desk = { session: Session; hidden: ReadonlySet<string> };

async function print(tx: Tx, rescueId: string, { session, hidden }: Desk) {
  const { rescue, lines } = await readWhole(tx, rescueId);
  const { timeZone } = session;
  const shown = lines.filter((one) => one.answer !== 'undone');
  const ids = shown.map((one) => one.patientId).filter((id) => !hidden.has(id));
  const people = await readPrintedPeople(tx.db, ids);
  const year = Number(localDate(tx.now.getTime(), timeZone).slice(0, 4));
  const byTime = [...shown].sort((a, b) => Date.parse(a.fromStartsAt) - Date.parse(b.fromStartsAt));
  const rows = byTime.map((line) =>
    callRow(line, { year, person: people.get(line.patientId), hidden: hidden.has(line.patientId) }),
  );
  tx.audit({ action: 'call-list.printed', subjectKind: 'patient', subjectIds: ids, after: { rescueId } });
  const now = tx.now.getTime();
  const when = `${longDate(localDate(now, timeZone))}, ${timeLabel(now, timeZone)}`;
  const pdf = await drawCallList({
    ...{ title: `Call list: ${rescueTitle(rescue, timeZone)}`, madeAt: tx.now, rows },
    small: `${rows.length} to tell · write beside each what they said`,
    foot: `${session.practiceName} · printed ${when} by ${session.displayName} · confidential: shred when done`,
  });
  return {
    fileName: `call-list-${localDate(Date.parse(rescue.fromAt), timeZone)}.pdf`,
    ...{ pdf: pdf.toString('base64'), leftOut: [] },
  };
}

const planningRoutes: readonly Route[] = [
  route(api.planRescue, 'rescue.run', (tx, { body }) => planning.planRescue(tx, body)),
  route(api.findAnother, 'rescue.run', (tx, { body }) => planning.findAnother(tx, body)),
  route(api.keepPlaces, 'rescue.run', async (tx) => ({ heldUntil: await planning.keepPlaces(tx) })),
  route(api.letGo, 'rescue.run', async (tx) => {
    await releaseMany(tx);
    return {};
  }),
  route(api.commitRescue, 'rescue.run', async (tx, { body }) =>
    readWhole(tx, await commands.commitRescue(tx, body)),
  ),
];

const wholeRoutes: readonly Route[] = [
  route(api.listRescues, 'rescue.run', async (tx) => ({
    rescues: await queries.listRescues(tx.db, new Date(tx.now.getTime() - monthMs)),
  })),
  route(api.readRescue, 'rescue.run', (tx, { params }) => readWhole(tx, params.id)),
  route(api.printCallList, 'rescue.run', (tx, { params, ...desk }) => print(tx, params.id, desk)),
  route(api.undoRescue, 'rescue.run', async (tx, { params, body }) => {
    await undo.undoRescue(tx, params.id, body.version);
    return readWhole(tx, params.id);
  }),
  route(api.openAgain, 'rescue.run', async (tx, { params, body }) => {
    await undo.openAgain(tx, params.id, body.version);
    return readWhole(tx, params.id);
  }),
];

const lineRoutes: readonly Route[] = [
  route(api.sayTold, 'rescue.run', async (tx, { params, body }) => ({
    line: await telling.sayTold(tx, params.id, body),
  })),
  route(api.notTold, 'rescue.run', async (tx, { params, body }) => ({
    line: await telling.notTold(tx, params.id, body.version),
  })),
  route(api.takeAnother, 'rescue.run', async (tx, { params, body }) => ({
    line: await telling.takeAnother(tx, params.id, body),
  })),
  route(api.toRebook, 'rescue.run', async (tx, { params, body }) => ({
    line: await telling.toRebook(tx, params.id, body),
  })),
  route(api.settleLine, 'rescue.run', async (tx, { params, body }) => ({
    line: await telling.settleLine(tx, params.id, body),
  })),
  route(api.undoLine, 'rescue.run', async (tx, { params, body }) => ({
    line: await telling.undoLine(tx, params.id, body.version),
  })),
];

export const rescueRoutes: readonly Route[] = [...planningRoutes, ...wholeRoutes, ...lineRoutes];
