import '../../series/web/series.css';
import { useState } from 'react';
import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { formatDayTime } from '../../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { useKeys } from '../../../../ui/keys.ts';
import { Tag } from '../../../../ui/tag.tsx';
import { failureOf } from '../../../practice/web/settings-page.tsx';
import { listSessions } from '../api.ts';
import type { Session } from '../schema.ts';
import { PlanDialog } from './plan-dialog.tsx';
import { Roster } from './roster.tsx';

/** Group sessions ahead; with an id in the address the roster of one. */
export function GroupsPage() {
  const { search, go } = useAddress();
  const slots = useSlots();
  const { may } = useSession();
  const [planning, setPlanning] = useState(false);
  useKeys({ p: { label: 'plan a session', run: () => may('visits.book') && setPlanning(true) } });
  return (
    <>
      <PageHeader
        tabTitle="Groups"
        title="Groups"
        line={slots.line}
        actions={
          <>
            {search.id && <Button onClick={() => go('/schedule/groups')}>All sessions</Button>}
            {may('visits.book') && (
              <Button look="go" icon="plus" onClick={() => setPlanning(true)}>
                Plan a session
              </Button>
            )}
          </>
        }
      />
      <PageBody>
        {search.id ? <Roster key={search.id} sessionId={search.id} /> : <SessionList />}
        {planning && (
          <PlanDialog onClose={() => setPlanning(false)} onPlanned={(id) => go('/schedule/groups', { id })} />
        )}
      </PageBody>
    </>
  );
}

function SessionList() {
  const { go } = useAddress();
  const read = useRead(listSessions, { query: {} }, { topics: ['groups', 'visits', 'setup'] });
  const columns: TableColumn<Session>[] = [
    {
      id: 'when',
      header: 'When',
      main: true,
      cell: (row) => <span className="ui-num">{formatDayTime(row.startsAt, row.timeZone)}</span>,
    },
    { id: 'name', header: 'Group', cell: (row) => row.name },
    { id: 'with', header: 'With', cell: (row) => `${row.physicianName} · ${row.siteName}` },
    { id: 'taken', header: 'Places', cell: (row) => <Places session={row} /> },
    {
      id: 'open',
      header: 'Roster',
      cell: (row) => (
        <Button
          look="quiet"
          icon="list"
          aria-label={`Roster of ${row.name}, ${formatDayTime(row.startsAt, row.timeZone)}`}
          onClick={() => go('/schedule/groups', { id: row.sessionId })}
        >
          Roster
        </Button>
      ),
    },
  ];
  return (
    <DataTable
      label="Group sessions"
      columns={columns}
      rows={read.data?.sessions}
      rowKey={(row) => row.sessionId}
      failure={failureOf(read)}
      empty={
        <Empty
          icon="people"
          title="No group session ahead"
          text="Plan one: a class or a group visit with so many places, led by one physician."
        />
      }
    />
  );
}

export function Places({ session }: { session: Session }) {
  const left = session.capacity - session.taken;
  if (session.cancelled) return <Tag sign="✕">cancelled</Tag>;
  return (
    <Tag tone={left > 0 ? 'good' : 'wait'} sign={left > 0 ? '◇' : '●'}>
      {session.taken}/{session.capacity}
      {left > 0 ? '' : ' full'}
    </Tag>
  );
}

export function GroupsHelp() {
  return (
    <div className="sc-help">
      <p>
        A group session is led by one physician and has so many places; the day shows it as one block with the
        places taken. Book people into it from its roster. A full one says so and names the next with a place.
      </p>
      <p>
        On the roster each is checked in, or the whole session is cancelled with one reason; that is undone as
        a whole while nobody changed one of those visits since. A session is moved with everyone in it, or not
        at all: whoever has another visit then is named by place. In the line: <b>smith jo group diabetes</b>.
      </p>
    </div>
  );
}
