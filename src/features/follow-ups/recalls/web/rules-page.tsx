import '../../../schedule/setup/web/setup.css';
import '../../web/follow-ups.css';
import { useState } from 'react';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { formatDate } from '../../../../ui/format.ts';
import { Tag } from '../../../../ui/tag.tsx';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { listVisitTypes } from '../../../schedule/setup/api.ts';
import { listRecallRules } from '../api.ts';
import { afterWords, ageWords } from '../rules.ts';
import type { RecallRule } from '../schema.ts';
import { RuleDialog } from './rule-dialog.tsx';

/** Who is called back, after which visits and how long. */
export function RecallRulesPage() {
  const read = useRead(listRecallRules, {}, { topics: ['recall-rules'] });
  const readTypes = useRead(listVisitTypes, {}, { topics: ['setup'] });
  const types = readTypes.data?.visitTypes;
  const [opened, setOpened] = useState<RecallRule | 'new' | null>(null);
  const add = (
    <Button look="go" icon="plus" onClick={() => setOpened('new')}>
      Add a rule
    </Button>
  );
  const names = new Map((types ?? []).map((type) => [type.visitTypeId, type.name] as const));
  return (
    <Section
      title="Recalls"
      text="Who is called back so long after a completed visit. Whoever is due stands on Follow-ups."
      actions={add}
    >
      <DataTable
        label="Recall rules"
        columns={columnsFor(names)}
        rows={types && read.data?.rules}
        rowKey={(rule) => rule.recallRuleId}
        onOpen={setOpened}
        failure={failureOf(read) ?? failureOf(readTypes)}
        empty={
          <Empty
            icon="redo"
            title="No recall yet"
            text="Say whom to call back: everyone twelve months after a physical, diabetics three months after a check."
            action={add}
          />
        }
      />
      {opened && types && (
        <RuleDialog rule={opened === 'new' ? null : opened} types={types} onClose={() => setOpened(null)} />
      )}
    </Section>
  );
}

function columnsFor(names: ReadonlyMap<string, string>): TableColumn<RecallRule>[] {
  const nameOf = (id: string) => names.get(id) ?? '';
  return [
    { id: 'name', header: 'Recall', main: true, cell: (rule) => rule.name },
    { id: 'for', header: 'For', cell: (rule) => nameOf(rule.visitTypeId) },
    { id: 'when', header: 'After', cell: (rule) => afterWords(rule) },
    { id: 'types', header: 'Since', cell: (rule) => rule.afterTypeIds.map(nameOf).join(', ') },
    {
      id: 'who',
      header: 'Whom',
      cell: (rule) => {
        const ages = ageWords(rule);
        return ages ? `age ${ages}` : 'everyone';
      },
    },
    { id: 'with', header: 'With', cell: (rule) => (rule.samePhysician ? 'the same physician' : 'anyone') },
    {
      id: 'use',
      header: 'Use',
      cell: ({ active, untilOn }) => {
        if (!active) return <Tag sign="–">out of use</Tag>;
        return untilOn ? `until ${formatDate(untilOn)}` : 'in use';
      },
    },
  ];
}
