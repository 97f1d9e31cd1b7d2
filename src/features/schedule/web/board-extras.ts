import { minutesOf } from '../../../platform/calendar/zones.ts';
import { formatClock, formatDuration, localDate, localMinutes } from '../../../ui/format.ts';
import type { GridItem } from '../../../ui/time-grid/grid-types.ts';
import type { Block } from '../blocks/schema.ts';
import { isHeld, minutesLeft } from '../holds/rules.ts';
import type { Hold } from '../holds/schema.ts';
import type { BoardColumn, BoardFacts } from './board.ts';

/** What stands on the board beside visits: held openings and blocked time. Their ids say which they are. */

const holdPrefix = 'hold:';
const blockPrefix = 'block:';

const idWith = (prefix: string) => (itemId: string) =>
  itemId.startsWith(prefix) ? itemId.slice(prefix.length).split('@')[0] : undefined;
export const holdIdOf = idWith(holdPrefix);
export const blockIdOf = idWith(blockPrefix);

/** Held openings, until they are over: this desk's own, or whose. */
export function holdItems(
  columns: readonly BoardColumn[],
  holds: readonly Hold[],
  facts: BoardFacts,
): GridItem[] {
  const byPlace = new Map(columns.map((column) => [`${column.resourceId} ${column.date}`, column]));
  return holds
    .filter((hold) => isHeld(hold, facts.nowMs))
    .flatMap((hold) => {
      const date = localDate(hold.startsAt, facts.zone);
      const startMinutes = localMinutes(hold.startsAt, facts.zone);
      const length = Math.round((Date.parse(hold.endsAt) - Date.parse(hold.startsAt)) / 60_000);
      const mine = hold.accountId === facts.accountId;
      const who = mine ? 'you' : hold.byName || 'a colleague';
      const left = formatDuration(minutesLeft(hold, facts.nowMs));
      return hold.resourceIds.flatMap((resourceId, copy) => {
        const column = byPlace.get(`${resourceId} ${date}`);
        if (!column) return [];
        return {
          id: `${holdPrefix}${hold.holdId}@${copy}`,
          columnId: column.id,
          startMinutes,
          endMinutes: Math.min(1440, startMinutes + length),
          title: `☎ Held by ${who}`,
          lines: [`${left} more`],
          label: `${formatClock(startMinutes)}, held by ${who} for a call, ${left} more${mine ? '. Enter books it, Delete gives it back' : ''}`,
          tone: 'wait' as const,
        };
      });
    });
}

/** Blocked time, with what for. */
export function blockItems(
  columns: readonly BoardColumn[],
  blocks: readonly Block[],
  facts: BoardFacts,
): GridItem[] {
  const byPlace = new Map(columns.map((column) => [`${column.resourceId} ${column.date}`, column]));
  return blocks.flatMap((block) => {
    const column = byPlace.get(`${block.resourceId} ${block.onDate}`);
    if (!column) return [];
    const [startMinutes, endMinutes] = [minutesOf(block.startsLocal), minutesOf(block.endsLocal)];
    const reason = block.reason || 'Blocked';
    return {
      id: `${blockPrefix}${block.blockId}`,
      columnId: column.id,
      startMinutes,
      endMinutes,
      title: `▨ ${reason}`,
      lines: ['blocked'],
      label: `${formatClock(startMinutes)} to ${formatClock(endMinutes)}, blocked: ${reason}. Enter changes it, Delete takes it back`,
      tone: 'calm' as const,
      done: true,
      draggable: facts.mayBlock,
      resizable: facts.mayBlock,
    };
  });
}

/** `690` → `11:30`, as a block is written. */
export function localTime(minutes: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** The block as it stands once it is put into a column at a minute, or made longer. */
export function blockAt(
  block: Omit<Block, 'blockId' | 'version'>,
  column: BoardColumn,
  startMinutes: number,
  endMinutes: number = startMinutes + minutesOf(block.endsLocal) - minutesOf(block.startsLocal),
): Omit<Block, 'blockId' | 'version'> {
  return {
    resourceId: column.resourceId,
    onDate: column.date,
    startsLocal: localTime(startMinutes),
    endsLocal: localTime(Math.min(1440, endMinutes)),
    reason: block.reason,
  };
}
