import {
  listOwnSessions,
  type OwnSession,
  signOutElsewhere,
  signOutThere,
} from '../../../platform/session/api.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';

/** Where this person is signed in; a desk that was left behind is signed out from here. */
export function OwnSessions() {
  const { data, error, refetch } = useRead(listOwnSessions, {}, { topics: ['sessions'], keys: [] });
  const toast = useToast();
  const others = useWrite(signOutElsewhere, { touches: ['sessions'] });
  const elsewhere = data?.sessions.filter((one) => !one.here) ?? [];
  const endOthers = () =>
    others.mutate(
      {},
      {
        onSuccess: ({ ended }) =>
          toast.done(`Signed out at ${ended} other ${ended === 1 ? 'place' : 'places'}.`),
        onError: (failure) => toast.refused(failure.message),
      },
    );
  return (
    <section aria-label="Where you are signed in">
      <h2>Where you are signed in</h2>
      {error && !data && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={2} />}
      <ul className="own-sessions">
        {data?.sessions.map((one) => (
          <SessionLine key={one.sessionId} one={one} />
        ))}
      </ul>
      {elsewhere.length > 1 && (
        <Button busy={others.isPending} onClick={endOthers}>
          Sign out everywhere else
        </Button>
      )}
    </section>
  );
}

function SessionLine({ one }: { one: OwnSession }) {
  const { timeZone } = useSession();
  const toast = useToast();
  const end = useWrite(signOutThere, { touches: ['sessions'] });
  const name = one.device || (one.kind === 'bearer' ? 'A program with a token' : 'A browser');
  const press = () =>
    end.mutate(
      { params: { id: one.sessionId } },
      {
        onSuccess: () => toast.done(`Signed out: ${name}.`),
        onError: (failure) => toast.refused(failure.message),
      },
    );
  return (
    <li>
      <span>
        {name} {one.here && <Tag tone="calm">this desk</Tag>}
        <small>
          since {formatDayTime(one.createdAt, timeZone)}, last used {formatDayTime(one.seenAt, timeZone)}
        </small>
      </span>
      {!one.here && (
        <Button look="quiet" busy={end.isPending} aria-label={`Sign out there: ${name}`} onClick={press}>
          Sign out there
        </Button>
      )}
    </li>
  );
}
