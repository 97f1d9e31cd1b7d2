import { type DutySource, roleKeys } from '../../../platform/contributions.ts';
import * as queries from './queries.ts';
import { shortText } from './rules.ts';

/** A colleague waits for an answer to what they wrote: read it within two hours. */
const readWithinMs = 2 * 3_600_000;

const dueMs = (at: string) => Date.parse(at) + readWithinMs;

/** Somebody is named in a note and has not read it. */
const mentions: DutySource = {
  kinds: ['note.mention'],
  permission: 'notes.see',
  topics: ['notes', 'patients', 'practice'],
  list: async (db, { now }) =>
    (await queries.listUnread(db)).map((one) => {
      const path = `/api/mentions/${one.mentionId}/read`;
      const ownerRole = roleKeys.find((role) => role === one.role);
      return {
        kind: 'note.mention',
        subjectId: one.mentionId,
        dueAt: new Date(dueMs(one.at)).toISOString(),
        severity: dueMs(one.at) <= now.getTime() ? 'wait' : 'calm',
        title: `${one.byName}: “${shortText(one.text)}”`,
        detail: [
          one.patientName,
          `a note on a ${one.subjectKind} mentions ${ownerRole ? `any ${ownerRole}` : 'you'}`,
        ]
          .filter(Boolean)
          .join(' · '),
        tag: 'mention',
        ...(one.patientId ? { patientId: one.patientId } : {}),
        ...(one.staffId ? { ownerStaffId: one.staffId } : {}),
        ...(ownerRole ? { ownerRole } : {}),
        action: {
          label: 'Read',
          kind: 'call',
          method: 'POST',
          path,
          body: { version: one.version, read: true },
          undo: { path, body: { version: one.version + 1, read: false } },
        },
        others: one.patientId
          ? [{ label: 'Open the record', kind: 'open', href: `/patients/${one.patientId}` }]
          : [],
      };
    }),
  nextChangeAt: async (db, { now }) => {
    const ahead = (await queries.listUnread(db))
      .map((one) => dueMs(one.at))
      .filter((ms) => ms > now.getTime());
    return ahead.length > 0 ? new Date(Math.min(...ahead)) : null;
  },
};

export const noteDuties: readonly DutySource[] = [mentions];
