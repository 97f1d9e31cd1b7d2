import { type Route, route } from '../../../../platform/http/route.ts';
import * as api from './api.ts';
import { drawAgain, writeLetters } from './commands.ts';
import { listRounds } from './queries.ts';

const shownMs = 60 * 86_400_000;

export const letterRoutes: readonly Route[] = [
  route(api.writeRecallLetters, 'follow-ups.manage', (tx, { body, session, hidden }) =>
    writeLetters(tx, body, { hidden, timeZone: session.timeZone }),
  ),
  route(api.listLetterRounds, 'follow-ups.manage', async (tx) => ({
    rounds: await listRounds(tx.db, new Date(tx.now.getTime() - shownMs)),
  })),
  route(api.drawLettersAgain, 'follow-ups.manage', (tx, { body, session, hidden }) =>
    drawAgain(tx, body, { hidden, timeZone: session.timeZone }),
  ),
];
