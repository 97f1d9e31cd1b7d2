import type { Tx } from '../../../platform/db/transaction.ts';
import type { SetupFacts } from '../hours/queries.ts';
import { by, cancelReasons, letGoReason, type Playing, type Story, storyOf } from '../steps/simulate.ts';
import type { PlannedVisit } from '../visits/simulate.ts';
import { type LoadedVisit, loadVisits } from './commands.ts';

const minuteMs = 60_000;
/** As long as the office keeps its events (platform/jobs/upkeep.ts). */
const eventsMs = 7 * 86_400_000;

export type Planned = { visit: PlannedVisit; course: Story };

/** Write planned visits as `playVisit` would leave them at `untilMs`, all at once. */
export async function loadPlanned(
  tx: Tx,
  planned: readonly Planned[],
  playing: Omit<Playing, 'random'> & { facts: SetupFacts },
): Promise<void> {
  const types = new Map(playing.facts.visitTypes.map((one) => [one.visitTypeId, one]));
  const resources = new Map(playing.facts.resources.map((one) => [one.resourceId, one]));
  const loaded = planned.map(({ visit, course }): LoadedVisit => {
    const { patientId, visitTypeId, siteId, physicianId, startMs, endMs, reason } = visit;
    const type = types.get(visitTypeId);
    const startsAt = new Date(startMs - (type?.bufferBeforeMinutes ?? 0) * minuteMs).toISOString();
    const endsAt = new Date(endMs + (type?.bufferAfterMinutes ?? 0) * minuteMs).toISOString();
    const rooms = visit.resourceIds.filter((id) => resources.get(id)?.kind === 'room');
    return {
      ...{ patientId, visitTypeId, siteId, physicianId, reason },
      startsAt: new Date(startMs).toISOString(),
      endsAt: new Date(endMs).toISOString(),
      resources: [physicianId, ...visit.resourceIds].map((resourceId) => ({
        ...{ resourceId, lane: 0, startsAt, endsAt },
      })),
      room: resources.get(rooms[0] ?? '')?.name ?? '',
      ...happened(visit, course, playing),
    };
  });
  await loadVisits(tx, loaded, new Date(playing.untilMs - eventsMs));
}

function happened(
  visit: PlannedVisit,
  course: Story,
  { players, untilMs }: Omit<Playing, 'random'>,
): Pick<LoadedVisit, 'booked' | 'steps'> {
  const moments = storyOf(visit, course);
  const steps: LoadedVisit['steps'][number][] = [];
  for (const { step, atMs } of moments) {
    if (atMs > untilMs) break;
    const why =
      step === 'cancelled'
        ? { cancelReason: course.random.pick(cancelReasons) }
        : step === 'let_go'
          ? { reason: letGoReason }
          : {};
    steps.push({ step, at: new Date(atMs), actor: players[by[step]], ...why });
  }
  return { booked: { at: new Date(course.bookedMs), actor: players.secretary }, steps };
}
