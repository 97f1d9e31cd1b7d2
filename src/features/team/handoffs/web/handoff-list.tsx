import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatCount, formatDayTime, localDate } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { listHandoffs } from '../api.ts';
import type { HandoffHead } from '../schema.ts';

/** Hand-offs of the last month: to me, to my roles, from me; the open ones first. */
export function HandoffList() {
  const { may } = useSession();
  const { go } = useAddress();
  const { data, error, refetch } = useRead(listHandoffs, {}, { topics: ['handoffs', 'practice'] });
  const handoffs = [...(data?.handoffs ?? [])].sort(
    (a, b) => Number(a.acknowledgedAt !== null) - Number(b.acknowledgedAt !== null),
  );
  return (
    <section className="team-section" aria-labelledby="team-handoffs">
      <h2 id="team-handoffs">
        Hand-offs
        {may('team.hand-off') && (
          <Button look="quiet" icon="plus" title="Hand off (H)" onClick={() => go('/team/hand-off')}>
            Hand off
          </Button>
        )}
      </h2>
      {error && !data && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} label="Looking up hand-offs" />}
      {data && handoffs.length === 0 && (
        <p className="ui-dim">
          None in the last month. At the end of a shift, “hand off to ana” in the line drafts one from what is
          open.
        </p>
      )}
      <ul className="team-list">
        {handoffs.map((one) => (
          <Line key={one.handoffId} handoff={one} />
        ))}
      </ul>
    </section>
  );
}

function Line({ handoff }: { handoff: HandoffHead }) {
  const { timeZone } = useSession();
  const { go } = useAddress();
  const today = localDate(Date.now(), timeZone);
  const to = handoff.toName || `any ${handoff.toRole}`;
  const isLate = Date.parse(handoff.acknowledgeBy) < Date.now();
  return (
    <li>
      <span className="team-who">
        <b>
          {handoff.fromName} to {to}
        </b>
        <small className="ui-num">
          {formatDayTime(handoff.sentAt, timeZone, today)} · {formatCount(handoff.count, 'thing')}
        </small>
      </span>
      <span>
        {handoff.acknowledgedAt ? (
          <Tag tone="good">acknowledged by {handoff.acknowledgedByName}</Tag>
        ) : handoff.asked ? (
          <Tag tone="wait">a question waits</Tag>
        ) : (
          <Tag tone={isLate ? 'wrong' : 'wait'}>not acknowledged</Tag>
        )}
      </span>
      <Button
        look="quiet"
        aria-label={`Open the hand-off of ${handoff.fromName} to ${to}, ${formatDayTime(handoff.sentAt, timeZone, today)}`}
        onClick={() => go(`/team/hand-offs/${handoff.handoffId}`)}
      >
        Open
      </Button>
    </li>
  );
}
