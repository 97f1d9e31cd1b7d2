import '../../setup/web/setup.css';
import { useState } from 'react';
import { weekdayName } from '../../../../platform/calendar/dates.ts';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { listResources, listVisitTypes } from '../../setup/api.ts';
import { MayOverride } from '../../slot-codes/web/may-override.tsx';
import { listBookingRules } from '../api.ts';
import { whenText } from '../rules.ts';
import type { BookingRuleRow } from '../schema.ts';
import { RuleDialog } from './rule-dialog.tsx';
import { RuleTester } from './rule-tester.tsx';

const topics = ['setup'];

export function BookingRulesPage() {
  const read = useRead(listBookingRules, {}, { topics });
  const types = useRead(listVisitTypes, {}, { topics }).data?.visitTypes.filter((type) => type.active);
  const resources = useRead(listResources, {}, { topics }).data?.resources;
  const physicians = resources?.filter((one) => one.kind === 'physician' && one.active);
  const [opened, setOpened] = useState<BookingRuleRow | 'new' | null>(null);
  const add = (
    <Button look="go" icon="plus" onClick={() => setOpened('new')}>
      Add a rule
    </Button>
  );
  const names = new Map([
    ...(types ?? []).map((type) => [type.visitTypeId, type.name] as const),
    ...(resources ?? []).map((one) => [one.resourceId, one.name] as const),
  ]);
  return (
    <>
      <Section
        title="Rules of booking"
        text={
          <>
            What is not booked when, and how many at most. Searches offer only what fits.{' '}
            <MayOverride permission="visits.override-rules" what="against a rule" />
          </>
        }
        actions={add}
      >
        <DataTable
          label="Rules of booking"
          columns={columnsFor(names)}
          rows={read.data?.bookingRules}
          rowKey={(rule) => rule.ruleId}
          onOpen={setOpened}
          failure={failureOf(read)}
          empty={
            <Empty
              icon="calendar"
              title="No rule yet"
              text="Write down what everyone knows: no physicals on Friday afternoons, two new patients a morning."
              action={add}
            />
          }
        />
      </Section>
      {types && physicians && <RuleTester types={types} physicians={physicians} />}
      {opened && types && physicians && (
        <RuleDialog
          rule={opened === 'new' ? null : opened}
          {...{ types, physicians }}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

function columnsFor(names: ReadonlyMap<string, string>): TableColumn<BookingRuleRow>[] {
  const namesOf = (ids: readonly string[]) => ids.map((id) => names.get(id) ?? '').join(', ');
  const days = (rule: BookingRuleRow) =>
    rule.weekdays.map((day) => weekdayName(day).slice(0, 3)).join(', ') || 'every day';
  return [
    { id: 'words', header: 'Rule', main: true, cell: (rule) => rule.words },
    { id: 'types', header: 'Visits', cell: (rule) => namesOf(rule.visitTypeIds) || 'every visit' },
    {
      id: 'when',
      header: 'When',
      cell: (rule) => [days(rule), whenText(rule)].filter(Boolean).join(', '),
    },
    {
      id: 'who',
      header: 'With',
      cell: (rule) => namesOf(rule.physicianIds) || 'every physician',
    },
    {
      id: 'patients',
      header: 'For',
      cell: ({ patients }) => (patients === 'any' ? 'every patient' : `${patients} patients`),
    },
    {
      id: 'effect',
      header: 'Then',
      cell: ({ effect, limitCount, limitPer }) => {
        const most = limitCount && `beyond ${limitCount} per ${limitPer === 'day' ? 'day' : 'half day'}`;
        return [effect === 'warn' ? 'warns' : 'refuses', most].filter(Boolean).join(' ');
      },
    },
    {
      id: 'use',
      header: 'Use',
      cell: (rule) => (rule.active ? 'in use' : <Tag sign="–">out of use</Tag>),
    },
  ];
}
