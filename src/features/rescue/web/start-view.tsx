import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatCount, formatDayTime } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useSetup } from '../../schedule/web/use-setup.ts';
import { readTeam } from '../../team/api.ts';
import { listRescues } from '../api.ts';
import { rescueTitle } from '../list/rules.ts';
import type { Rescue } from '../schema.ts';

/** Who is out, and the call lists of the last weeks. */
export function StartView() {
  const { line } = useSlots();
  const { search } = useAddress();
  return (
    <>
      <PageHeader title="Day rescue" tabTitle="Day rescue" line={line} />
      <PageBody>
        {search.absence ? <OfAbsence absenceId={search.absence} /> : <WhoIsOut />}
        <CallLists />
      </PageBody>
    </>
  );
}

/** An absence names a colleague; the columns of the schedule that are theirs. */
function OfAbsence({ absenceId }: { absenceId: string }) {
  const { may } = useSession();
  const { data, error, refetch } = useRead(readTeam, {}, { topics: ['team'], enabled: may('team.see') });
  if (error) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={2} />;
  const absence = data.absences.find((one) => one.absenceId === absenceId);
  if (!absence) return <Failure message="This absence was taken back. There is nothing to rescue." />;
  return <WhoIsOut wanted={absence.staffName} absenceId={absenceId} />;
}

function WhoIsOut({ wanted, absenceId }: { wanted?: string; absenceId?: string }) {
  const { setup, ready, error } = useSetup();
  const { go, search } = useAddress();
  if (error) return <Failure message={error.message} />;
  if (!ready) return <Skeleton rows={2} label="Looking up who works here" />;
  const shown = wanted ? setup.physicians.filter((one) => one.name === wanted) : setup.physicians;
  const all = shown.length > 0 ? shown : setup.physicians;
  if (all.length === 0)
    return <Empty title="Nobody to stand in for yet" text="Physicians are added in Settings, Physicians." />;
  const when = search.when ?? 'today';
  return (
    <section aria-label="Who is out or late?">
      <h2>Who is out or late?</h2>
      <div className="rs-choices">
        <div>
          {all.map((one) => (
            <Button
              key={one.resourceId}
              onClick={() =>
                go('/rescue', { ...search, physician: one.resourceId, when, absence: absenceId })
              }
            >
              {one.name}
            </Button>
          ))}
        </div>
      </div>
    </section>
  );
}

function CallLists() {
  const { data, error, refetch } = useRead(listRescues, {}, { topics: ['rescues', 'visits'] });
  if (error) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={4} label="Looking up the call lists" />;
  return (
    <section aria-label="Call lists">
      <h2>Call lists</h2>
      {data.rescues.length === 0 ? (
        <p className="ui-dim">
          None in the last weeks. Whom a rescue moves stands here until they have an answer.
        </p>
      ) : (
        <ul className="rs-rescues">
          {data.rescues.map((one) => (
            <RescueRow key={one.rescueId} rescue={one} />
          ))}
        </ul>
      )}
    </section>
  );
}

function RescueRow({ rescue }: { rescue: Rescue }) {
  const { go } = useAddress();
  const { timeZone } = useSession();
  const { counts } = rescue;
  const open = counts.waiting + counts.refused;
  return (
    <li>
      <button type="button" onClick={() => go('/rescue', { id: rescue.rescueId })}>
        <span>
          <b>{rescueTitle(rescue, timeZone)}</b>
          <small>
            {formatCount(counts.all, 'visit')} · {formatDayTime(rescue.madeAt, timeZone)}
            {rescue.madeByName && ` by ${rescue.madeByName}`}
          </small>
        </span>
        <StateTag undone={rescue.undoneAt !== null} open={open} owed={counts.owed} />
      </button>
    </li>
  );
}

function StateTag({ undone, open, owed }: { undone: boolean; open: number; owed: number }) {
  if (undone) return <Tag>taken back</Tag>;
  if (open > 0) return <Tag tone="wait">{open} to tell</Tag>;
  if (owed > 0) return <Tag tone="wait">{owed} to book again</Tag>;
  return <Tag tone="good">everyone has an answer</Tag>;
}
