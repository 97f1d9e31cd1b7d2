import type { OpenDuties } from '../../../features/team/handoffs/routes.ts';
import type { OpenDuty } from '../../../features/team/handoffs/schema.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { Session } from '../../../platform/session/session.ts';
import type { TodayBoard } from './board.ts';
import { inOrder, type Ordering, type Standing } from './standings.ts';
import { isFor, isMine } from './today-rules.ts';

/** Of one's role, so many of the most pressing: a hand-off that lists everything is not read. */
const mostOfRole = 40;

async function ordered(board: TodayBoard, tx: Tx, session: Session): Promise<Ordering> {
  const read = await board.read(tx, session.timeZone);
  const seen = read.pieces.filter((piece) => session.permissions.has(piece.permission));
  return inOrder(session, { ...read, pieces: seen, catalog: board.catalog }, tx.now);
}

function openOf(one: Standing, session: Session): OpenDuty {
  return {
    key: one.key,
    dueAt: one.duty.dueAt,
    title: one.duty.title,
    detail: one.duty.detail,
    patientId: one.duty.patientId ?? null,
    permission: one.permission,
    personal: one.ownerStaffId === session.staffId,
  };
}

/** What Today knows of open duties, for hand-offs. */
export function openDuties(board: TodayBoard): OpenDuties {
  return {
    mine: async (tx, session) => {
      const { standings } = await ordered(board, tx, session);
      const soon = standings.filter((one) => one.section !== 'later' && isMine(one, session));
      const own = soon.filter((one) => one.ownerStaffId === session.staffId);
      const roles = soon.filter((one) => isFor('role', one, session)).slice(0, mostOfRole);
      return [...own, ...roles].slice(0, 200).map((one) => openOf(one, session));
    },
    stillOpen: async (tx, session, keys) => {
      const { standings } = await ordered(board, tx, session);
      const wanted = new Set(keys);
      return standings
        .filter((one) => wanted.has(one.key))
        .map((one) => ({
          ...openOf(one, session),
          owners: [one.ownerStaffId, one.givenToStaffId].flatMap((id) => id ?? []),
        }));
    },
    standsInFor: async (tx, session, staffId) => {
      const { team, ownerOf } = await ordered(board, tx, session);
      if (!team.away.has(staffId)) return false;
      const duty = { kind: 'handoff.unacknowledged', permission: 'team.hand-off', ownerRole: null };
      return ownerOf({ ...duty, ownerStaffId: staffId }).staffId === session.staffId;
    },
  };
}
