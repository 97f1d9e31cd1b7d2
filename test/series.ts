import { bookSeat, planSession } from '../src/features/schedule/groups/api.ts';
import { bookSeries, editSeries } from '../src/features/schedule/series/api.ts';
import type { TestPractice } from './office.ts';
import type { TestSchedule } from './practice.ts';

/** A series, of which one visit was moved with those after it. */
export async function fillSeries({ manager }: TestPractice, { patients, followUp, main, lee }: TestSchedule) {
  const pattern = { startsOn: '2026-06-02', time: '09:00', count: 2 };
  const body = { patientId: patients[2]!, visitTypeId: followUp, siteId: main, physicianId: lee, pattern };
  const { seriesId, version } = await manager.do(bookSeries, { body });
  const edit = { kind: 'move', change: { time: '10:00' } } as const;
  await manager.do(editSeries, {
    params: { id: seriesId },
    body: { version, scope: 'all', fromNo: 1, edit },
  });
}

/** A group session with a place taken. */
export async function fillGroup(
  { manager }: TestPractice,
  { patients, followUp, main, okoye }: TestSchedule,
) {
  const { session } = await manager.do(planSession, {
    body: {
      ...{
        name: '=Class',
        visitTypeId: followUp,
        siteId: main,
        physicianId: okoye,
        minutes: 60,
        capacity: 2,
      },
      startsAt: '2026-06-02T18:00:00.000Z',
    },
  });
  await manager.do(bookSeat, { params: { id: session.sessionId }, body: { patientId: patients[2]! } });
}
