import { addDays } from '../../../platform/calendar/dates.ts';
import { toInstant } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { SetupFacts } from '../hours/queries.ts';
import { listHours } from '../hours/rules.ts';
import { bookSeat, planSession } from './commands.ts';

export type GroupToPlan = { patientIds: readonly string[]; facts: SetupFacts; today: string };

const minutes = 60;
const capacity = 10;
const hourMs = 3_600_000;

/** A diabetes class in the first free week after the next, led by whoever works long enough that day. */
export async function addGroup(tx: Tx, { patientIds, facts, today }: GroupToPlan): Promise<void> {
  const type = facts.visitTypes.find((one) => one.code === 'fu') ?? facts.visitTypes[0];
  const physicians = facts.resources.filter((one) => one.kind === 'physician' && one.active);
  for (let ahead = 8; ahead < 20 && type; ahead++) {
    const date = addDays(today, ahead);
    const { available } = listHours({ ...facts, resources: physicians, from: date, to: date });
    // Not the first of the group's physicians: the series stand in the first hours of those
    const hours = available.filter((one) => one.endMs - one.startMs >= 3 * hourMs).at(-1);
    const able = hours && (type.physicianIds.length === 0 || type.physicianIds.includes(hours.resourceId));
    const site = facts.sites.find((one) => one.id === hours?.siteId);
    if (!hours || !able || !site) continue;
    const startsAt = new Date(Math.max(hours.startMs + hourMs, toInstant(date, '10:00', site.timeZone)));
    const wanted = { visitTypeId: type.visitTypeId, siteId: site.id, physicianId: hours.resourceId };
    if (startsAt.getTime() + minutes * 60_000 > hours.endMs) continue;
    const session = await planSession(tx, {
      ...{ name: 'Diabetes class', ...wanted, resourceIds: [], minutes, capacity },
      startsAt: startsAt.toISOString(),
    });
    for (const patientId of patientIds)
      await bookSeat(tx, session.sessionId, { patientId, reason: 'Living with diabetes' });
    return;
  }
}
