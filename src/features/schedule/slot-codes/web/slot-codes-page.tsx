import '../../setup/web/setup.css';
import { useState } from 'react';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { OrderButtons } from '../../../practice/web/order-buttons.tsx';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { listVisitTypes } from '../../setup/api.ts';
import type { VisitTypeRow } from '../../setup/schema.ts';
import { listSlotCodes, orderSlotCodes } from '../api.ts';
import { releaseText } from '../rules.ts';
import type { SlotCodeRow } from '../schema.ts';
import { MayOverride } from './may-override.tsx';
import { SlotCodeDialog } from './slot-code-dialog.tsx';

const topics = ['setup'];

export function SlotCodesPage() {
  const toast = useToast();
  const read = useRead(listSlotCodes, {}, { topics });
  const types = useRead(listVisitTypes, {}, { topics }).data?.visitTypes;
  const order = useWrite(orderSlotCodes, { touches: topics });
  const [opened, setOpened] = useState<SlotCodeRow | 'new' | null>(null);
  const codes = read.data?.slotCodes;
  const ids = codes?.map((code) => code.slotCodeId) ?? [];
  const move = (next: string[]) =>
    order.mutate({ body: { ids: next } }, { onError: (error) => toast.refused(error.message) });
  const add = (
    <Button look="go" icon="plus" onClick={() => setOpened('new')}>
      Add a slot code
    </Button>
  );
  return (
    <Section
      title="Slot codes"
      text={
        <>
          What parts of the hours are kept for. Put them behind hours, like 8-9 NP, under Hours or Templates.{' '}
          <MayOverride permission="visits.override-slots" what="into kept time" />
        </>
      }
      actions={add}
    >
      <DataTable
        label="Slot codes"
        columns={[
          ...columnsFor(types ?? []),
          {
            id: 'order',
            header: 'Order',
            width: 90,
            cell: (code) => <OrderButtons ids={ids} id={code.slotCodeId} name={code.code} onOrder={move} />,
          },
        ]}
        rows={codes}
        rowKey={(code) => code.slotCodeId}
        onOpen={setOpened}
        failure={failureOf(read)}
        empty={
          <Empty
            icon="clock"
            title="All time is open to every visit"
            text="Begin with two that most offices have: NP for new patients, URG for the urgent ones of the day."
            action={add}
          />
        }
      />
      {opened && types && (
        <SlotCodeDialog
          code={opened === 'new' ? null : opened}
          types={types.filter((type) => type.active)}
          onClose={() => setOpened(null)}
        />
      )}
    </Section>
  );
}

function columnsFor(types: readonly VisitTypeRow[]): TableColumn<SlotCodeRow>[] {
  const nameOf = (id: string) => types.find((type) => type.visitTypeId === id)?.name ?? '';
  return [
    {
      id: 'code',
      header: 'Code',
      main: true,
      cell: (code) => (
        <span>
          <i className="set-dot" style={{ background: code.color }} />
          {code.code}
        </span>
      ),
    },
    { id: 'name', header: 'Kept for', cell: (code) => code.name },
    {
      id: 'types',
      header: 'May be booked',
      cell: (code) => code.visitTypeIds.map(nameOf).join(', ') || 'every visit type',
    },
    {
      id: 'release',
      header: 'Release',
      cell: (code) => (code.visitTypeIds.length > 0 ? releaseText(code) || 'stays kept' : ''),
    },
    {
      id: 'use',
      header: 'Use',
      cell: (code) => (code.active ? 'in use' : <Tag sign="–">out of use</Tag>),
    },
  ];
}
