import { useState } from 'react';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatAgo } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { findOwnFeed, makeOwnFeed, revokeOwnFeed } from '../api.ts';
import { FeedAddressDialog } from './feed-dialogs.tsx';

const topics = ['feeds', 'setup'];

/** Of someone who is on the schedule: their visits in a calendar of their own. Nothing for anyone else. */
export function OwnFeed() {
  const { may } = useSession();
  const read = useRead(findOwnFeed, {}, { topics, enabled: may('feeds.own') });
  const { mutateAsync: make, isPending } = useWrite(makeOwnFeed, { touches: topics });
  const { mutateAsync: revoke } = useWrite(revokeOwnFeed, { touches: topics });
  const [path, setPath] = useState<string | null>(null);
  const toast = useToast();
  const failed = (error: Error) => toast.refused(error.message);
  if (!may('feeds.own')) return null;
  if (read.error) return <Failure message={read.error.message} onRetry={() => void read.refetch()} />;
  const own = read.data?.feed;
  if (!own) return null;
  const { feed } = own;
  const wasRead = feed?.readAt ? `last read ${formatAgo(feed.readAt, Date.now())}` : 'not read yet';
  return (
    <section aria-label="Your calendar">
      <h2>Your calendar</h2>
      <p>
        Your visits in the calendar of your phone or computer, by an address that it reads every few minutes.
        {feed && ` It works: ${wasRead}.`}
      </p>
      <p className="set-tags">
        <Button busy={isPending} onClick={() => void make({}).then((made) => setPath(made.path), failed)}>
          {feed ? 'A new address; the old one stops' : 'Make the address'}
        </Button>
        {feed && (
          <Button
            look="quiet"
            onClick={() => void revoke({}).then(() => toast.done('Your feed has stopped.'), failed)}
          >
            Stop
          </Button>
        )}
      </p>
      {path && <FeedAddressDialog path={path} onClose={() => setPath(null)} />}
    </section>
  );
}
