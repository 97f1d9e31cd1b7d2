import '../../setup/web/setup.css';
import { useState } from 'react';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../../ui/data-table.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { formatDay } from '../../../../ui/format.ts';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { listSites } from '../../../practice/api.ts';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { listResources } from '../../setup/api.ts';
import { OutsideNote } from '../../setup/web/outside-note.tsx';
import { listSlotCodes } from '../../slot-codes/api.ts';
import { listTemplates, undoApplication } from '../api.ts';
import type { Application, WeekTemplate } from '../schema.ts';
import { ApplyDialog } from './apply-dialog.tsx';
import { TemplateDialog } from './template-dialog.tsx';

const topics = ['setup'];
type Opened = { kind: 'edit'; template: WeekTemplate | null } | { kind: 'apply'; template: WeekTemplate };

export function TemplatesPage() {
  const { timeZone } = useSession();
  const read = useRead(listTemplates, {}, { topics });
  const codes = useRead(listSlotCodes, {}, { topics }).data?.slotCodes;
  const resources = useRead(listResources, {}, { topics }).data?.resources;
  const sites = useRead(listSites, {}, { topics: ['practice'] }).data?.sites.filter((site) => site.active);
  const [opened, setOpened] = useState<Opened | null>(null);
  const add = (
    <Button look="go" icon="plus" onClick={() => setOpened({ kind: 'edit', template: null })}>
      Add a template
    </Button>
  );
  const zoneOf = (siteId: string) => sites?.find((site) => site.siteId === siteId)?.timeZone ?? timeZone;
  return (
    <>
      {sites && <OutsideNote sites={sites} fallbackZone={timeZone} />}
      <Section
        title="Week templates"
        text="Hours with slot codes that several share, in one week or in weeks that take turns. Applying one sets the hours of whom you choose."
        actions={add}
      >
        <DataTable
          label="Week templates"
          columns={columnsFor((template) => setOpened({ kind: 'apply', template }))}
          rows={read.data?.templates}
          rowKey={(template) => template.templateId}
          onOpen={(template) => setOpened({ kind: 'edit', template })}
          failure={failureOf(read)}
          empty={
            <Empty
              icon="calendar"
              title="No template yet"
              text="Write a week once, like 8-9 NP, 9-12, 1-5, and let everyone who works so work by it."
              action={add}
            />
          }
        />
      </Section>
      {read.data && resources && (
        <Applications {...read.data} names={new Map(resources.map((one) => [one.resourceId, one.name]))} />
      )}
      {opened?.kind === 'edit' && codes && sites && (
        <TemplateDialog
          template={opened.template}
          codes={codes.filter((code) => code.active)}
          sites={sites}
          onClose={() => setOpened(null)}
        />
      )}
      {opened?.kind === 'apply' && resources && read.data && (
        <ApplyDialog
          template={opened.template}
          resources={resources.filter((one) => one.active)}
          {...{ zoneOf, today: read.data.today }}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

function columnsFor(onApply: (template: WeekTemplate) => void): TableColumn<WeekTemplate>[] {
  return [
    { id: 'name', header: 'Template', main: true, cell: (one) => one.name },
    {
      id: 'weeks',
      header: 'Weeks',
      cell: ({ weeks }) =>
        weeks === 1 ? 'every week' : weeks === 2 ? 'A and B in turn' : `${weeks} in turn`,
    },
    {
      id: 'use',
      header: 'Use',
      cell: (one) => (one.active ? 'in use' : <Tag sign="–">out of use</Tag>),
    },
    {
      id: 'apply',
      header: 'Apply',
      cell: (one) =>
        one.active && (
          <Button aria-label={`Apply ${one.name}`} onClick={() => onApply(one)}>
            Apply…
          </Button>
        ),
    },
  ];
}

type ApplicationsProps = {
  applications: readonly Application[];
  templates: readonly WeekTemplate[];
  names: ReadonlyMap<string, string>;
  today: string;
};

function Applications({ applications, templates, names, today }: ApplicationsProps) {
  const { mutateAsync: undo } = useWrite(undoApplication, { touches: ['setup', 'visits'] });
  const toast = useToast();
  const templateOf = (one: Application) => templates.find(({ templateId }) => templateId === one.templateId);
  const run = ({ applicationId }: Application) =>
    undo({ params: { applicationId } }).then(
      () => toast.done('Taken back: the hours are what they were before.'),
      (error: Error) => toast.refused(error.message),
    );
  const columns: TableColumn<Application>[] = [
    {
      id: 'template',
      header: 'Template',
      main: true,
      cell: (one) => (
        <>
          {templateOf(one)?.name}{' '}
          {templateOf(one)?.version !== one.templateVersion && <Tag tone="wait">changed since</Tag>}
        </>
      ),
    },
    {
      id: 'who',
      header: 'Who',
      cell: (one) => one.resourceIds.map((id) => names.get(id) ?? '').join(', '),
    },
    {
      id: 'when',
      header: 'When',
      cell: ({ fromDate, toDate }) =>
        `${formatDay(fromDate, today)} ${toDate ? `to ${formatDay(toDate, today)}` : 'until further notice'}`,
    },
    { id: 'by', header: 'Applied by', cell: (one) => one.byName },
    {
      id: 'undo',
      header: 'Take back',
      cell: (one) => (
        <Button
          look="quiet"
          icon="cross"
          aria-label={`Take back ${templateOf(one)?.name ?? 'this'} from ${formatDay(one.fromDate, today)}`}
          onClick={() => void run(one)}
        />
      ),
    },
  ];
  return (
    <Section
      title="Who works by a template"
      text="As long as nothing else changed those hours, an application can be taken back as a whole."
    >
      <DataTable
        label="Who works by a template"
        columns={columns}
        rows={applications}
        rowKey={(one) => one.applicationId}
        empty={<p className="ui-dim">Nobody yet. Hours set under Hours hold as they are.</p>}
      />
    </Section>
  );
}
