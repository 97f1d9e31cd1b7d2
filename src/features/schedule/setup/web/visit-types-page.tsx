import './setup.css';
import { useState } from 'react';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { formatDuration } from '../../../../ui/format.ts';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { OrderButtons } from '../../../practice/web/order-buttons.tsx';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { listResources, listVisitTypes, orderVisitTypes } from '../api.ts';
import type { ResourceRow, VisitTypeRow } from '../schema.ts';
import { VisitTypeDialog } from './visit-type-dialog.tsx';

const topics = ['setup'];

export function VisitTypesPage() {
  const toast = useToast();
  const read = useRead(listVisitTypes, {}, { topics });
  const resources = useRead(listResources, {}, { topics }).data?.resources;
  const order = useWrite(orderVisitTypes, { touches: topics });
  const [opened, setOpened] = useState<VisitTypeRow | 'new' | null>(null);
  const types = read.data?.visitTypes;
  const ids = types?.map((type) => type.visitTypeId) ?? [];
  const move = (next: string[]) =>
    order.mutate({ body: { ids: next } }, { onError: (error) => toast.refused(error.message) });
  return (
    <Section
      title="Visit types"
      text="What can be booked: how long it takes, who does it and what it needs."
      actions={
        <Button look="go" icon="plus" onClick={() => setOpened('new')}>
          Add a visit type
        </Button>
      }
    >
      <DataTable
        label="Visit types"
        columns={[
          ...columnsFor(resources ?? []),
          {
            id: 'order',
            header: 'Order',
            width: 90,
            cell: (type) => <OrderButtons ids={ids} id={type.visitTypeId} name={type.name} onOrder={move} />,
          },
        ]}
        rows={types}
        rowKey={(type) => type.visitTypeId}
        onOpen={setOpened}
        failure={failureOf(read)}
        empty={
          <Empty
            icon="calendar"
            title="No visit type yet"
            text="Begin with the two that every office has: new patient and follow-up."
          />
        }
      />
      {opened && resources && (
        <VisitTypeDialog
          type={opened === 'new' ? null : opened}
          resources={resources}
          onClose={() => setOpened(null)}
        />
      )}
    </Section>
  );
}

function columnsFor(resources: readonly ResourceRow[]): TableColumn<VisitTypeRow>[] {
  const nameOf = (id: string) => resources.find((one) => one.resourceId === id)?.name ?? '';
  return [
    {
      id: 'name',
      header: 'Visit type',
      main: true,
      cell: (type) => (
        <span>
          <i className="set-dot" style={{ background: type.color }} />
          {type.name}
        </span>
      ),
    },
    { id: 'code', header: 'Code', cell: (type) => type.code },
    { id: 'length', header: 'Length', cell: (type) => lengthOf(type) },
    {
      id: 'who',
      header: 'Who',
      cell: (type) => type.physicianIds.map(nameOf).join(', ') || 'every physician',
    },
    {
      id: 'needs',
      header: 'Needs',
      cell: (type) =>
        type.needs.map((need) => need.resourceIds.map(nameOf).join(' or ') || `a ${need.kind}`).join(', '),
    },
    {
      id: 'use',
      header: 'Use',
      cell: (type) => (type.active ? 'in use' : <Tag sign="–">out of use</Tag>),
    },
  ];
}

function lengthOf(type: VisitTypeRow): string {
  const own = Object.values(type.minutesByPhysician).filter((minutes) => minutes !== type.minutes);
  const [least, most] = [Math.min(type.minutes, ...own), Math.max(type.minutes, ...own)];
  return least === most ? formatDuration(least) : `${least} to ${formatDuration(most)}`;
}
