import type { Tx } from '../../../platform/db/transaction.ts';
import type { ScheduleVisitType } from '../hours/queries.ts';
import type { AvailableInterval, CodedInterval } from '../hours/rules.ts';
import { addSlotCode } from './commands.ts';
import { admits, type SlotCode } from './rules.ts';

export type SimulatedCodes = { np: string; urg: string; po: string };

/** What the simulated group keeps time for. @param types ids of visit types by their code */
export async function addSlotCodes(tx: Tx, types: ReadonlyMap<string, string>): Promise<SimulatedCodes> {
  const idsOf = (...codes: string[]) => codes.flatMap((code) => types.get(code) ?? []);
  const code = (name: string, letters: string, color: string, of: string[], releaseHours: number | null) =>
    addSlotCode(tx, { name, code: letters, color, visitTypeIds: idsOf(...of), releaseHours });
  return {
    np: await code('New patients', 'NP', '#7a4a9e', ['np', 'cs'], 48),
    urg: await code('Urgent, same day', 'URG', '#ad2f25', ['ur'], 3),
    po: await code('After surgery', 'PO', '#a8466e', ['po', 'xr'], 24),
  };
}

/** Which visit types a code keeps out of a stretch: as placing decides, but for what is released only later. */
export function isKeptFrom(
  type: ScheduleVisitType,
  { startMs, endMs, resourceId }: Omit<AvailableInterval, 'siteId'>,
  facts: { coded: readonly CodedInterval[]; codes: readonly SlotCode[] },
): boolean {
  return facts.coded.some((one) => {
    if (one.resourceId !== resourceId || one.startMs >= endMs || one.endMs <= startMs) return false;
    const code = facts.codes.find((other) => other.slotCodeId === one.slotCodeId);
    return code !== undefined && !admits(code, type.visitTypeId);
  });
}
