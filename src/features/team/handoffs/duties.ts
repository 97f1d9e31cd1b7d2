import type { DutySource } from '../../../platform/contributions.ts';
import * as queries from './queries.ts';

const topics = ['handoffs', 'practice'];
const counted = (count: number) => (count === 1 ? '1 thing open' : `${count} things open`);
const path = (handoffId: string) => `/team/hand-offs/${handoffId}`;

/** Sent and not acknowledged: theirs whom it was sent to, late after half an hour. */
const unacknowledged: DutySource = {
  kinds: ['handoff.unacknowledged'],
  permission: 'team.hand-off',
  topics,
  list: async (db, { now }) =>
    (await queries.listUnacknowledged(db)).map((one) => ({
      kind: 'handoff.unacknowledged',
      subjectId: one.handoffId,
      dueAt: one.acknowledgeBy,
      severity: Date.parse(one.acknowledgeBy) <= now.getTime() ? 'wrong' : 'wait',
      title: `Take over from ${one.fromName}`,
      detail: `${counted(one.count)}${one.asked ? ' · your question is not answered yet' : ' · not acknowledged yet'}`,
      tag: 'hand-off',
      ...(one.toStaffId ? { ownerStaffId: one.toStaffId } : {}),
      ...(one.toRole ? { ownerRole: one.toRole } : {}),
      action: { label: 'Read', kind: 'open', href: path(one.handoffId) },
    })),
  nextChangeAt: async (db, { now }) => {
    const ahead = (await queries.listUnacknowledged(db))
      .map((one) => Date.parse(one.acknowledgeBy))
      .filter((ms) => ms > now.getTime());
    return ahead.length > 0 ? new Date(Math.min(...ahead)) : null;
  },
};

/** Somebody asked before acknowledging: the sender owes an answer, by the same time. */
const asked: DutySource = {
  kinds: ['handoff.asked'],
  permission: 'team.hand-off',
  topics,
  list: async (db) =>
    (await queries.listUnacknowledged(db))
      .filter((one) => one.asked)
      .map((one) => ({
        kind: 'handoff.asked',
        subjectId: one.handoffId,
        dueAt: one.acknowledgeBy,
        severity: 'wait',
        title: `Answer ${one.toName || `the ${one.toRole}`}`,
        detail: 'asked about your hand-off before going on',
        tag: 'question',
        ownerStaffId: one.fromStaffId,
        action: { label: 'Answer', kind: 'open', href: path(one.handoffId) },
      })),
  nextChangeAt: async () => null,
};

export const handoffDuties: readonly DutySource[] = [unacknowledged, asked];
