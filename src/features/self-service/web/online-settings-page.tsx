import './online.css';
import { useState } from 'react';
import { z } from 'zod';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { DataTable, type TableColumn } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { CheckboxField, FormError, TextField } from '../../../ui/fields.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { Section } from '../../practice/web/settings-page.tsx';
import { changeOnlineSettings, readOnline } from '../api.ts';
import {
  type KeptOnlineSettings,
  type KeptOnlineSite,
  type KeptOnlineType,
  OnlineSettings,
} from '../settings/schema.ts';
import { openToWords, SiteDialog, TypeDialog } from './type-dialog.tsx';

type Type = KeptOnlineType & { name: string; active: boolean };
type Site = KeptOnlineSite & { name: string };

const typeColumns: TableColumn<Type>[] = [
  { id: 'name', header: 'Visit type', main: true, cell: (one) => one.name },
  { id: 'open', header: 'Booked online by', cell: (one) => openToWords[one.openTo] },
  {
    id: 'rule',
    header: 'When',
    cell: (one) =>
      one.openTo === 'nobody' ? '–' : `from ${one.noticeHours} hours to ${one.daysAhead} days ahead`,
  },
  { id: 'move', header: 'Moved by link', cell: (one) => (one.mayMove ? 'yes' : 'no') },
  {
    id: 'named',
    header: 'Named',
    cell: (one) => [one.nameEn, one.nameEs].filter(Boolean).join(' / ') || '–',
  },
];
const siteColumns: TableColumn<Site>[] = [
  { id: 'name', header: 'Site', main: true, cell: (one) => one.name },
  { id: 'way', header: 'The way and parking', cell: (one) => one.arriveEn || one.arriveEs || '–' },
];

/** Where patients find the practice's pages, what they may do there, and what they read. */
export function OnlineSettingsPage() {
  const { data, error, refetch } = useRead(readOnline, {}, { topics: ['online', 'setup'] });
  const [type, setType] = useState<string | null>(null);
  const [site, setSite] = useState<string | null>(null);
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} label="Looking up the settings" />;
  const openType = data.types.find((one) => one.visitTypeId === type);
  const openSite = data.sites.find((one) => one.siteId === site);
  return (
    <>
      <Section title="Patients’ pages" text={<PublicAddress url={data.publicUrl} settings={data.settings} />}>
        <BookingPage kept={data.settings} />
      </Section>
      <Section title="Visits" text="Who books them online, and what patients read of them. Enter opens one.">
        <DataTable
          label="Visit types"
          columns={typeColumns}
          rows={data.types}
          rowKey={(one) => one.visitTypeId}
          onOpen={(one) => setType(one.visitTypeId)}
          empty={<Empty title="No visit types yet" text="Add them under Visit types." />}
        />
      </Section>
      <Section title="Sites" text="What helps to find the door.">
        <DataTable
          label="Sites"
          columns={siteColumns}
          rows={data.sites}
          rowKey={(one) => one.siteId}
          onOpen={(one) => setSite(one.siteId)}
          empty={<Empty title="No sites yet" text="Add them under Sites." />}
        />
      </Section>
      {openType && <TypeDialog key={openType.visitTypeId} kept={openType} onClose={() => setType(null)} />}
      {openSite && <SiteDialog key={openSite.siteId} kept={openSite} onClose={() => setSite(null)} />}
    </>
  );
}

function PublicAddress({ url, settings }: { url: string | null; settings: KeptOnlineSettings }) {
  if (!url)
    return (
      <>
        The public address is not open: links and the booking page lead nowhere. Who runs the program opens it
        (README).
      </>
    );
  const page = settings.isOn && settings.code ? `${url}/book/${settings.code}` : null;
  return (
    <>
      Open at {url}.{' '}
      {page && (
        <>
          Booking page: <a href={page}>{page}</a>
        </>
      )}
    </>
  );
}

type Values = { isOn: boolean; holdHours: string };
const FormSchema = z.preprocess((values) => {
  const { holdHours, ...rest } = values as Values;
  return { ...rest, holdHours: holdHours.trim() === '' ? Number.NaN : Number(holdHours) };
}, OnlineSettings);

function BookingPage({ kept }: { kept: KeptOnlineSettings }) {
  const toast = useToast();
  const write = useWrite(changeOnlineSettings, { touches: ['online'] });
  const form = useForm<Values, OnlineSettings>({
    initial: { isOn: kept.isOn, holdHours: String(kept.holdHours) },
    schema: FormSchema,
    version: kept.version,
    onSubmit: async (settings) => {
      await write.mutateAsync({ body: { version: kept.version, settings } });
      toast.done('Saved.');
    },
  });
  return (
    <form className="on-form" noValidate onSubmit={form.submit}>
      <FormError form={form} />
      <CheckboxField
        form={form}
        path="isOn"
        label="There is a booking page"
        hint="It offers the visits below that are open to someone and have a name for patients."
      />
      <TextField
        form={form}
        path="holdHours"
        label="Hours for which a time is held for someone unknown"
        inputMode="numeric"
        hint="0: it is not held."
      />
      <p>
        <Button type="submit" look="go" busy={form.submitting}>
          Save
        </Button>
      </p>
    </form>
  );
}
