import '../../web/flow.css';
import { useState } from 'react';
import { useRead, useWrite } from '../../../../../platform/web/use-office.ts';
import { Button } from '../../../../../ui/button.tsx';
import { useConfirm } from '../../../../../ui/confirm.tsx';
import { DataTable, type TableColumn } from '../../../../../ui/data-table.tsx';
import { Empty } from '../../../../../ui/empty.tsx';
import { formatAgo } from '../../../../../ui/format.ts';
import { useToast } from '../../../../../ui/toast.tsx';
import { failureOf, Section } from '../../../../practice/web/settings-page.tsx';
import { listWalls, revokeWall } from '../api.ts';
import type { WallRow } from '../schema.ts';
import { NewWallDialog, WallAddressDialog } from './wall-dialogs.tsx';

const topics = ['walls', 'practice'];

/** Screens that everyone sees, each with an address that only reads. */
export function WallAddresses() {
  const read = useRead(listWalls, {}, { topics });
  const [isMaking, setMaking] = useState(false);
  const [path, setPath] = useState<string | null>(null);
  const stop = useStop();
  const made = (address: string) => {
    setMaking(false);
    setPath(address);
  };
  return (
    <Section
      title="Screens on the wall"
      text="Who waits, by initials and minutes, for a screen that everyone sees. It reads by a secret address and can do nothing else; of a restricted record it shows no initials."
    >
      <DataTable
        label="Screens on the wall"
        columns={columnsWith(stop)}
        rows={read.data?.walls}
        rowKey={(row) => row.wallId}
        failure={failureOf(read)}
        empty={
          <Empty icon="screen" title="No screen yet" text="Make an address and open it on the screen." />
        }
      />
      <p className="fl-walls-new">
        <Button icon="plus" onClick={() => setMaking(true)}>
          Make an address
        </Button>
      </p>
      {isMaking && <NewWallDialog onClose={() => setMaking(false)} onMade={made} />}
      {path && <WallAddressDialog path={path} onClose={() => setPath(null)} />}
    </Section>
  );
}

function useStop() {
  const { mutateAsync: revoke } = useWrite(revokeWall, { touches: topics });
  const ask = useConfirm();
  const toast = useToast();
  return async ({ wallId, name }: WallRow) => {
    const question = {
      title: `Stop the screen “${name}”?`,
      text: 'Its address leads nowhere from now on. This cannot be undone; make a new one instead.',
      confirmLabel: 'Stop it',
      danger: true,
    };
    if (!(await ask(question))) return;
    await revoke({ params: { wallId }, body: {} }).then(
      () => toast.done(`The screen “${name}” has stopped.`),
      (error: Error) => toast.refused(error.message),
    );
  };
}

function columnsWith(stop: (row: WallRow) => Promise<void>): TableColumn<WallRow>[] {
  return [
    { id: 'name', header: 'Screen', main: true, cell: (row) => row.name },
    { id: 'site', header: 'Shows', cell: (row) => row.siteName || 'all sites' },
    {
      id: 'read',
      header: 'Last read',
      cell: ({ readAt }) => (readAt ? formatAgo(readAt, Date.now()) : 'never'),
    },
    {
      id: 'acts',
      header: 'Address',
      cell: (row) => (
        <Button look="quiet" aria-label={`Stop the screen ${row.name}`} onClick={() => void stop(row)}>
          Stop
        </Button>
      ),
    },
  ];
}
