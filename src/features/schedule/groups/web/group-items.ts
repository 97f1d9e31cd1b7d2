import { formatDuration, formatTime, localDate, localMinutes } from '../../../../ui/format.ts';
import type { GridItem } from '../../../../ui/time-grid/grid-types.ts';
import type { DayGroup } from '../../day/schema.ts';
import type { BoardColumn, BoardFacts } from '../../web/board.ts';

const prefix = 'group:';

/** The session behind an item of the grid; undefined for a visit. */
export function sessionIdOf(itemId: string): string | undefined {
  return itemId.startsWith(prefix) ? itemId.slice(prefix.length).split('@')[0] : undefined;
}

/** One block for each session in every column that it takes: `Diabetes class 7/10`. */
export function groupItems(
  columns: readonly BoardColumn[],
  groups: readonly DayGroup[],
  { zone, types, names }: Pick<BoardFacts, 'zone' | 'types' | 'names'>,
): GridItem[] {
  return groups.flatMap((group) => {
    const date = localDate(group.startsAt, zone);
    const standsIn = columns.filter((one) => one.date === date && group.resourceIds.includes(one.resourceId));
    const startMinutes = localMinutes(group.startsAt, zone);
    const minutes = Math.round((Date.parse(group.endsAt) - Date.parse(group.startsAt)) / 60_000);
    const full = group.taken >= group.capacity;
    const type = types.get(group.visitTypeId);
    const words = `${group.taken} of ${group.capacity} places taken${full ? ', full' : ''}`;
    const leader = names.get(group.resourceIds[0] ?? '');
    const spoken = [
      `${formatTime(group.startsAt, zone)}, ${group.name}, group of ${formatDuration(minutes)}`,
      leader && `with ${leader}`,
      words,
    ];
    return standsIn.map((column, copy) => ({
      id: `${prefix}${group.sessionId}${copy === 0 ? '' : `@${copy}`}`,
      columnId: column.id,
      startMinutes,
      endMinutes: Math.min(1440, startMinutes + minutes),
      title: `${group.name} ${group.taken}/${group.capacity}`,
      lines: [full ? '● full' : `◇ ${group.capacity - group.taken} places left`],
      label: spoken.filter(Boolean).join(', '),
      tone: 'calm' as const,
      done: false,
      marks: [],
      draggable: false,
      resizable: false,
      ...(type ? { color: type.color } : {}),
    }));
  });
}
