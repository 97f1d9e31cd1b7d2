import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { openVisit } from '../recording/commands.ts';
import type { AskedBy, Visit } from '../visits/schema.ts';
import { readNoticeHours } from './queries.ts';
import { type Notice, noticeOf } from './rules.ts';
import type { SayWhoAsked } from './schema.ts';

/** Who asked for a step that takes a visit from its time, and whether that was late; for the step's detail. */
export async function noticeFor(tx: Tx, visit: Visit, askedBy: AskedBy | undefined): Promise<Notice> {
  const noticeHours = askedBy === 'patient' ? await readNoticeHours(tx.db, visit.visitTypeId) : 0;
  return noticeOf({ askedBy, startsAtMs: Date.parse(visit.startsAt), atMs: tx.now.getTime(), noticeHours });
}

/** Say who asked for the move that a visit just made, or take that back. Late is what it was when it was moved. */
export async function sayWhoAsked(
  tx: Tx,
  visitId: string,
  { version, askedBy }: SayWhoAsked,
): Promise<Notice> {
  const visit = await openVisit(tx, visitId, version);
  const { step, stepNo, at, before } = visit.lastStep;
  if (step !== 'moved')
    throw new Refusal('conflict', 'This visit was not just moved. Say who asked when you move or cancel it.');
  const notice = noticeOf({
    askedBy: askedBy ?? undefined,
    startsAtMs: Date.parse(before?.startsAt ?? visit.startsAt),
    atMs: Date.parse(at),
    noticeHours: askedBy === 'patient' ? await readNoticeHours(tx.db, visit.visitTypeId) : 0,
  });
  const { rows } = await sql<{ askedBy: AskedBy | null }>`
    update visit_steps x set detail = (x.detail - 'askedBy' - 'late') || ${JSON.stringify(notice)}::jsonb
    from visit_steps o
    where x.visit_id = ${visitId} and x.step_no = ${stepNo} and o.practice_id = x.practice_id
      and o.visit_id = x.visit_id and o.step_no = x.step_no
    returning o.detail ->> 'askedBy' as asked_by`.execute(tx.db);
  tx.audit({
    action: 'visit.move-asked',
    ...{ subjectKind: 'visit', subjectIds: [visitId] },
    before: { askedBy: rows[0]?.askedBy ?? null },
    after: notice,
  });
  tx.touch('visits', localDate(Date.parse(visit.startsAt), visit.timeZone), visitId);
  return notice;
}
