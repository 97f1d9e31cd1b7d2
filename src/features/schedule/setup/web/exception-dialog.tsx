import { z } from 'zod';
import { isDate } from '../../../../platform/calendar/dates.ts';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { DateField, FormError, SelectField, TextField, TimeField } from '../../../../ui/fields.tsx';
import { formatCount } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { addException } from '../api.ts';
import { exceptionFaults } from '../rules.ts';
import { NewException } from '../schema.ts';
import type { HoursOf, SiteName } from './hours-page.tsx';

const { from: date, startsLocal: start, endsLocal: end } = NewException.shape;
const orNull = z.literal('').transform(() => null);

const shape = NewException.extend({
  to: z
    .literal('')
    .transform(() => undefined)
    .or(date),
  startsLocal: orNull.or(start),
  endsLocal: orNull.or(end),
  siteId: z.string().transform((id) => id || null),
});

/** Which day it is decides what may stand, so the schema is made for today. */
function schemaFor(today: string) {
  return shape.superRefine((input, context) => {
    if (!isDate(input.from) || (input.to !== undefined && !isDate(input.to))) return;
    for (const [field, message] of Object.entries(exceptionFaults(input, today))) {
      context.addIssue({ code: 'custom', message, path: [field] });
    }
  });
}

type ExceptionDialogProps = {
  hours: HoursOf;
  sites: readonly SiteName[];
  kind: 'opening' | 'closing';
  onClose: () => void;
};

export function ExceptionDialog({ hours, sites, kind, onClose }: ExceptionDialogProps) {
  const { resource, today } = hours;
  const { mutateAsync: add } = useWrite(addException, { touches: ['setup'] });
  const toast = useToast();
  const draft = useDraft<ReturnType<typeof empty>>(`exception ${resource.resourceId} ${kind}`);
  const empty = () => ({
    kind,
    from: '',
    to: '',
    startsLocal: '',
    endsLocal: '',
    siteId:
      kind === 'opening' ? (resource.siteId ?? (sites.length === 1 ? (sites[0]?.siteId ?? '') : '')) : '',
    note: '',
  });
  const form = useForm({
    initial: draft.initial ?? empty(),
    schema: schemaFor(today),
    onSubmit: async (body) => {
      const { outside } = await add({ params: { resourceId: resource.resourceId }, body });
      draft.drop();
      onClose();
      const now = outside.count === 1 ? 'now falls' : 'now fall';
      const left = outside.count === 0 ? '' : ` ${formatCount(outside.count, 'visit')} ${now} outside hours.`;
      toast.done(`Saved.${left}`);
    },
  });
  const close = () => {
    if (form.dirty) draft.keep(form.values);
    onClose();
  };
  const opening = kind === 'opening';
  return (
    <Dialog
      opened
      title={opening ? `${resource.name} works on another day` : `${resource.name} is away`}
      onClose={close}
      onSubmit={form.submit}
      busy={form.submitting}
    >
      <FormError form={form} />
      <div className="set-fields">
        <DateField form={form} path="from" label={opening ? 'On' : 'From'} required autoFocus today={today} />
        <DateField
          form={form}
          path="to"
          label="Until"
          today={today}
          hint="Left empty: this one day. Otherwise every day until then."
        />
        <TimeField
          form={form}
          path="startsLocal"
          label="Starts"
          required={opening}
          hint={opening ? undefined : 'Left empty: the whole day.'}
        />
        <TimeField form={form} path="endsLocal" label="Ends" required={opening} />
        <SelectField
          form={form}
          path="siteId"
          label="Site"
          required={opening}
          clearable={!opening}
          hint={opening ? undefined : 'Left empty: every site.'}
          choices={sites.map((site) => ({ value: site.siteId, label: site.name }))}
        />
        <TextField
          form={form}
          path="note"
          label="Why"
          placeholder={opening ? 'Saturday clinic' : 'Vacation'}
          hint="Stands on the day."
        />
      </div>
    </Dialog>
  );
}
