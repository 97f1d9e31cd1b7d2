import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/transaction.ts';
import { touchVersion } from '../../../platform/db/versions.ts';
import { notFound, Refusal, stale } from '../../../platform/refusal.ts';
import { place } from '../placing/commands.ts';
import { imageOf, openVisit, recordStep } from '../recording/commands.ts';
import type { Visit } from '../visits/schema.ts';
import { readFlowSettings } from './queries.ts';
import type { FlowSettings } from './schema.ts';

/** Set from when on a wait is too long, and how long an opening is held. */
export async function changeFlowSettings(tx: Tx, input: FlowSettings): Promise<FlowSettings> {
  // The practice's row: two managers change one after the other, also where there is no row yet
  await sql`select from practices where practice_id = ${tx.practiceId} for no key update`.execute(tx.db);
  const before = await readFlowSettings(tx.db);
  if (before.version !== input.version) throw stale('flow settings', before);
  const after = { ...input, version: before.version + 1 };
  await sql`
    insert into flow_settings (practice_id, waiting_minutes, in_room_minutes, with_physician_minutes,
      hold_minutes, notice_hours, version)
    values (${tx.practiceId}, ${after.waitingMinutes}, ${after.inRoomMinutes}, ${after.withPhysicianMinutes},
      ${after.holdMinutes}, ${after.noticeHours}, ${after.version})
    on conflict (practice_id) do update set waiting_minutes = excluded.waiting_minutes,
      in_room_minutes = excluded.in_room_minutes, with_physician_minutes = excluded.with_physician_minutes,
      hold_minutes = excluded.hold_minutes,
      notice_hours = excluded.notice_hours, version = excluded.version`.execute(tx.db);
  tx.audit({
    action: 'flow.settings-changed',
    subjectKind: 'practice',
    subjectIds: [tx.practiceId],
    before,
    after,
  });
  await touchVersion(tx, 'setup');
  return after;
}

type OtherRoom = { version: number; resourceId: string; overrideReason?: string | undefined };

/** The patient sits in another room now than the visit says. */
export async function changeRoom(tx: Tx, visitId: string, input: OtherRoom): Promise<Visit> {
  const visit = await openVisit(tx, visitId, input.version);
  if (visit.state !== 'in_room' && visit.state !== 'with_physician') {
    throw new Refusal('conflict', 'Only who is in a room changes it. Put the patient in a room first.');
  }
  if (visit.resources.some((one) => one.resourceId === input.resourceId)) return visit;
  const placed = await place(tx, {
    ...visit,
    ...{ resourceIds: [input.resourceId], stands: true, ignoreVisitId: visitId },
    overrideReason: input.overrideReason,
  });
  const [other] = placed.resources;
  if (other?.kind !== 'room') throw notFound('room');
  const was = visit.resources.find((one) => one.kind === 'room');
  const kept = imageOf({ ...visit, resources: [...visit.resources.filter((one) => one !== was), other] });
  return recordStep(tx, {
    visit,
    step: 'room_changed',
    change: { resources: kept.resources, overrideReason: placed.overrideReason ?? visit.overrideReason },
    detail: { from: was?.name ?? '', room: other.name },
    reason: placed.overrideReason ?? undefined,
  });
}
