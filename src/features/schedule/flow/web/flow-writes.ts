import { call } from '../../../../platform/web/call.ts';
import type { DayVisit } from '../../day/schema.ts';
import { roomVisit } from '../../visits/api.ts';
import type { VisitWrite } from '../../web/visit-writes.ts';
import { changeRoom } from '../api.ts';

export type Room = { resourceId: string; name: string };

/** Into this room: the step for who waits, another room for who sits in one. */
export function roomWrite(visit: DayVisit, room: Room, was: string | undefined, now: string): VisitWrite {
  const { resourceId } = room;
  const params = { id: visit.visitId };
  const resourceIds = [...visit.resourceIds.filter((id) => id !== was && id !== resourceId), resourceId];
  const waits = visit.state === 'arrived';
  return {
    visit,
    after: { ...visit, resourceIds, ...(waits ? { state: 'in_room' as const, inRoomAt: now } : {}) },
    send: (version) =>
      waits
        ? call(roomVisit, { params, body: { version, resourceId } })
        : call(changeRoom, { params, body: { version, resourceId } }),
    said: `${visit.patient} is in ${room.name}.`,
  };
}
