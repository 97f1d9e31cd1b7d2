import { useState } from 'react';
import { useAddress } from '../../../../platform/web/address.ts';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { listSites } from '../../../practice/api.ts';
import { OrderButtons } from '../../../practice/web/order-buttons.tsx';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { listResources, orderResources } from '../api.ts';
import type { ResourceKind, ResourceRow } from '../schema.ts';
import { ResourceDialog } from './resource-dialog.tsx';
import { resourceWords } from './resource-words.ts';

type Opened = { kind: ResourceKind; resource: ResourceRow | null };

export function ResourcesPage() {
  const read = useRead(listResources, {}, { topics: ['setup'] });
  const [opened, setOpened] = useState<Opened | null>(null);
  const all = read.data?.resources;
  const taken = new Set(all?.flatMap((one) => one.staffId ?? []));
  const kinds: ResourceKind[] = ['physician', 'room', 'device'];
  return (
    <>
      {kinds.map((kind) => (
        <Section
          key={kind}
          title={resourceWords[kind].many}
          text={resourceWords[kind].text}
          actions={
            <Button
              look={kind === 'physician' ? 'go' : 'plain'}
              icon="plus"
              onClick={() => setOpened({ kind, resource: null })}
            >
              Add a {resourceWords[kind].one}
            </Button>
          }
        >
          <ResourceTable
            kind={kind}
            rows={all?.filter((one) => one.kind === kind)}
            failure={failureOf(read)}
            onOpen={(resource) => setOpened({ kind, resource })}
          />
        </Section>
      ))}
      {opened && <ResourceDialog {...opened} taken={taken} onClose={() => setOpened(null)} />}
    </>
  );
}

type ResourceTableProps = {
  kind: ResourceKind;
  rows: ResourceRow[] | undefined;
  failure: ReturnType<typeof failureOf>;
  onOpen: (resource: ResourceRow) => void;
};

function ResourceTable({ kind, rows, failure, onOpen }: ResourceTableProps) {
  const { go } = useAddress();
  const toast = useToast();
  const sites = useRead(listSites, {}, { topics: ['practice'] }).data?.sites;
  const order = useWrite(orderResources, { touches: ['setup'] });
  const ids = rows?.map((one) => one.resourceId) ?? [];
  const move = (next: string[]) =>
    order.mutate({ body: { ids: next } }, { onError: (error) => toast.refused(error.message) });
  const columns: TableColumn<ResourceRow>[] = [
    { id: 'name', header: 'Name', main: true, cell: (one) => one.name },
    ...(kind === 'physician'
      ? []
      : [
          {
            id: 'site',
            header: 'Stands at',
            cell: (one: ResourceRow) => sites?.find((site) => site.siteId === one.siteId)?.name ?? '',
          },
        ]),
    { id: 'capacity', header: 'At once', align: 'end', width: 90, cell: (one) => one.capacity },
    {
      id: 'use',
      header: 'Use',
      cell: (one) => (one.active ? 'in use' : <Tag sign="–">out of use</Tag>),
    },
    {
      id: 'hours',
      header: 'Hours',
      cell: (one) => (
        <Button
          look="quiet"
          icon="clock"
          aria-label={`Hours of ${one.name}`}
          onClick={() => go('/settings/hours', { resource: one.resourceId })}
        >
          Hours
        </Button>
      ),
    },
    {
      id: 'order',
      header: 'Order',
      width: 90,
      cell: (one) => <OrderButtons ids={ids} id={one.resourceId} name={one.name} onOrder={move} />,
    },
  ];
  const words = resourceWords[kind];
  return (
    <DataTable
      label={words.many}
      columns={columns}
      rows={rows}
      rowKey={(one) => one.resourceId}
      onOpen={onOpen}
      failure={failure}
      empty={<Empty icon={words.icon} title={`No ${words.many.toLowerCase()} yet`} text={words.empty} />}
    />
  );
}
