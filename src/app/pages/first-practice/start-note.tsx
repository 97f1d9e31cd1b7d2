import { Link } from '@tanstack/react-router';
import { getStart } from '../../../features/schedule/start/api.ts';
import { stepKeys } from '../../../features/schedule/start/rules.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';

/** While the first setting up is not finished: the way back to where the manager was. */
export function StartNote() {
  const session = useSession();
  const { path } = useAddress();
  const enabled = session.signedIn && !session.hidden && session.may('practice.set-up') && !session.demo;
  const { data } = useRead(getStart, {}, { topics: ['setup'], enabled });
  const start = data?.start;
  if (!enabled || !start || start.finished || path === '/set-up') return null;
  const left = stepKeys.length - stepKeys.indexOf(start.step);
  return (
    <div className="connection-note" role="status">
      <span>{left === 1 ? 'One step' : `${left} steps`} to your first booked visit.</span>
      <Link to="/set-up">Go on setting up</Link>
    </div>
  );
}
