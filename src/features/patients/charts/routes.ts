import { type Route, route } from '../../../platform/http/route.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

export const chartRoutes: readonly Route[] = [
  route(api.listChartMoves, 'patients.open', async (tx, { params }) => {
    tx.audit({ action: 'patient.chart-listed', subjectKind: 'patient', subjectIds: [params.id] });
    return { moves: await queries.listChartMoves(tx.db, params.id) };
  }),
  route(api.moveChart, 'patients.change', async (tx, { params, body }) => {
    await commands.moveChart(tx, params.id, body);
    return { moves: await queries.listChartMoves(tx.db, params.id) };
  }),
  route(api.readChartSettings, 'patients.open', async (tx) => ({
    settings: await queries.readChartSettings(tx.db),
  })),
  route(api.changeChartSettings, 'practice.set-up', async (tx, { body }) => {
    await commands.changeChartSettings(tx, body);
    return { settings: await queries.readChartSettings(tx.db) };
  }),
];
