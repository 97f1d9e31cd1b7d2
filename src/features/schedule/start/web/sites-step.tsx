import type { z } from 'zod';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { SelectField, TextField } from '../../../../ui/fields.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { listSites } from '../../../practice/api.ts';
import type { SiteRow } from '../../../practice/schema.ts';
import { zoneChoices } from '../../../practice/web/zones.ts';
import { startSites } from '../api.ts';
import { StartSites } from '../schema.ts';
import { RemoveRow, RowButtons, StepFrame, type StepProps } from './step-frame.tsx';
import { useStep, without } from './use-step.ts';

const emptyAddress = { line1: '', line2: '', city: '', state: '', zip: '' };

export function SitesStep(props: StepProps) {
  const { data } = useRead(listSites, {}, { topics: ['practice'] });
  if (!data) return <Skeleton rows={6} />;
  return <SitesForm {...props} known={data.sites.filter((site) => site.active)} />;
}

function SitesForm({ known, ...props }: StepProps & { known: readonly SiteRow[] }) {
  const { mutateAsync } = useWrite(startSites, { touches: ['practice', 'setup'] });
  const form = useStep(props, {
    initial: {
      sites: known.map(({ siteId, version, name, timeZone, phone, address }) => ({
        ...{ siteId, version, name, timeZone, phone, address },
      })) as z.input<typeof StartSites>['sites'],
    },
    schema: StartSites,
    save: (body) => mutateAsync({ body }),
  });
  const { sites } = form.values;
  const zone = sites[0]?.timeZone ?? 'America/New_York';
  const add = () =>
    form.setAll({ sites: [...sites, { name: '', timeZone: zone, phone: '', address: emptyAddress }] });
  return (
    <StepFrame
      {...props}
      form={form}
      text="One place or several. Patients hear the name and get the address; each place has its own time zone."
    >
      {sites.map((site, at) => (
        <fieldset key={site.siteId ?? `new ${at}`} className="start-row">
          <legend>{at === 0 ? 'Your site' : `Site ${at + 1}`}</legend>
          <TextField form={form} path={`sites.${at}.name`} label="Name" required />
          <TextField form={form} path={`sites.${at}.phone`} label="Phone" type="tel" />
          <TextField form={form} path={`sites.${at}.address.line1`} label="Street" />
          <TextField form={form} path={`sites.${at}.address.city`} label="City" />
          <TextField form={form} path={`sites.${at}.address.state`} label="State" />
          <TextField form={form} path={`sites.${at}.address.zip`} label="ZIP" inputMode="numeric" />
          <SelectField form={form} path={`sites.${at}.timeZone`} label="Time zone" choices={zoneChoices} />
          {!site.siteId && (
            <RemoveRow name={`site ${at + 1}`} onRemove={() => form.setAll({ sites: without(sites, at) })} />
          )}
        </fieldset>
      ))}
      <RowButtons what="site" onAdd={add} />
    </StepFrame>
  );
}
