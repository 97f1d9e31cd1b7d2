import '../../web/waitlist.css';
import { z } from 'zod';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { CheckboxField, FormError, TextField, TimeField } from '../../../../ui/fields.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { useSetup } from '../../../schedule/web/use-setup.ts';
import { changeWaitlistSettings, readWaitlistSettings } from '../../api.ts';
import { Chips } from '../../web/chips.tsx';
import { type KeptWaitlistSettings, WaitlistSettings } from '../schema.ts';

/** How freed time is offered: to how many, for how long, and when nobody is asked. */
export function WaitlistSettingsPage() {
  const { data, error, refetch } = useRead(
    readWaitlistSettings,
    {},
    { topics: ['waitlist'], keys: ['settings'] },
  );
  if (error && !data) return <Failure message={error.message} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} label="Looking up the settings" />;
  return <SettingsForm kept={data.settings} />;
}

type Values = Omit<WaitlistSettings, 'atOnce' | 'answerMinutes' | 'noticeHours'> & {
  atOnce: string;
  answerMinutes: string;
  noticeHours: string;
};

const FormSchema = z.preprocess((values) => {
  const { atOnce, answerMinutes, noticeHours, ...rest } = values as Values;
  const whole = (typed: string) => (typed.trim() === '' ? Number.NaN : Number(typed));
  return {
    ...rest,
    atOnce: whole(atOnce),
    answerMinutes: whole(answerMinutes),
    noticeHours: whole(noticeHours),
  };
}, WaitlistSettings);

function SettingsForm({ kept }: { kept: KeptWaitlistSettings }) {
  const toast = useToast();
  const { setup } = useSetup();
  const write = useWrite(changeWaitlistSettings, { touches: ['waitlist'] });
  const { version, ...settings } = kept;
  const form = useForm<Values, WaitlistSettings>({
    initial: {
      ...settings,
      atOnce: String(settings.atOnce),
      answerMinutes: String(settings.answerMinutes),
      noticeHours: String(settings.noticeHours),
    },
    schema: FormSchema,
    version,
    onSubmit: async (next) => {
      await write.mutateAsync({ body: { version, settings: next } });
      toast.done('Saved.');
    },
  });
  return (
    <form className="wl-form" noValidate onSubmit={form.submit}>
      <FormError form={form} />
      <CheckboxField
        form={form}
        path="isOn"
        label="Offer time by itself when a visit is cancelled or moved"
        hint="Off: only openings that someone offers by hand."
      />
      <div className="wl-two">
        <TextField form={form} path="atOnce" label="How many are asked at once" inputMode="numeric" />
        <TextField form={form} path="answerMinutes" label="Minutes to answer" inputMode="numeric" />
        <TimeField form={form} path="quietFrom" label="Nobody is asked from" />
        <TimeField form={form} path="quietTo" label="until" />
        <TextField
          form={form}
          path="noticeHours"
          label="Hours before the visit, at least"
          inputMode="numeric"
        />
      </div>
      <Chips
        label="Not for these visits"
        none="For all"
        options={setup.visitTypes.map((one) => [one.visitTypeId, one.name] as const)}
        chosen={form.values.offTypeIds}
        onChange={(chosen) => form.set('offTypeIds', chosen)}
      />
      <p>
        <Button type="submit" look="go" busy={form.submitting}>
          Save
        </Button>
      </p>
    </form>
  );
}
