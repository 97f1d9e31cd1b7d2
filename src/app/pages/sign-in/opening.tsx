import { Skeleton } from '../../../ui/skeleton.tsx';

/** Before the office has said who is at this desk. */
export function Opening() {
  return (
    <div className="desk-opening">
      <Skeleton rows={8} label="Opening the desk" />
    </div>
  );
}
