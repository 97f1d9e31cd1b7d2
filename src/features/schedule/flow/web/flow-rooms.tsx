import { Dialog } from '../../../../ui/dialog.tsx';
import { formatDuration } from '../../../../ui/format.ts';
import { useKeys } from '../../../../ui/keys.ts';
import type { DayVisit } from '../../day/schema.ts';
import { isOverWait, minutesInState } from '../rules.ts';
import type { FlowLimits } from '../schema.ts';
import type { Flow, FlowActs } from './use-flow.ts';

type RoomsProps = {
  flow: Flow;
  limits: FlowLimits;
  onRoom: (room: { resourceId: string; name: string }) => void;
};

/** Every room: who is in it and since when, or that it is free. */
export function FlowRooms({ flow, limits, onRoom }: RoomsProps) {
  if (flow.rooms.length === 0) return null;
  const free = flow.rooms.filter((room) => !flow.inside.has(room.resourceId)).length;
  return (
    <section className="fl-rooms" aria-label="Rooms">
      <h2>
        Rooms <span className="ui-dim">{free} free</span>
      </h2>
      <ul>
        {flow.rooms.map((room) => {
          const visit = flow.inside.get(room.resourceId);
          const over = visit && isOverWait(visit, limits, flow.nowMs);
          return (
            <li key={room.resourceId}>
              <button
                type="button"
                className={`fl-room ${visit ? (over ? 'wrong' : 'taken') : 'free'}`}
                onClick={() => onRoom(room)}
              >
                <b>{room.name}</b>
                {visit ? <RoomTaken visit={visit} over={over === true} flow={flow} /> : <span>○ free</span>}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function RoomTaken({ visit, over, flow }: { visit: DayVisit; over: boolean; flow: Flow }) {
  const minutes = formatDuration(minutesInState(visit, flow.nowMs) ?? 0);
  const where = visit.state === 'with_physician' ? '● with physician' : over ? '! waits long' : '▣ waits';
  return (
    <>
      <span>{visit.patient}</span>
      <span>
        {where} {minutes}
      </span>
    </>
  );
}

type DialogProps = { visit: DayVisit; flow: Flow; acts: FlowActs };

/** Which room: free ones first; a digit takes one. */
export function RoomDialog(props: DialogProps) {
  const { visit, acts } = props;
  return (
    <Dialog
      opened
      onClose={() => acts.chooseRoom(undefined)}
      size="small"
      title={`A room for ${visit.patient}`}
    >
      <RoomChoice {...props} />
    </Dialog>
  );
}

function RoomChoice({ visit, flow, acts }: DialogProps) {
  const own = flow.roomOf(visit);
  const here = flow.rooms.filter((room) => !room.siteId || room.siteId === visit.siteId);
  const isFree = (id: string) => !flow.inside.has(id);
  const sorted = [
    ...here.filter((room) => isFree(room.resourceId)),
    ...here.filter((room) => !isFree(room.resourceId)),
  ];
  const take = (at: number) => {
    const room = sorted[at];
    if (room && (isFree(room.resourceId) || room.resourceId === own)) acts.putInto(visit, room);
  };
  // In the dialog, so that they come after the keys that the dialog itself silences
  useKeys(Object.fromEntries(sorted.slice(0, 9).map((_, at) => [String(at + 1), { run: () => take(at) }])), {
    scope: 'dialog',
  });
  const words = (room: { resourceId: string }) => {
    const other = flow.inside.get(room.resourceId);
    if (room.resourceId === own) return visit.state === 'arrived' ? 'booked for it' : 'here now';
    return other ? `taken: ${other.patient}` : 'free';
  };
  if (sorted.length === 0) return <p>This site has no rooms yet. A manager adds them in Settings.</p>;
  return (
    <ol className="fl-choose">
      {sorted.map((room, at) => (
        <li key={room.resourceId}>
          <button
            type="button"
            className="ui-btn"
            data-autofocus={at === 0 || undefined}
            aria-disabled={(!isFree(room.resourceId) && room.resourceId !== own) || undefined}
            onClick={() => take(at)}
          >
            {at < 9 && <kbd>{at + 1}</kbd>} {room.name}
            <span className="ui-dim">{words(room)}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
