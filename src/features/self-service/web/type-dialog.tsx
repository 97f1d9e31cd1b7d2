import { z } from 'zod';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { CheckboxField, FormError, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { changeOnlineSite, changeOnlineType } from '../api.ts';
import { type KeptOnlineSite, type KeptOnlineType, OnlineSite, OnlineType } from '../settings/schema.ts';

type Values = Omit<OnlineType, 'noticeHours' | 'daysAhead' | 'mostOpen'> & {
  noticeHours: string;
  daysAhead: string;
  mostOpen: string;
};

const whole = (typed: string) => (typed.trim() === '' ? Number.NaN : Number(typed));
const TypeForm = z.preprocess((values) => {
  const { noticeHours, daysAhead, mostOpen, ...rest } = values as Values;
  return {
    ...rest,
    ...{ noticeHours: whole(noticeHours), daysAhead: whole(daysAhead), mostOpen: whole(mostOpen) },
  };
}, OnlineType);

export const openToWords = {
  nobody: 'Nobody',
  known: 'Patients of ours',
  everyone: 'Everyone, also new',
} as const;
const openToChoices = (['nobody', 'known', 'everyone'] as const).map((value) => ({
  value,
  label: openToWords[value],
}));

type TypeDialogProps = { kept: KeptOnlineType & { name: string }; onClose: () => void };

/** What patients may do with visits of a type, and what they read of it. */
export function TypeDialog({ kept, onClose }: TypeDialogProps) {
  const toast = useToast();
  const write = useWrite(changeOnlineType, { touches: ['online'] });
  const { visitTypeId, version, name, ...rest } = kept;
  const type = OnlineType.parse(rest);
  const { noticeHours, daysAhead, mostOpen } = type;
  const form = useForm<Values, OnlineType>({
    initial: {
      ...type,
      ...{ noticeHours: String(noticeHours), daysAhead: String(daysAhead), mostOpen: String(mostOpen) },
    },
    schema: TypeForm,
    version,
    onSubmit: async (next) => {
      await write.mutateAsync({ params: { id: visitTypeId }, body: { version, type: next } });
      toast.done('Saved.');
      onClose();
    },
  });
  return (
    <Dialog
      opened
      title={name}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel="Save"
      busy={form.submitting}
      size="large"
    >
      <div className="on-form">
        <FormError form={form} />
        <SelectField form={form} path="openTo" label="Who books it online" choices={openToChoices} />
        <div className="on-three">
          <TextField form={form} path="noticeHours" label="Hours from now, at least" inputMode="numeric" />
          <TextField form={form} path="daysAhead" label="Days ahead, at most" inputMode="numeric" />
          <TextField
            form={form}
            path="mostOpen"
            label="Visits to come, at most"
            inputMode="numeric"
            hint="Who has so many books no other online."
          />
        </div>
        <CheckboxField
          form={form}
          path="mayMove"
          label="By a link, patients choose another time themselves"
        />
        <div className="on-two">
          <TextField
            form={form}
            path="nameEn"
            label="Name for patients, English"
            hint="Empty: not named, and not offered."
          />
          <TextField form={form} path="nameEs" label="Name for patients, Spanish" />
          <TextAreaField form={form} path="prepareEn" label="How to prepare, English" />
          <TextAreaField form={form} path="prepareEs" label="How to prepare, Spanish" />
        </div>
      </div>
    </Dialog>
  );
}

type SiteDialogProps = { kept: KeptOnlineSite & { name: string }; onClose: () => void };

/** The way to a site and where to park, as patients read it. */
export function SiteDialog({ kept, onClose }: SiteDialogProps) {
  const toast = useToast();
  const write = useWrite(changeOnlineSite, { touches: ['online'] });
  const { siteId, version, name, ...site } = kept;
  const form = useForm<OnlineSite, OnlineSite>({
    initial: OnlineSite.parse(site),
    schema: OnlineSite,
    version,
    onSubmit: async (next) => {
      await write.mutateAsync({ params: { id: siteId }, body: { version, site: next } });
      toast.done('Saved.');
      onClose();
    },
  });
  return (
    <Dialog
      opened
      title={name}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel="Save"
      busy={form.submitting}
    >
      <div className="on-form">
        <FormError form={form} />
        <TextAreaField form={form} path="arriveEn" label="The way and parking, English" />
        <TextAreaField form={form} path="arriveEs" label="The way and parking, Spanish" />
      </div>
    </Dialog>
  );
}
