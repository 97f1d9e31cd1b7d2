import type { Tx } from '../../../platform/db/transaction.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { notFound } from '../../../platform/refusal.ts';
import { letGoVisit } from '../owed/commands.ts';
import { listMarks } from '../risk/queries.ts';
import * as steps from '../steps/commands.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { undoFacts, undoUntilMs, whyNotUndo } from './rules.ts';

export const visitRoutes: readonly Route[] = [
  route(api.bookVisit, 'visits.book', async (tx, { body }) => ({
    visit: await commands.bookVisit(tx, body),
  })),
  route(api.moveVisit, 'visits.move', async (tx, { params, body }) => ({
    visit: await commands.moveVisit(tx, params.id, body),
  })),
  route(api.cancelVisit, 'visits.cancel', async (tx, { params, body }) => ({
    visit: await steps.cancelVisit(tx, params.id, body),
  })),
  route(api.noShowVisit, 'visits.cancel', async (tx, { params, body }) => ({
    visit: await steps.noShowVisit(tx, params.id, body),
  })),
  route(api.leftVisit, 'visits.cancel', async (tx, { params, body }) => ({
    visit: await steps.leftVisit(tx, params.id, body),
  })),
  route(api.confirmVisit, 'visits.confirm', async (tx, { params, body }) => ({
    visit: await steps.confirmVisit(tx, params.id, body),
  })),
  route(api.arriveVisit, 'visits.arrive', async (tx, { params, body }) => ({
    visit: await steps.arriveVisit(tx, params.id, body),
  })),
  route(api.roomVisit, 'visits.arrive', async (tx, { params, body }) => ({
    visit: await steps.roomVisit(tx, params.id, body),
  })),
  route(api.withPhysicianVisit, 'visits.arrive', async (tx, { params, body }) => ({
    visit: await steps.withPhysicianVisit(tx, params.id, body),
  })),
  route(api.checkOutVisit, 'visits.arrive', async (tx, { params, body }) => ({
    visit: await steps.checkOutVisit(tx, params.id, body),
  })),
  route(api.letGoVisit, 'visits.cancel', async (tx, { params, body }) => ({
    visit: await letGoVisit(tx, params.id, body),
  })),
  // The step that is undone asks for its own permission as well
  route(api.undoVisit, 'visits.see', async (tx, { params, body }) => ({
    visit: await steps.undoVisit(tx, params.id, body),
  })),
  route(api.reinstateVisit, 'visits.cancel', async (tx, { params, body }) => ({
    visit: await steps.reinstateVisit(tx, params.id, body),
  })),
  route(api.visitInError, 'visits.correct', async (tx, { params, body }) => ({
    visit: await steps.enterVisitInError(tx, params.id, body),
  })),
  route(api.editVisit, 'visits.confirm', async (tx, { params, body }) => ({
    visit: await commands.editVisit(tx, params.id, body),
  })),
  route(api.readVisit, 'visits.see', (tx, { params }) => readVisit(tx, params.id)),
  route(api.listPatientVisits, 'visits.see', async (tx, { params, query }) => {
    const found = await queries.listPatientVisits(tx.db, {
      patientId: params.id,
      now: tx.now,
      limit: query.limit,
    });
    const shown = [...found.visits, found.next, found.last].filter((one) => one !== null);
    const subjectIds = [...new Set(shown.map((one) => one.visitId))];
    tx.audit({ action: 'visits.listed', subjectKind: 'visit', subjectIds, after: { patientId: params.id } });
    return found;
  }),
];

async function readVisit(tx: Tx, visitId: string) {
  const visit = await queries.findVisit(tx.db, visitId);
  if (!visit) throw notFound('visit');
  const steps = await queries.listSteps(tx.db, visitId);
  tx.audit({ action: 'visit.opened', subjectKind: 'visit', subjectIds: [visitId] });
  const last = steps.findLast((one) => !one.undone && one.step !== 'merged' && one.step !== 'taken_apart');
  const facts = last && undoFacts(visit, last);
  const canUndo = facts && whyNotUndo(facts, tx.now.getTime()) === null;
  const undo = canUndo ? { step: last.step, until: new Date(undoUntilMs(facts)).toISOString() } : null;
  // Who said yes is not doubted
  const isOpen =
    visit.state === 'booked' && !visit.confirmedAt && Date.parse(visit.startsAt) > tx.now.getTime();
  const mark = isOpen ? ((await listMarks(tx.db, [visit])).get(visitId) ?? null) : null;
  return { visit, steps, undo, mark };
}
