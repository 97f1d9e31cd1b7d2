import './imports.css';
import { useRef, useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { CallFailed } from '../../../platform/web/call.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { Tag } from '../../../ui/tag.tsx';
import { failureOf, Section } from '../../practice/web/settings-page.tsx';
import { listImports } from '../api.ts';
import type { ImportRow } from '../schema.ts';
import { sendFile } from './files.ts';
import { ImportView } from './import-view.tsx';
import { countWords, kindLabels, stateWords } from './words.ts';

const page = '/settings/imports';

export function ImportsPage() {
  const { search, go } = useAddress();
  const open = (importId: string) => go(page, { import: importId });
  if (search.import) return <ImportView importId={search.import} onClose={() => go(page)} />;
  return (
    <>
      <ChooseFile onSent={open} />
      <PastImports onOpen={open} />
    </>
  );
}

function ChooseFile({ onSent }: { onSent: (importId: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const send = async (file: File | undefined) => {
    if (!file) return;
    setSending(true);
    setFailure(null);
    try {
      onSent(await sendFile(file));
    } catch (error) {
      setFailure(
        error instanceof CallFailed ? error.message : 'This file could not be sent. Choose it again.',
      );
    } finally {
      setSending(false);
    }
  };
  return (
    <Section
      title="Bring records in"
      text="A CSV table of another system, up to 100 MB; its first line names the columns. People first, then their coming visits; doctors and organizations whenever you like. Nothing goes in before you have seen what would."
      actions={
        <Button look="go" icon="plus" busy={sending} onClick={() => input.current?.click()}>
          {sending ? 'Sending the file' : 'Choose a file'}
        </Button>
      }
    >
      <input
        ref={input}
        className="imp-file"
        type="file"
        accept=".csv,.txt,.tsv,text/csv"
        aria-label="CSV file"
        tabIndex={-1}
        onChange={(event) => {
          void send(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      {failure && <Failure message={failure} />}
    </Section>
  );
}

function PastImports({ onOpen }: { onOpen: (importId: string) => void }) {
  const read = useRead(listImports, {}, { topics: ['imports'] });
  const { timeZone } = useSession();
  const columns: TableColumn<ImportRow>[] = [
    { id: 'at', header: 'When', cell: (one) => formatDayTime(one.createdAt, timeZone) },
    { id: 'file', header: 'File', main: true, cell: (one) => one.fileName },
    { id: 'kind', header: 'What', cell: (one) => kindLabels[one.kind] },
    {
      id: 'state',
      header: 'State',
      cell: (one) => <Tag tone={stateWords[one.state].tone}>{stateWords[one.state].text}</Tag>,
    },
    { id: 'counts', header: 'Lines', cell: countWords },
    { id: 'by', header: 'By', cell: (one) => one.byName || 'command line' },
  ];
  return (
    <Section title="Brought in so far">
      <DataTable
        label="Imports"
        columns={columns}
        rows={read.data?.imports}
        rowKey={(one) => one.importId}
        onOpen={(one) => onOpen(one.importId)}
        failure={failureOf(read)}
        empty={<Empty icon="document" title="Nothing yet" text="Choose a file to begin." />}
      />
    </Section>
  );
}
