import './setup.css';
import { Select } from '@mantine/core';
import { useState } from 'react';
import type { z } from 'zod';
import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDay } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { listSites } from '../../../practice/api.ts';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { listSlotCodes } from '../../slot-codes/api.ts';
import { listResources, readHours, removeException } from '../api.ts';
import type { ExceptionRow, ResourceRow } from '../schema.ts';
import { ExceptionDialog } from './exception-dialog.tsx';
import { OutsideNote } from './outside-note.tsx';
import { PeriodTable } from './period-table.tsx';
import { resourceWords } from './resource-words.ts';
import { spanWords } from './spans.ts';
import { WeekDialog } from './week-dialog.tsx';
import { periodsOf } from './week-rows.ts';

export type HoursOf = z.output<typeof readHours.answer>;
export type SiteName = { siteId: string; name: string; timeZone: string };

export function HoursPage() {
  const { timeZone } = useSession();
  const { search, go } = useAddress();
  const read = useRead(listResources, {}, { topics: ['setup'] });
  const sites = useRead(listSites, {}, { topics: ['practice'] }).data?.sites.filter((site) => site.active);
  const resources = read.data?.resources.filter((one) => one.active);
  const resource = resources?.find((one) => one.resourceId === search.resource) ?? resources?.[0];
  const failure = failureOf(read);
  if (failure) return <Failure {...failure} />;
  if (!resources || !sites) return <Skeleton rows={8} />;
  return (
    <>
      <OutsideNote sites={sites} fallbackZone={timeZone} />
      {resource ? (
        <>
          <Select
            label="Hours of"
            maw={320}
            mb={16}
            searchable
            allowDeselect={false}
            comboboxProps={{ transitionProps: { duration: 0 } }}
            data={groupsOf(resources)}
            value={resource.resourceId}
            onChange={(id) => id && go('/settings/hours', { resource: id }, { replace: true })}
          />
          <ResourceHours key={resource.resourceId} resource={resource} sites={sites} />
        </>
      ) : (
        <Empty
          icon="clock"
          title="Nobody has hours yet"
          text="Put a physician on the schedule first, then say here when and where."
          action={
            <Button look="go" onClick={() => go('/settings/resources')}>
              Physicians, rooms, devices
            </Button>
          }
        />
      )}
    </>
  );
}

function groupsOf(resources: readonly ResourceRow[]) {
  return (['physician', 'room', 'device'] as const).map((kind) => ({
    group: resourceWords[kind].many,
    items: resources
      .filter((one) => one.kind === kind)
      .map((one) => ({ value: one.resourceId, label: one.name })),
  }));
}

type Editing = 'week' | 'opening' | 'closing' | null;

function ResourceHours({ resource, sites }: { resource: ResourceRow; sites: readonly SiteName[] }) {
  const query = { resourceId: resource.resourceId };
  const topics = { topics: ['setup'] };
  const read = useRead(readHours, { query }, topics);
  const codes = useRead(listSlotCodes, {}, topics).data?.slotCodes;
  const [editing, setEditing] = useState<Editing>(null);
  const hours = read.data?.resource.resourceId === resource.resourceId ? read.data : undefined;
  const failure = failureOf(read);
  if (failure) return <Failure {...failure} />;
  if (!hours || !codes) return <Skeleton rows={6} />;
  const close = () => setEditing(null);
  const periods = periodsOf(hours.weekly, hours.today);
  return (
    <>
      <Section
        title="Weekly hours"
        actions={
          <Button look="go" icon="edit" onClick={() => setEditing('week')}>
            {periods.length === 0 ? 'Set the week' : 'Change the week'}
          </Button>
        }
      >
        {periods.map((period) => (
          <PeriodTable key={period.from} period={period} sites={sites} codes={codes} today={hours.today} />
        ))}
        {periods.length === 0 && <NoHours resource={resource} />}
      </Section>
      <Section
        title="Days that differ"
        text="Vacation, a conference, a Saturday clinic. Closings win over openings."
        actions={
          <>
            <Button icon="minus" onClick={() => setEditing('closing')}>
              Away
            </Button>
            <Button icon="plus" onClick={() => setEditing('opening')}>
              Works another day
            </Button>
          </>
        }
      >
        <Exceptions hours={hours} sites={sites} />
      </Section>
      {editing === 'week' && <WeekDialog hours={hours} sites={sites} codes={codes} onClose={close} />}
      {(editing === 'opening' || editing === 'closing') && (
        <ExceptionDialog hours={hours} sites={sites} kind={editing} onClose={close} />
      )}
    </>
  );
}

function NoHours({ resource }: { resource: ResourceRow }) {
  return resource.kind === 'physician' ? (
    <Empty
      icon="clock"
      title={`${resource.name} has no hours yet`}
      text="Nothing can be booked with them until the week is set."
    />
  ) : (
    <p>
      <Tag tone="calm">always there</Tag> Without hours of its own, {resource.name} can be booked whenever its
      site is open.
    </p>
  );
}

function Exceptions({ hours, sites }: { hours: HoursOf; sites: readonly SiteName[] }) {
  const { mutateAsync: remove } = useWrite(removeException, { touches: ['setup'] });
  const toast = useToast();
  const nameOf = (siteId: string | null) =>
    sites.find((site) => site.siteId === siteId)?.name ?? 'every site';
  const run = ({ exceptionId, version, onDate }: ExceptionRow) =>
    remove({ params: { exceptionId }, body: { version } }).then(
      () => toast.done(`${formatDay(onDate)} is an ordinary day again.`),
      (error: Error) => toast.refused(error.message),
    );
  const columns: TableColumn<ExceptionRow>[] = [
    { id: 'day', header: 'Day', main: true, cell: (row) => formatDay(row.onDate, hours.today) },
    {
      id: 'what',
      header: 'What',
      cell: (row) => (row.kind === 'opening' ? <Tag tone="good">works</Tag> : <Tag tone="wait">away</Tag>),
    },
    {
      id: 'when',
      header: 'When',
      cell: ({ startsLocal, endsLocal }) =>
        startsLocal && endsLocal ? spanWords({ startsLocal, endsLocal }) : 'whole day',
    },
    { id: 'site', header: 'Where', cell: (row) => nameOf(row.siteId) },
    { id: 'note', header: 'Why', cell: (row) => row.note },
    {
      id: 'remove',
      header: 'Take back',
      cell: (row) => (
        <Button
          look="quiet"
          icon="cross"
          aria-label={`Take back ${formatDay(row.onDate)}`}
          onClick={() => void run(row)}
        />
      ),
    },
  ];
  return (
    <DataTable
      label="Days that differ"
      columns={columns}
      rows={hours.exceptions}
      rowKey={(row) => row.exceptionId}
      empty={<p className="ui-dim">Every day to come follows the week.</p>}
    />
  );
}
