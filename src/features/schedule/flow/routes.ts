import type { Tx } from '../../../platform/db/transaction.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { listFaces } from '../../patients/photo/queries.ts';
import { findPractice } from '../../practice/queries.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';

const madeOf = ['visits', 'patients', 'setup', 'practice'];

/** @param unnamed who is called from a waiting room by no initials */
export const flowRoutes = (unnamed: (tx: Tx) => Promise<ReadonlySet<string>>): readonly Route[] => [
  route(
    api.readWall,
    'visits.see',
    async (tx, { query }) => {
      const wall = await queries.readWall(tx.db, { ...query, now: tx.now, unnamed: await unnamed(tx) });
      const subjectIds = wall.visits.map((one) => one.visitId);
      tx.audit({ action: 'wall.opened', subjectKind: 'visit', subjectIds, after: query });
      return wall;
    },
    ({ query }) => ({ topics: [...madeOf, 'privacy'], days: [query.date] }),
  ),
  route(api.listFaces, 'patients.open', async (tx, { query, hidden }) => {
    const { timeZone } = await findPractice(tx.db);
    const people = await queries.listPeopleOf(tx.db, query.date, timeZone);
    return {
      faces: await listFaces(
        tx.db,
        people.filter((id) => !hidden.has(id)),
      ),
    };
  }),
  route(
    api.readFlowTimes,
    'visits.see',
    async (tx, { query }) => {
      const { timeZone } = await findPractice(tx.db);
      return queries.readFlowTimes(tx.db, { ...query, timeZone });
    },
    ({ query }) => ({ topics: madeOf, days: [query.date] }),
  ),
  route(api.readFlowSettings, 'visits.see', (tx) => queries.readFlowSettings(tx.db)),
  route(api.changeFlowSettings, 'schedule.set-up', (tx, { body }) => commands.changeFlowSettings(tx, body)),
  route(api.changeRoom, 'visits.arrive', async (tx, { params, body }) => ({
    visit: await commands.changeRoom(tx, params.id, body),
  })),
];
