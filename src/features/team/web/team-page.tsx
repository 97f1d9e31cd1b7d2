import './team.css';
import { useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatAgo, formatCount, formatTime, localDate } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { KeyHints } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import type { TeamAnswer, TeamMember } from '../api.ts';
import { HandoffList } from '../handoffs/web/handoff-list.tsx';
import { hereOf, isHere } from '../here/rules.ts';
import type { Absence } from '../schema.ts';
import { AbsenceDialog } from './absence-dialog.tsx';
import { AwayCalendar } from './away-calendar.tsx';
import { AwayList, isNow, whenText } from './away-list.tsx';
import { useTeam } from './use-team.ts';

/** Which absence is open: by the address, so that Today can lead to it; or a new one. */
function useOpened(data: TeamAnswer | undefined) {
  const { search, path, go } = useAddress();
  const [isNew, setIsNew] = useState(false);
  const found = data?.absences.find((one) => one.absenceId === search.absence) ?? null;
  const open = (absence: Absence) => go(path, { ...search, absence: absence.absenceId }, { replace: true });
  const close = () => {
    setIsNew(false);
    const { absence: _gone, ...rest } = search;
    if (search.absence) go(path, rest, { replace: true });
  };
  return { absence: found, isOpen: isNew || found !== null, open, close, openNew: () => setIsNew(true) };
}

/** Who is here, who is away, who covers. */
export function TeamPage() {
  const { may, timeZone } = useSession();
  const { line } = useSlots();
  const { go } = useAddress();
  const { data, error, refetch } = useTeam();
  const opened = useOpened(data);
  const mayAdd = may('team.away');
  useKeys({ n: { label: 'someone is away', run: () => mayAdd && opened.openNew() } }, { enabled: mayAdd });
  useKeys({ h: { label: 'hand off', run: () => go('/team/hand-off') } }, { enabled: may('team.hand-off') });
  const nowMs = data ? Date.parse(data.now) : Date.now();
  const away = (data?.absences ?? []).filter((one) => isNow(one, nowMs));
  const coming = (data?.absences ?? []).filter((one) => Date.parse(one.endsAt) > nowMs);
  const here = (data?.members ?? []).filter((one) => isHere(one, nowMs));
  return (
    <>
      <PageHeader
        title="Team"
        tabTitle="Team"
        small={data ? `${here.length} at a desk · ${formatCount(away.length, 'person', 'people')} away` : ''}
        line={line}
        actions={
          <>
            {may('team.hand-off') && (
              <Button icon="plus" title="Hand off (H)" onClick={() => go('/team/hand-off')}>
                Hand off
              </Button>
            )}
            {mayAdd && (
              <Button icon="plus" title="Away (N)" onClick={opened.openNew}>
                Away
              </Button>
            )}
          </>
        }
      />
      <PageBody>
        {error && !data && <Failure message={error.message} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton rows={8} label="Looking up who is here" />}
        {data && (
          <>
            <Members members={data.members} away={away} nowMs={nowMs} />
            <HandoffList />
            <section className="team-section" aria-labelledby="team-away">
              <h2 id="team-away">Away</h2>
              <AwayList
                absences={coming}
                nowMs={nowMs}
                onOpen={opened.open}
                onAdd={mayAdd ? opened.openNew : undefined}
              />
            </section>
            <AwayCalendar
              members={data.members}
              absences={data.absences}
              today={localDate(nowMs, timeZone)}
            />
          </>
        )}
      </PageBody>
      <KeyHints
        hints={[
          ['n', 'away'],
          ['?', 'keys'],
        ]}
      />
      {data && opened.isOpen && (
        <AbsenceDialog
          key={opened.absence?.absenceId ?? 'new'}
          absence={opened.absence}
          team={data}
          onClose={opened.close}
        />
      )}
    </>
  );
}

type MembersProps = { members: readonly TeamMember[]; away: readonly Absence[]; nowMs: number };

/** Everyone who signs in here: at a desk now, away until when, or neither. */
function Members({ members, away, nowMs }: MembersProps) {
  const { timeZone } = useSession();
  const today = localDate(nowMs, timeZone);
  const rank = (one: TeamMember) =>
    isHere(one, nowMs) ? 0 : away.some((absence) => absence.staffId === one.staffId) ? 1 : 2;
  const shown = members.filter((one) => one.signsIn).sort((a, b) => rank(a) - rank(b));
  return (
    <section className="team-section" aria-labelledby="team-here">
      <h2 id="team-here">Here</h2>
      <ul className="team-here">
        {shown.map((one) => {
          const absence = away.find((other) => other.staffId === one.staffId);
          return (
            <li key={one.staffId}>
              <b>{one.displayName}</b>
              <small>{one.roles.join(', ')}</small>
              {absence ? (
                <>
                  <Tag tone="wait">away</Tag>
                  <small>{whenText(absence, timeZone, today)}</small>
                </>
              ) : (
                <HereTag member={one} nowMs={nowMs} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** By the desk they sit at, and by their hours on the schedule where they have any. */
function HereTag({ member, nowMs }: { member: TeamMember; nowMs: number }) {
  const { timeZone } = useSession();
  const here = hereOf(member, nowMs);
  const seen = member.seenAt ? formatAgo(member.seenAt, nowMs) : '';
  switch (here.kind) {
    case 'at-desk':
      return (
        <Tag tone="good" title={seen}>
          at a desk
        </Tag>
      );
    case 'off-hours':
      return (
        <>
          <Tag title={seen}>outside their hours</Tag>
          <small>a desk of theirs is open</small>
        </>
      );
    case 'works':
      return (
        <>
          <Tag>not at a desk</Tag>
          <small>works until {formatTime(here.at, timeZone)}</small>
        </>
      );
    case 'later':
      return <Tag>from {formatTime(here.at, timeZone)}</Tag>;
    case 'done':
      return <Tag>done for today</Tag>;
    case 'not-today':
      return <Tag>not in today</Tag>;
    case 'unseen':
      return <Tag>not at a desk</Tag>;
  }
}
