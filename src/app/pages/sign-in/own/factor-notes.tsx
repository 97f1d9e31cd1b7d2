import { Link } from '@tanstack/react-router';
import { seeReset } from '../../../../platform/session/factors/api.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { Button } from '../../../../ui/button.tsx';
import { formatDayTime } from '../../../../ui/format.ts';
import { useSessionCall } from '../use-sign-in.ts';

/** At the top of the desk: a manager reset this person's second step, or one will be asked for. */
export function FactorNotes() {
  const { factorsReset, setUpFactorBefore, timeZone } = useSession();
  const { busy, send } = useSessionCall();
  if (factorsReset) {
    return (
      <div className="connection-note" role="status">
        <span>
          A manager reset your second step at sign-in on {formatDayTime(factorsReset.at, timeZone)}: “
          {factorsReset.reason}”. If you did not ask for it, tell the manager.
        </span>
        <Link to="/your-sign-in">Set it up again</Link>
        <Button look="quiet" busy={busy} onClick={() => void send(seeReset, {})}>
          I have read this
        </Button>
      </div>
    );
  }
  if (!setUpFactorBefore) return null;
  return (
    <div className="connection-note" role="status">
      <span>From {formatDayTime(setUpFactorBefore, timeZone)} your role needs a second step at sign-in.</span>
      <Link to="/your-sign-in">Set it up now</Link>
    </div>
  );
}
