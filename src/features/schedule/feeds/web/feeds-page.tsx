import { Select } from '@mantine/core';
import { useState } from 'react';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { useConfirm } from '../../../../ui/confirm.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { formatAgo } from '../../../../ui/format.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { changeFeedSettings, listFeeds, makeFeed, revokeFeed } from '../api.ts';
import type { FeedNames, FeedRow, FeedSettings } from '../schema.ts';
import { FeedAddressDialog } from './feed-dialogs.tsx';

const topics = ['feeds', 'setup'];

/** Who reads their visits in another calendar, and what it says there. */
export function FeedsPage() {
  const read = useRead(listFeeds, {}, { topics });
  const [path, setPath] = useState<string | null>(null);
  const acts = useFeedActs(setPath);
  return (
    <>
      <Section
        title="Calendar feeds"
        text="A physician’s visits in their own calendar, by a secret address that the program there reads. It only reads: nothing is changed from outside."
      >
        <DataTable
          label="Calendar feeds"
          columns={columnsWith(acts)}
          rows={read.data?.feeds}
          rowKey={(row) => row.physicianId}
          failure={failureOf(read)}
          empty={
            <Empty icon="calendar" title="No physician yet" text="Put a physician on the schedule first." />
          }
        />
      </Section>
      <Section
        title="What the feeds say of patients"
        text="A feed leaves the building: calendars are synced to phones and shown on screens."
      >
        {read.data ? <NamesChoice settings={read.data.settings} /> : !read.error && <Skeleton rows={1} />}
      </Section>
      {path && <FeedAddressDialog path={path} onClose={() => setPath(null)} />}
    </>
  );
}

const nameChoices: { value: FeedNames; label: string }[] = [
  { value: 'none', label: 'Nothing: only the visit type and the place' },
  { value: 'initials', label: 'Initials' },
  { value: 'names', label: 'First and last name' },
];

function NamesChoice({ settings }: { settings: FeedSettings }) {
  const { mutateAsync: change } = useWrite(changeFeedSettings, { touches: topics });
  const toast = useToast();
  const ask = useConfirm();
  const choose = async (names: FeedNames) => {
    const question = {
      title: 'Let names leave the office?',
      text: 'Every calendar that reads a feed will hold patients’ names, on devices that you may not control.',
      confirmLabel: 'Show names',
    };
    if (names === 'names' && !(await ask(question))) return;
    await change({ body: { names, version: settings.version } }).then(
      () => toast.done('The feeds say so from the next time that they are read.'),
      (error: Error) => toast.refused(error.message),
    );
  };
  return (
    <Select
      label="In a feed a visit shows"
      maw={420}
      allowDeselect={false}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      data={nameChoices}
      value={settings.names}
      onChange={(value) => {
        const names = nameChoices.find((one) => one.value === value)?.value;
        if (names && names !== settings.names) void choose(names);
      }}
    />
  );
}

type Acts = { make: (row: FeedRow) => Promise<void>; stop: (row: FeedRow) => Promise<void> };

function useFeedActs(show: (path: string) => void): Acts {
  const { mutateAsync: make } = useWrite(makeFeed, { touches: topics });
  const { mutateAsync: revoke } = useWrite(revokeFeed, { touches: topics });
  const ask = useConfirm();
  const toast = useToast();
  const failed = (error: unknown) =>
    toast.refused(error instanceof Error ? error.message : 'That did not work. Try again.');
  return {
    make: async ({ physicianId, physicianName, feed }) => {
      const question = {
        title: `A new address for ${physicianName}?`,
        text: 'The address of before stops at once: calendars that read it show nothing new.',
        confirmLabel: 'Make a new one',
      };
      if (feed && !(await ask(question))) return;
      await make({ body: { physicianId } }).then(({ path }) => show(path), failed);
    },
    stop: async ({ physicianName, feed }) => {
      if (!feed) return;
      const question = {
        title: `Stop the feed of ${physicianName}?`,
        text: 'Its address leads nowhere from now on. This cannot be undone; make a new one instead.',
        confirmLabel: 'Stop it',
        danger: true,
      };
      if (!(await ask(question))) return;
      await revoke({ params: { feedId: feed.feedId }, body: {} }).then(
        () => toast.done(`The feed of ${physicianName} has stopped.`),
        failed,
      );
    },
  };
}

function columnsWith({ make, stop }: Acts): TableColumn<FeedRow>[] {
  return [
    { id: 'name', header: 'Physician', main: true, cell: (row) => row.physicianName },
    {
      id: 'read',
      header: 'Last read',
      cell: ({ feed }) =>
        feed ? (
          feed.readAt ? (
            formatAgo(feed.readAt, Date.now())
          ) : (
            'never'
          )
        ) : (
          <span className="ui-dim">no feed</span>
        ),
    },
    {
      id: 'acts',
      header: 'Address',
      cell: (row) => (
        <span className="set-tags">
          <Button
            look="quiet"
            aria-label={`${row.feed ? 'New address' : 'Make an address'} for ${row.physicianName}`}
            onClick={() => void make(row)}
          >
            {row.feed ? 'New address' : 'Make an address'}
          </Button>
          {row.feed && (
            <Button
              look="quiet"
              aria-label={`Stop the feed of ${row.physicianName}`}
              onClick={() => void stop(row)}
            >
              Stop
            </Button>
          )}
        </span>
      ),
    },
  ];
}
