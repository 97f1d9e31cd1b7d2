import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatPhone } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { getPractice, listSites, orderSites } from '../api.ts';
import type { SiteRow } from '../schema.ts';
import { OrderButtons } from './order-buttons.tsx';
import { PracticeDialog } from './practice-dialog.tsx';
import { failureOf, Section } from './settings-page.tsx';
import { SiteDialog } from './site-dialog.tsx';
import { zoneLabel } from './zones.ts';

const topics = ['practice'];

export function SitesPage() {
  return (
    <>
      <PracticeSection />
      <SitesSection />
    </>
  );
}

function PracticeSection() {
  const read = useRead(getPractice, {}, { topics });
  const [editing, setEditing] = useState(false);
  const practice = read.data;
  const failure = failureOf(read);
  return (
    <Section
      title="The practice"
      actions={
        practice && (
          <Button icon="edit" onClick={() => setEditing(true)}>
            Change
          </Button>
        )
      }
    >
      {failure && <Failure {...failure} />}
      {!practice && !failure && <Skeleton rows={3} />}
      {practice && (
        <dl className="set-facts">
          <dt>Name</dt>
          <dd>{practice.name}</dd>
          <dt>Phone</dt>
          <dd>{formatPhone(practice.phone) || 'none yet'}</dd>
          <dt>Time zone</dt>
          <dd>{zoneLabel(practice.timeZone)}</dd>
        </dl>
      )}
      {practice && editing && <PracticeDialog practice={practice} onClose={() => setEditing(false)} />}
    </Section>
  );
}

function SitesSection() {
  const { timeZone } = useSession();
  const toast = useToast();
  const read = useRead(listSites, {}, { topics });
  const order = useWrite(orderSites, { touches: ['practice', 'setup'] });
  const [opened, setOpened] = useState<SiteRow | 'new' | null>(null);
  const sites = read.data?.sites;
  const ids = sites?.map((site) => site.siteId) ?? [];
  const move = (next: string[]) =>
    order.mutate({ body: { ids: next } }, { onError: (error) => toast.refused(error.message) });
  const columns: TableColumn<SiteRow>[] = [
    { id: 'name', header: 'Site', main: true, cell: (site) => site.name },
    { id: 'zone', header: 'Time zone', cell: (site) => zoneLabel(site.timeZone) },
    { id: 'phone', header: 'Phone', cell: (site) => formatPhone(site.phone) },
    { id: 'address', header: 'Address', cell: (site) => addressLine(site) },
    { id: 'use', header: 'Use', cell: (site) => (site.active ? 'in use' : <Tag sign="–">out of use</Tag>) },
    {
      id: 'order',
      header: 'Order',
      width: 90,
      cell: (site) => <OrderButtons ids={ids} id={site.siteId} name={site.name} onOrder={move} />,
    },
  ];
  return (
    <Section
      title="Sites"
      text="Each place where patients are seen, with its own time zone. The first is where new hours begin."
      actions={
        <Button look="go" icon="plus" onClick={() => setOpened('new')}>
          Add a site
        </Button>
      }
    >
      <DataTable
        label="Sites"
        columns={columns}
        rows={sites}
        rowKey={(site) => site.siteId}
        onOpen={setOpened}
        failure={failureOf(read)}
        empty={<Empty icon="building" title="No site yet" text="Add the place where patients are seen." />}
      />
      {opened && (
        <SiteDialog
          site={opened === 'new' ? null : opened}
          timeZone={timeZone}
          onClose={() => setOpened(null)}
        />
      )}
    </Section>
  );
}

function addressLine({ address }: SiteRow): string {
  const { line1, line2, city, state, zip } = address;
  return [line1, line2, city, `${state} ${zip}`.trim()].filter((part) => part !== '').join(', ');
}
