import { useState } from 'react';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatClock, formatCount, formatDay, formatDayTime } from '../../../../ui/format.ts';
import { clockMinutes } from '../../../../ui/parse.ts';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { readPackets, writePacketNow } from '../api.ts';
import type { PacketFile, PacketState } from '../schema.ts';
import { PacketDialog } from './packet-dialog.tsx';

const topics = ['packets'];

/** The paper for a day without the office: when it is written, where, and what is there. */
export function PacketPage() {
  const read = useRead(readPackets, {}, { topics });
  const [editing, setEditing] = useState(false);
  const { mutateAsync: write, isPending } = useWrite(writePacketNow, { touches: topics });
  const toast = useToast();
  const writeNow = () =>
    write({}).then(
      ({ file, fault }) =>
        fault ? toast.refused(`It could not be written: ${fault}.`) : toast.done(`Written: ${file}.`),
      (error: Error) => toast.refused(error.message),
    );
  const failure = failureOf(read);
  if (failure) return <Failure {...failure} />;
  if (!read.data) return <Skeleton rows={8} />;
  return (
    <>
      <Section
        title="Downtime packet"
        text="What the office works from when its computers are away: the next open day of every physician, with phones and alerts, as a PDF."
        actions={
          <>
            <Button icon="edit" onClick={() => setEditing(true)}>
              Change
            </Button>
            <Button look="go" icon="print" busy={isPending} onClick={() => void writeNow()}>
              Write now
            </Button>
          </>
        }
      >
        <Facts state={read.data} />
      </Section>
      <Section title="What is there">
        <DataTable
          label="Packets"
          columns={columns}
          rows={read.data.files}
          rowKey={(file) => file.name}
          empty={
            <Empty icon="print" title="No packet yet" text="The first is written this evening, or now." />
          }
        />
      </Section>
      {editing && <PacketDialog settings={read.data.settings} onClose={() => setEditing(false)} />}
    </>
  );
}

function Facts({ state }: { state: PacketState }) {
  const { timeZone } = useSession();
  const { settings, place, fault, triedAt, writtenAt } = state;
  const at = formatClock(clockMinutes(settings.atLocal));
  const when = settings.enabled ? `Every day at ${at}` : 'Not written';
  return (
    <dl className="set-facts">
      <dt>When</dt>
      <dd>{when}</dd>
      <dt>Holds</dt>
      <dd>{settings.openDays === 1 ? 'the next open day' : `the next ${settings.openDays} open days`}</dd>
      <dt>Folder</dt>
      <dd>
        <code>{place}</code>, {formatCount(settings.keep, 'packet')} kept
      </dd>
      <dt>Opens</dt>
      <dd>
        {settings.hasPassword
          ? 'with its password'
          : 'for the account that runs the office, without a password'}
      </dd>
      <dt>Last</dt>
      <dd>
        {fault && triedAt ? (
          <Tag tone="wrong">{`${formatDayTime(triedAt, timeZone)}: ${fault}`}</Tag>
        ) : writtenAt ? (
          `written ${formatDayTime(writtenAt, timeZone)}`
        ) : (
          'not written yet'
        )}
      </dd>
    </dl>
  );
}

const columns: TableColumn<PacketFile>[] = [
  { id: 'for', header: 'For', main: true, cell: (file) => formatDay(file.name.slice(9, 19)) },
  { id: 'file', header: 'File', cell: (file) => <code>{file.name}</code> },
  { id: 'size', header: 'Size', cell: (file) => `${Math.max(1, Math.round(file.bytes / 1024))} kB` },
];
