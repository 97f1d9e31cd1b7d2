import { z } from 'zod';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { FormError, TextField } from '../../../../ui/fields.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { failureOf, Section } from '../../../practice/web/settings-page.tsx';
import { changeFlowSettings, readFlowSettings } from '../api.ts';
import type { FlowSettings } from '../schema.ts';
import { WallAddresses } from '../walls/web/wall-addresses.tsx';

const minutes = (most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, 'Whole minutes, like 15.')
    .refine((text) => Number(text) >= 1 && Number(text) <= most, `Between 1 and ${most} minutes.`);
const Values = z.object({
  waiting: minutes(240),
  inRoom: minutes(240),
  withPhysician: z.union([z.literal(''), minutes(480)]),
  hold: minutes(60),
  notice: z
    .string()
    .trim()
    .regex(/^\d+$/, 'Whole hours, like 24.')
    .refine((text) => Number(text) <= 336, 'Between 0 and 336 hours.'),
});

export function FlowSettingsPage() {
  const read = useRead(readFlowSettings, {}, { topics: ['setup'] });
  const failure = failureOf(read);
  if (failure) return <Failure {...failure} />;
  if (!read.data) return <Skeleton rows={5} />;
  return (
    <>
      <FlowSettingsForm settings={read.data} />
      <div className="fl-walls">
        <WallAddresses />
      </div>
    </>
  );
}

function FlowSettingsForm({ settings }: { settings: FlowSettings }) {
  const toast = useToast();
  const { mutateAsync: change, isPending } = useWrite(changeFlowSettings, { touches: ['setup', 'visits'] });
  const form = useForm({
    initial: {
      waiting: String(settings.waitingMinutes),
      inRoom: String(settings.inRoomMinutes),
      withPhysician: settings.withPhysicianMinutes === null ? '' : String(settings.withPhysicianMinutes),
      hold: String(settings.holdMinutes),
      notice: String(settings.noticeHours),
    },
    schema: Values,
    version: settings.version,
    onSubmit: async (values) => {
      const body = {
        waitingMinutes: Number(values.waiting),
        inRoomMinutes: Number(values.inRoom),
        withPhysicianMinutes: values.withPhysician === '' ? null : Number(values.withPhysician),
        holdMinutes: Number(values.hold),
        noticeHours: Number(values.notice),
        version: settings.version,
      };
      const changed = await change({ body });
      const undo = () => change({ body: { ...settings, version: changed.version } });
      toast.done('Changed.', { undo });
    },
  });
  return (
    <form noValidate onSubmit={form.submit}>
      <FormError form={form} />
      <Section
        title="From when on a wait is too long"
        text="It is then marked on the day and on Flow, and stands on Today."
      >
        <div className="set-row">
          <TextField form={form} path="waiting" label="Waiting, minutes" inputMode="numeric" />
          <TextField
            form={form}
            path="inRoom"
            label="In a room without the physician, minutes"
            inputMode="numeric"
          />
          <TextField
            form={form}
            path="withPhysician"
            label="With the physician, minutes"
            hint="Empty: no limit"
            inputMode="numeric"
          />
        </div>
      </Section>
      <Section
        title="Holding an opening"
        text="While someone is on the phone, the time they are offered is theirs for so long."
      >
        <div className="set-row">
          <TextField form={form} path="hold" label="Minutes" inputMode="numeric" />
        </div>
      </Section>
      <Section
        title="Notice of a cancellation or a move"
        text="A patient who cancels or moves a visit later than this does it late: it is counted beside no-shows."
      >
        <div className="set-row">
          <TextField form={form} path="notice" label="Hours before the visit" inputMode="numeric" />
        </div>
      </Section>
      <Button type="submit" look="go" busy={isPending}>
        Save
      </Button>
    </form>
  );
}
