import { type Route, route } from '../../../../platform/http/route.ts';
import * as api from './api.ts';
import { writeLetters } from './commands.ts';

export const letterRoutes: readonly Route[] = [
  route(api.writeRecallLetters, 'follow-ups.manage', (tx, { body, session, hidden }) =>
    writeLetters(tx, body, { hidden, timeZone: session.timeZone }),
  ),
];
