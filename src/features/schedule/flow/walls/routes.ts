import { localDate } from '../../../../platform/calendar/zones.ts';
import type { Tx } from '../../../../platform/db/transaction.ts';
import { type Route, route } from '../../../../platform/http/route.ts';
import type { TokenFeed } from '../../../../platform/http/token-feed.ts';
import { findPractice } from '../../../practice/queries.ts';
import { readWall } from '../queries.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { drawWall, wallScript, wallScriptPath } from './print.ts';
import * as queries from './queries.ts';

export const wallRoutes: readonly Route[] = [
  route(api.listWalls, 'schedule.set-up', async (tx) => ({ walls: await queries.listWalls(tx.db) })),
  route(api.makeWall, 'schedule.set-up', (tx, { body }) => commands.makeWall(tx, body)),
  route(api.revokeWall, 'schedule.set-up', async (tx, { params }) => {
    await commands.revokeWall(tx, params.wallId);
    return {};
  }),
];

/** What a screen reads at its secret address. @param unnamed who has no initials there */
export const wallFeed = (unnamed: (tx: Tx) => Promise<ReadonlySet<string>>): TokenFeed => ({
  endpoint: api.readWallPage,
  what: 'wall',
  asksOften: true,
  mediaType: 'text/html; charset=utf-8',
  script: { path: wallScriptPath, text: wallScript },
  find: queries.findWallDoor,
  noteRead: commands.noteWallRead,
  read: async (tx, wallId) => {
    const found = await queries.findWall(tx.db, wallId);
    if (!found) return undefined;
    const { timeZone } = await findPractice(tx.db);
    const date = localDate(tx.now.getTime(), timeZone);
    const ofSite = found.siteId ? { siteId: found.siteId } : {};
    const wall = await readWall(tx.db, { date, ...ofSite, now: tx.now, unnamed: await unnamed(tx) });
    const text = drawWall(wall, found.name);
    return { text, visitIds: [], count: wall.visits.length, readAt: found.readAt };
  },
});
