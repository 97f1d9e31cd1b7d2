import { findOpenings } from '../../../features/schedule/openings/api.ts';
import type { Opening, OpeningsFound } from '../../../features/schedule/openings/schema.ts';
import { useRead } from '../../../platform/web/use-office.ts';
import { useRested } from '../../../ui/typing.ts';
import type { Wish } from './line-rules.ts';
import type { LineItem } from './line-view.ts';

const restMs = 120;
const nobody: Wish = { visitTypeId: '', physicianIds: [], weekdays: [], times: [], limit: 5 };

export type Openings = { found: OpeningsFound | undefined; fresh: boolean; error: string | undefined };

/** The first openings for a wish, as it is typed; the last ones stay until the new are there. */
export function useOpenings(wish: Wish | undefined): Openings {
  const text = JSON.stringify(wish ?? nobody);
  const asked = useRested(text, restMs);
  const isAsked = asked === text;
  const body: Wish = isAsked && wish ? wish : JSON.parse(asked);
  const enabled = wish !== undefined && body.visitTypeId !== '';
  const { data, error, isPlaceholderData } = useRead(
    findOpenings,
    { body },
    { topics: ['visits', 'setup'], enabled },
  );
  return {
    found: wish ? data : undefined,
    fresh: wish === undefined || (isAsked && !isPlaceholderData && (data !== undefined || error !== null)),
    error: wish ? error?.message : undefined,
  };
}

function itemOf(opening: Opening, onPick: (opening: Opening) => void): LineItem {
  return {
    id: `${opening.startsAt} ${opening.physicianId}`,
    lead: opening.label,
    title: [opening.physicianName, opening.siteName, ...opening.resourceNames].join(' · '),
    detail: opening.reasons.join(' · ') || `free, ${opening.minutes} min`,
    run: () => onPick(opening),
  };
}

/** Openings as choices; when there is none, what blocks and the nearest that would do. */
export function openingItems(
  { found, error }: Openings,
  onPick: (opening: Opening) => void,
): { items: LineItem[]; head?: string; foot?: string } {
  if (error) return { items: [], head: error };
  if (!found) return { items: [] };
  const items = found.openings.map((opening) => itemOf(opening, onPick));
  if (items.length > 0) return { items };
  const nearest = found.nearest.map((opening) => itemOf(opening, onPick));
  const head =
    nearest.length > 0 ? 'Nothing fits as asked. The nearest that would do:' : 'Nothing fits as asked.';
  return { items: nearest, head, ...(found.blocked.length > 0 ? { foot: found.blocked.join(' · ') } : {}) };
}

export function itemsOf(openings: readonly Opening[], onPick: (opening: Opening) => void): LineItem[] {
  return openings.map((opening) => itemOf(opening, onPick));
}
