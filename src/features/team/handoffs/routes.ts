import { dayBounds, localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { notFound, Refusal } from '../../../platform/refusal.ts';
import type { Session } from '../../../platform/session/session.ts';
import { listNotedBy } from '../notes/queries.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import * as queries from './queries.ts';
import { mayAcknowledge, maySee } from './rules.ts';
import type { HandoffHead, OpenDuty } from './schema.ts';

const monthMs = 31 * 86_400_000;

/** What is open now, of everything that this person may see; app/pages/today knows. */
export type OpenDuties = {
  /** Mine until tomorrow night, the most pressing first. */
  mine(tx: Tx, session: Session): Promise<OpenDuty[]>;
  /** Those of these keys that are still open, and whose each is. */
  stillOpen(tx: Tx, session: Session, keys: readonly string[]): Promise<(OpenDuty & { owners: string[] })[]>;
  /** Whether they cover for a colleague now. */
  standsInFor(tx: Tx, session: Session, staffId: string): Promise<boolean>;
};

const meOf = (session: Session) => ({
  staffId: session.staffId,
  roles: session.roles,
  manages: session.permissions.has('team.manage'),
});

const canTake = async (open: OpenDuties, tx: Tx, session: Session, one: HandoffHead) => {
  const standsIn = one.toStaffId ? await open.standsInFor(tx, session, one.toStaffId) : false;
  return mayAcknowledge(one, meOf(session), standsIn);
};

async function findSeen(open: OpenDuties, tx: Tx, session: Session, handoffId: string) {
  const found = await queries.findHandoff(tx.db, handoffId);
  if (!found) throw notFound('hand-off');
  const may = await canTake(open, tx, session, found);
  if (!may && !maySee(found, meOf(session))) throw notFound('hand-off');
  return { found, may };
}

async function readWhole(open: OpenDuties, tx: Tx, session: Session, handoffId: string) {
  const { found, may } = await findSeen(open, tx, session, handoffId);
  const items = await queries.listItems(tx.db, handoffId);
  const words = await queries.listWords(tx.db, handoffId);
  const still = await open.stillOpen(
    tx,
    session,
    items.map((item) => item.key),
  );
  const isOpen = new Set(still.map((duty) => duty.key));
  const shown = items.map(({ permission, ...item }) =>
    session.permissions.has(permission)
      ? { ...item, open: isOpen.has(item.key) }
      : { ...item, title: '', detail: '', note: '', patientId: null, open: false },
  );
  const people = [...new Set(shown.flatMap((item) => (item.patientId ? [item.patientId] : [])))];
  if (people.length > 0) tx.audit({ action: 'handoff.opened', subjectKind: 'patient', subjectIds: people });
  return {
    ...found,
    items: shown,
    words,
    mayAcknowledge: may && !found.acknowledgedAt,
    mayAnswer: found.asked && !found.acknowledgedAt && found.fromStaffId === session.staffId,
  };
}

export function handoffRoutes(open: OpenDuties): readonly Route[] {
  const takeable = async (tx: Tx, session: Session, handoffId: string) => {
    const { found, may } = await findSeen(open, tx, session, handoffId);
    if (!may)
      throw new Refusal('not-permitted', 'Whom it was sent to acknowledges it, or a manager for them.');
    return found;
  };
  return [
    route(api.draftHandoff, 'team.hand-off', async (tx, { session }) => {
      const items = await open.mine(tx, session);
      const { startMs } = dayBounds(localDate(tx.now.getTime(), session.timeZone), session.timeZone);
      const noted = session.permissions.has('patients.open')
        ? await listNotedBy(tx.db, session.staffId, new Date(startMs))
        : [];
      const people = new Set([...items, ...noted].flatMap((item) => item.patientId ?? []));
      if (people.size > 0)
        tx.audit({ action: 'duties.listed', subjectKind: 'patient', subjectIds: [...people] });
      return { items, notes: noted };
    }),
    route(api.sendHandoff, 'team.hand-off', async (tx, { body, session }) => {
      const keys = body.items.map((item) => item.key);
      const still = await open.stillOpen(tx, session, keys);
      return { handoff: await commands.sendHandoff(tx, body, still) };
    }),
    route(api.listHandoffs, 'team.see', async (tx, { session }) => ({
      handoffs: await queries.listHandoffs(tx.db, new Date(tx.now.getTime() - monthMs), meOf(session)),
    })),
    route(api.openHandoff, 'team.see', async (tx, { params, session }) => ({
      handoff: await readWhole(open, tx, session, params.id),
    })),
    route(api.acknowledgeHandoff, 'team.hand-off', async (tx, { params, body, session }) => {
      const found = await takeable(tx, session, params.id);
      const items = await queries.listItems(tx.db, params.id);
      const still = await open.stillOpen(
        tx,
        session,
        items.map((item) => item.key),
      );
      const theirs = still.filter((duty) => duty.owners.includes(found.fromStaffId)).map((duty) => duty.key);
      const { version } = body;
      return { handoff: await commands.acknowledgeHandoff(tx, params.id, { version, theirs }) };
    }),
    route(api.askAboutHandoff, 'team.hand-off', async (tx, { params, body, session }) => {
      await takeable(tx, session, params.id);
      return { handoff: await commands.sayAboutHandoff(tx, params.id, { ...body, kind: 'question' }) };
    }),
    route(api.answerHandoff, 'team.hand-off', async (tx, { params, body, session }) => {
      const { found } = await findSeen(open, tx, session, params.id);
      if (found.fromStaffId !== session.staffId)
        throw new Refusal('not-permitted', 'Who sent it answers the question.');
      return { handoff: await commands.sayAboutHandoff(tx, params.id, { ...body, kind: 'answer' }) };
    }),
    route(api.withdrawHandoff, 'team.hand-off', async (tx, { params, body }) => {
      await commands.withdrawHandoff(tx, params.id, body.version);
      return {};
    }),
  ];
}
