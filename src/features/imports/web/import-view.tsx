import { useState } from 'react';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { failureOf, Section } from '../../practice/web/settings-page.tsx';
import { readImport, undoImport } from '../api.ts';
import { problemText } from '../rules.ts';
import type { ImportRow, LineProblem } from '../schema.ts';
import { saveFaultFile } from './files.ts';
import { PlanForm } from './plan-form.tsx';
import { countWords, isUnderWay, stateWords } from './words.ts';

type ImportViewProps = { importId: string; onClose: () => void };

/** One file: what its columns hold, what would become of it, how it goes in, and taking it back. */
export function ImportView({ importId, onClose }: ImportViewProps) {
  const input = { params: { id: importId } };
  const read = useRead(readImport, input, { topics: ['imports'], keys: [importId] });
  const failure = failureOf(read);
  if (failure) return <Failure {...failure} />;
  if (!read.data) return <Skeleton rows={8} />;
  const { import: one, samples, problems, keptMrns, keptContacts } = read.data;
  const isOpen = one.hasFile && (one.state === 'ready' || one.state === 'checked');
  return (
    <>
      <Section
        title={one.fileName}
        actions={
          <>
            {one.state === 'done' && one.made > 0 && <UndoButton importId={importId} made={one.made} />}
            <Button onClick={onClose}>Back to the list</Button>
          </>
        }
      >
        <Outcome {...{ one, keptMrns, keptContacts }} />
      </Section>
      {isOpen && <PlanForm key={importId} one={one} samples={samples} />}
      {one.faults + one.alike > 0 && <Problems one={one} problems={problems} />}
    </>
  );
}

type OutcomeProps = { one: ImportRow; keptMrns: string[]; keptContacts: string[] };

function Outcome({ one, keptMrns, keptContacts }: OutcomeProps) {
  if (isUnderWay(one.state)) {
    const undoing = one.state === 'undoing';
    return (
      <Progress
        done={undoing ? one.removed + one.kept : one.percent}
        total={undoing ? one.made : 100}
        label={
          undoing ? 'Being taken back' : `${one.rowsRead.toLocaleString('en-US')} lines, percent of the file`
        }
      />
    );
  }
  const { text, tone } = stateWords[one.state];
  return (
    <>
      <p role="status">
        <Tag tone={tone}>{text}</Tag> {one.state !== 'ready' && countWords(one)}
      </p>
      {keptMrns.length > 0 && <p>Changed or used since, so kept: MRN {keptMrns.join(', ')}</p>}
      {keptContacts.length > 0 && <p>Changed or named since, so kept: {keptContacts.join('; ')}</p>}
    </>
  );
}

function UndoButton({ importId, made }: { importId: string; made: number }) {
  const undo = useWrite(undoImport, { touches: ['imports'] });
  const ask = useConfirm();
  const press = async () => {
    await ask({
      title: 'Take this import back?',
      text: `${made.toLocaleString('en-US')} records that it made go again, except those that were changed or used since.`,
      confirmLabel: 'Take it back',
      danger: true,
      run: () => undo.mutateAsync({ params: { id: importId } }),
    });
  };
  return (
    <Button look="danger" icon="undo" busy={undo.isPending} onClick={() => void press()}>
      Take it back
    </Button>
  );
}

const columns: TableColumn<LineProblem>[] = [
  { id: 'line', header: 'Line', width: 90, align: 'end', cell: (row) => row.line.toLocaleString('en-US') },
  { id: 'what', header: 'What is wrong', main: true, cell: (row) => problemText(row.problems) },
  {
    id: 'outcome',
    header: 'Why it stays out',
    width: 220,
    cell: (row) =>
      row.outcome === 'alike' ? <Tag tone="wait">likely the same</Tag> : <Tag tone="wrong">to mend</Tag>,
  },
];

function Problems({ one, problems }: { one: ImportRow; problems: LineProblem[] }) {
  const [saving, setSaving] = useState(false);
  const toast = useToast();
  const all = one.faults + one.alike;
  const save = async () => {
    setSaving(true);
    await saveFaultFile(one.importId).catch((error: Error) => toast.refused(error.message));
    setSaving(false);
  };
  return (
    <Section
      title="Lines that stay out"
      text={
        problems.length < all
          ? `The first ${problems.length} of ${all.toLocaleString('en-US')}; the file holds them all.`
          : 'The file holds these lines as they stand, each with what is wrong. Mend them there and choose it again.'
      }
      actions={
        <Button icon="document" busy={saving} onClick={() => void save()}>
          Save these lines as a file
        </Button>
      }
    >
      <DataTable
        label="Lines that stay out"
        columns={columns}
        rows={problems}
        rowKey={(row) => String(row.line)}
      />
    </Section>
  );
}
