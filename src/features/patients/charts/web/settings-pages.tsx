import { z } from 'zod';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { FormError, TextField } from '../../../../ui/fields.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import type { SettingsPage } from '../../../practice/web/settings-page.tsx';
import { changeChartSettings, readChartSettings } from '../api.ts';
import { OutDays } from '../schema.ts';

const FormSchema = z.object({ outDays: z.coerce.number<string>().pipe(OutDays) });

function ChartSettingsPage() {
  const { data, error, refetch } = useRead(readChartSettings, {}, { topics: ['charts'] });
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={2} label="Looking up the settings" />;
  return <DaysForm {...data.settings} />;
}

function DaysForm({ outDays, version }: { outDays: number; version: number }) {
  const toast = useToast();
  const write = useWrite(changeChartSettings, { touches: ['charts'] });
  const form = useForm({
    initial: { outDays: String(outDays) },
    schema: FormSchema,
    version,
    onSubmit: async (values) => {
      await write.mutateAsync({ body: { version, ...values } });
      toast.done('Saved.');
    },
  });
  return (
    <form className="pt-form" noValidate onSubmit={form.submit}>
      <FormError form={form} />
      <TextField
        form={form}
        path="outDays"
        label="Ask for a chart after so many days out"
        inputMode="numeric"
      />
      <p>
        <Button type="submit" look="go" busy={form.submitting}>
          Save
        </Button>
      </p>
    </form>
  );
}

export const chartSettingsPages: readonly SettingsPage[] = [
  {
    path: '/settings/charts',
    title: 'Paper charts',
    label: 'Paper charts',
    permission: 'practice.set-up',
    Page: ChartSettingsPage,
    help: (
      <p>
        Where a chart is stands on the person’s page. One that is out longer than this stands on Today until
        it is back or goes to someone else.
      </p>
    ),
  },
];
