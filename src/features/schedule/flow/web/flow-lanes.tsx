import type { KeyboardEvent } from 'react';
import { formatCount } from '../../../../ui/format.ts';
import { type LaneState, lanes as laneStates } from '../rules.ts';
import type { FlowLimits } from '../schema.ts';
import { FlowCard } from './flow-card.tsx';
import type { Flow, FlowActs } from './use-flow.ts';

const titles: Record<LaneState, string> = {
  booked: 'Expected',
  arrived: 'Waiting',
  in_room: 'In room',
  with_physician: 'With physician',
  checked_out: 'Left',
};
const nobody: Record<LaneState, string> = {
  booked: 'Nobody else is expected today.',
  arrived: 'Nobody is waiting.',
  in_room: 'No room is waiting for a physician.',
  with_physician: 'Nobody is being seen.',
  checked_out: 'Nobody has left yet.',
};
/** Of hundreds who are still to come only the next matter here; the rest stand in the schedule. */
const shownAtMost: Record<LaneState, number> = {
  booked: 25,
  arrived: 200,
  in_room: 200,
  with_physician: 200,
  checked_out: 10,
};

const sideways: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
const upDown: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

/** Arrows walk from card to card, and to the lane beside. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const card = event.target instanceof Element ? event.target.closest<HTMLElement>('.fl-card') : null;
  if (!card || event.altKey || event.ctrlKey || event.metaKey) return;
  const lane = card.closest('.fl-lane');
  const cards = (of: Element | null | undefined) => [
    ...(of?.querySelectorAll<HTMLElement>('.fl-card') ?? []),
  ];
  const own = cards(lane);
  const at = own.indexOf(card);
  const by = upDown[event.key];
  const side = sideways[event.key];
  if (by !== undefined) own[at + by]?.focus();
  else if (side !== undefined) {
    const all = [...event.currentTarget.querySelectorAll('.fl-lane')];
    for (let i = all.indexOf(lane ?? card) + side; i >= 0 && i < all.length; i += side) {
      const beside = cards(all[i]);
      if (beside.length === 0) continue;
      beside[Math.min(at, beside.length - 1)]?.focus();
      break;
    }
  } else return;
  event.preventDefault();
}

export function FlowLanes({ flow, acts, limits }: { flow: Flow; acts: FlowActs; limits: FlowLimits }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the cards within
    <div className="fl-lanes" onKeyDown={walk}>
      {laneStates.map((state) => {
        const visits = flow.lanes[state];
        const shown = visits.slice(0, shownAtMost[state]);
        const more = visits.length - shown.length;
        return (
          <section key={state} className="fl-lane" aria-label={titles[state]}>
            <h2>
              {titles[state]} <span className="ui-dim">{visits.length}</span>
            </h2>
            {visits.length === 0 && <p className="ui-dim">{nobody[state]}</p>}
            <ul>
              {shown.map((visit) => (
                <FlowCard key={visit.visitId} {...{ visit, flow, acts, limits }} />
              ))}
            </ul>
            {more > 0 && <p className="ui-dim">and {formatCount(more, 'other')}</p>}
          </section>
        );
      })}
    </div>
  );
}
