import { formatDayTime, formatTime, localDate } from '../../../../ui/format.ts';
import { Tag } from '../../../../ui/tag.tsx';
import type { PlaceChoice, PlaceResult } from '../schema.ts';

/** What the hand chose for a visit in whose way something is: one of its alternatives, or none. */
export type Chosen = number | 'owe' | 'give-up' | 'wanted';

/** What is taken as chosen: the nearest time of that day where there is one, else it stays owed. */
function chosenOf(place: PlaceResult, chosen: ReadonlyMap<number, Chosen>): Chosen {
  const own = chosen.get(place.placeNo);
  if (own !== undefined) return own;
  if (place.state === 'booked') return 'wanted';
  return place.alternatives.length > 0 ? 0 : 'owe';
}

export function choicesOf(
  places: readonly PlaceResult[],
  chosen: ReadonlyMap<number, Chosen>,
): PlaceChoice[] {
  return places.flatMap((place): PlaceChoice[] => {
    const choice = chosenOf(place, chosen);
    if (choice === 'wanted') return [];
    if (choice === 'owe') return [{ placeNo: place.placeNo, choice: { kind: 'owe' } }];
    if (choice === 'give-up')
      return [{ placeNo: place.placeNo, choice: { kind: 'give-up', reason: 'skipped' } }];
    const opening = place.alternatives[choice];
    if (!opening) return [];
    const { startsAt, physicianId, resourceIds } = opening;
    return [{ placeNo: place.placeNo, choice: { kind: 'instead', startsAt, physicianId, resourceIds } }];
  });
}

type PlaceListProps = {
  places: readonly PlaceResult[];
  zone: string;
  chosen: ReadonlyMap<number, Chosen>;
  onChoose: (placeNo: number, choice: Chosen) => void;
};

/** Every visit of the series: free, or what is in its way and what is free instead on that day. */
export function PlaceList({ places, zone, chosen, onChoose }: PlaceListProps) {
  return (
    <ol className="se-places">
      {places.map((place) => (
        <PlaceLine
          key={place.placeNo}
          place={place}
          zone={zone}
          choice={chosenOf(place, chosen)}
          onChoose={(choice) => onChoose(place.placeNo, choice)}
        />
      ))}
    </ol>
  );
}

type LineProps = {
  place: PlaceResult;
  zone: string;
  choice: Chosen;
  onChoose: (choice: Chosen) => void;
};

function PlaceLine({ place, zone, choice, onChoose }: LineProps) {
  const free = place.state === 'booked';
  const options: { id: Chosen; words: string }[] = free
    ? [{ id: 'wanted', words: 'book' }]
    : place.alternatives.map((one, at) => ({ id: at, words: formatTime(one.startsAt, zone) }));
  if (!free) options.push({ id: 'owe', words: 'keep as owed' });
  options.push({ id: 'give-up', words: 'skip' });
  const day = localDate(place.wantedAt, zone);
  return (
    <li>
      <span className="ui-num se-when">{formatDayTime(place.wantedAt, zone, day)}</span>
      <Tag tone={free ? 'good' : 'wrong'} sign={free ? '✓' : '!'}>
        {free ? 'free' : 'taken'}
      </Tag>
      {place.why && <span className="ui-dim se-why">{firstSentence(place.why)}</span>}
      <fieldset className="sc-chips" aria-label={`Visit ${place.placeNo}`}>
        {options.map(({ id, words }) => (
          <button
            key={id}
            type="button"
            className="ui-chip"
            aria-pressed={choice === id}
            onClick={() => onChoose(id)}
          >
            {words}
          </button>
        ))}
      </fieldset>
    </li>
  );
}

/** The next free times stand beside it as choices. */
export function firstSentence(why: string): string {
  return why.split(' Next free:')[0] ?? why;
}
