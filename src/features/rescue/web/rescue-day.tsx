import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import type { ShownDay } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { localDate } from '../../../ui/format.ts';
import { useKeys } from '../../../ui/keys.ts';

/** In whose column the focus stands. */
function physicianInFocus(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-column]')?.dataset.column;
}

/** From the day: the physician of this column is out or late. */
export function RescueDayButton({ date }: ShownDay) {
  const { may, timeZone } = useSession();
  const { go } = useAddress();
  const today = localDate(Date.now(), timeZone);
  const open = () => {
    const physician = physicianInFocus();
    go('/rescue', { when: 'today', ...(physician ? { physician } : {}), ...(date > today ? { date } : {}) });
  };
  const enabled = may('rescue.run') && date >= today;
  useKeys({ 'shift+o': { label: 'the physician of this column is out or late', run: open } }, { enabled });
  if (!enabled) return null;
  return (
    <Button
      icon="warning"
      title="A physician is out or late (Shift O)"
      // The column keeps the focus: it says who
      onMouseDown={(event) => event.preventDefault()}
      onClick={open}
    >
      Out or late
    </Button>
  );
}
