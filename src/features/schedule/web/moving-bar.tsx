import { Button } from '../../../ui/button.tsx';
import { formatDuration } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Kbd } from '../../../ui/kbd.tsx';
import type { DayVisit } from '../day/schema.ts';
import { minutesOfVisit } from './visit-words.ts';

/** A visit was cut: says so on every day until it is put somewhere. */
export function MovingBar({ visit, onStop }: { visit: DayVisit; onStop: () => void }) {
  return (
    <div className="sc-moving" role="status">
      <Icon name="move" size={16} />
      <span>
        Moving <b>{visit.patient}</b> ({formatDuration(minutesOfVisit(visit))}). Go to any day, then click a
        free time, or <Kbd keys="ctrl+arrowdown" /> to it and <Kbd keys="enter" />.
      </span>
      <Button look="quiet" onClick={onStop}>
        Leave it <Kbd keys="escape" />
      </Button>
    </div>
  );
}
