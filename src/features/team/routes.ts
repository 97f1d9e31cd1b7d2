import { localDate } from '../../platform/calendar/zones.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { sessionLimits } from '../../platform/session/session.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { listMembers } from './here/queries.ts';
import * as queries from './queries.ts';
import type { Absence } from './schema.ts';

const dayMs = 86_400_000;

/** Why someone is away (sick, a note) is theirs and the manager's to know. */
const withoutReason = (absence: Absence): Absence => ({ ...absence, kind: 'other', note: '' });

/** @param kinds of all duties that the office knows, for covers of only some */
export function teamRoutes(kinds: readonly string[]): readonly Route[] {
  const dutyGroups = [...new Set(kinds.map((kind) => kind.split('.')[0] ?? kind))].sort();
  return [
    route(api.readTeam, 'team.see', async (tx, { session }) => {
      const ms = tx.now.getTime();
      const absences = await queries.listAbsences(tx.db, new Date(ms - dayMs), new Date(ms + 92 * dayMs));
      const manages = tx.actor.may('team.manage');
      const me = tx.actor.staffId;
      const since = new Date(ms - sessionLimits.browser.idleMinutes * 60_000);
      return {
        now: tx.now.toISOString(),
        members: await listMembers(tx.db, { since, today: localDate(ms, session.timeZone) }),
        absences: absences.map((one) => (manages || one.staffId === me ? one : withoutReason(one))),
        dutyGroups,
      };
    }),
    route(api.addAbsence, 'team.away', async (tx, { body }) => ({
      absence: await commands.addAbsence(tx, body),
    })),
    route(api.changeAbsence, 'team.away', async (tx, { params, body }) => ({
      absence: await commands.changeAbsence(tx, params.id, body),
    })),
    route(api.removeAbsence, 'team.away', async (tx, { params, body }) => {
      await commands.removeAbsence(tx, params.id, body.version);
      return {};
    }),
    route(api.answerCover, 'team.away', async (tx, { params, body }) => ({
      absence: await commands.answerCover(tx, params.id, body),
    })),
  ];
}
