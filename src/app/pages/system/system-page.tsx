import './system.css';
import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Failure } from '../../../ui/failure.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { getUpkeep, type Upkeep } from './api.ts';
import { BackupsPart } from './backups-part.tsx';

const megabytes = (bytes: number) => `${(bytes / 1_048_576).toFixed(0)} MB`;

function SystemPage() {
  const { line } = useSlots();
  const read = useRead(getUpkeep, {}, { topics: ['jobs', 'practice', 'backups'] });
  return (
    <>
      <PageHeader title="System" small="how the office itself is doing" tabTitle="System" line={line} />
      <PageBody>
        {read.error && <Failure message={read.error.message} onRetry={() => read.refetch()} />}
        {!read.data && !read.error && <Skeleton rows={8} />}
        {read.data && <UpkeepFacts upkeep={read.data} />}
        <BackupsPart />
      </PageBody>
    </>
  );
}

function UpkeepFacts({ upkeep }: { upkeep: Upkeep }) {
  const { timeZone } = useSession();
  const { queue, lastBackup, demo } = upkeep;
  const rows: [string, React.ReactNode][] = [
    ['Version', upkeep.version],
    ['Running since', formatDayTime(upkeep.startedAt, timeZone)],
    [
      'Storage',
      upkeep.storage === 'embedded' ? 'Embedded, in the data folder of this machine' : 'PostgreSQL server',
    ],
    [
      'Data',
      `${megabytes(upkeep.databaseBytes)} in the database, ${megabytes(upkeep.memoryBytes)} of memory`,
    ],
    ['Last backup', <LastBackup key="backup" backup={lastBackup} timeZone={timeZone} />],
    ['Queue', `${queue.waiting} waiting`],
    [
      'Failed jobs',
      queue.dead === 0 ? (
        <Tag key="dead" tone="good">
          none
        </Tag>
      ) : (
        <Tag key="dead" tone="wrong">{`${queue.dead}: see Today`}</Tag>
      ),
    ],
    ['Audit', <code key="audit">{`${upkeep.auditHead.seq}:${upkeep.auditHead.mac}`}</code>],
  ];
  return (
    <>
      <dl className="system-facts">
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {demo && demo.done < demo.total && (
        <Progress done={demo.done} total={demo.total} label="Playing the demo’s past and coming months" />
      )}
    </>
  );
}

function LastBackup({ backup, timeZone }: { backup: Upkeep['lastBackup']; timeZone: string }) {
  if (!backup) return <Tag tone="wait">none yet: run “frontdesk backup” with a file name</Tag>;
  return (
    <>
      {formatDayTime(backup.at, timeZone)}, {backup.file}, {megabytes(backup.bytes)}
    </>
  );
}

export const systemPages: readonly DeskPage[] = [
  {
    path: '/system',
    title: 'System',
    permission: 'office.upkeep',
    Page: SystemPage,
    rail: { label: 'System', icon: 'screen', order: 90 },
    help: (
      <p>
        Plan the backups: every day at a time, into a folder, sealed by a passphrase that you keep apart. One
        that is missing, late or failed stands on Today, and so does a restore that nobody tried for long. By
        hand: “frontdesk backup &lt;file&gt;”, also while the office works. Copy the audit’s number and code
        to paper now and then: “frontdesk audit verify --head” checks against it. A job that keeps failing
        shows up on Today.
      </p>
    ),
  },
];
