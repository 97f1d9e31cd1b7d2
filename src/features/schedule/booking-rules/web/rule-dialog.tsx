import { weekdayName } from '../../../../platform/calendar/dates.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { CheckboxField, DateField, SelectField, TextField, TimeField } from '../../../../ui/fields.tsx';
import { localDate } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import type { Form } from '../../../../ui/use-form.ts';
import { RecordDialog } from '../../../practice/web/record-dialog.tsx';
import { useRecordForm } from '../../../practice/web/use-record-form.ts';
import type { ResourceRow, VisitTypeRow } from '../../setup/schema.ts';
import { addBookingRule, changeBookingRule } from '../api.ts';
import { BookingRuleRow } from '../schema.ts';
import { type RuleValues, ruleSchema, ruleValues } from './rule-form.ts';

const touches = ['setup'];
const labels = {
  words: 'In your words',
  effect: 'Then',
  startsLocal: 'From',
  endsLocal: 'To',
  fromDate: 'First day',
  toDate: 'Last day',
  patients: 'Patients',
  limitCount: 'At most',
  limitPer: 'Per',
};
const effects = [
  { value: 'refuse', label: 'refuse; only who may overrule rules goes on' },
  { value: 'warn', label: 'warn; whoever books goes on with a reason' },
];
const patients = [
  { value: 'any', label: 'every patient' },
  { value: 'new', label: 'new patients only' },
  { value: 'established', label: 'established patients only' },
];
const halves = [
  { value: 'half-day', label: 'per half day and physician' },
  { value: 'day', label: 'per day and physician' },
];

type RuleDialogProps = {
  rule: BookingRuleRow | null;
  types: readonly VisitTypeRow[];
  physicians: readonly ResourceRow[];
  onClose: () => void;
};

export function RuleDialog({ rule, types, physicians, onClose }: RuleDialogProps) {
  const add = useWrite(addBookingRule, { touches });
  const change = useWrite(changeBookingRule, { touches });
  const toast = useToast();
  const today = localDate(new Date(), useSession().timeZone);
  const record = useRecordForm({
    draftKey: `booking-rule ${rule?.ruleId ?? 'new'}`,
    row: rule,
    rowShape: BookingRuleRow,
    schema: ruleSchema,
    valuesOf: ruleValues,
    save: (out, version) =>
      rule && version
        ? change.mutateAsync({ params: { ruleId: rule.ruleId }, body: { ...out, version } })
        : add.mutateAsync({ body: out }),
    onDone: () => {
      toast.done('The rule is saved and holds from now on.');
      onClose();
    },
  });
  const { form } = record;
  return (
    <RecordDialog
      title={rule ? rule.words : 'New rule of booking'}
      record={record}
      labels={labels}
      onClose={onClose}
      size="large"
      aside={rule && <RuleUse rule={rule} onClose={onClose} />}
    >
      <TextField
        form={form}
        path="words"
        label="In your words"
        required
        autoFocus
        placeholder="No physicals on Friday afternoons"
        hint="This is what the one who books reads."
      />
      <SelectField form={form} path="effect" label="Then" choices={effects} />
      <TimeField form={form} path="startsLocal" label="Visits that start from" placeholder="the whole day" />
      <TimeField form={form} path="endsLocal" label="to before" placeholder="the whole day" />
      <DateField form={form} path="fromDate" label="First day" placeholder="always" today={today} />
      <DateField
        form={form}
        path="toDate"
        label="Last day"
        placeholder="until further notice"
        today={today}
      />
      <SelectField
        form={form}
        path="patients"
        label="For"
        choices={patients}
        hint="New: not seen here within three years."
      />
      <TextField
        form={form}
        path="limitCount"
        label="Allow so many"
        inputMode="numeric"
        placeholder="none"
        hint="Empty: none at all."
      />
      {form.values.limitCount !== '' && (
        <SelectField form={form} path="limitPer" label="Counted" choices={halves} />
      )}
      <Ticks form={form} path="days" legend="On these days; none ticked: every day" of={weekdays} />
      <Ticks
        form={form}
        path="types"
        legend="These visits; none ticked: every visit"
        of={types.map((type) => ({ id: type.visitTypeId, label: type.name }))}
      />
      <Ticks
        form={form}
        path="physicians"
        legend="With these physicians; none ticked: every physician"
        of={physicians.map((one) => ({ id: one.resourceId, label: one.name }))}
      />
    </RecordDialog>
  );
}

const weekdays = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ id: String(day), label: weekdayName(day) }));

type TicksProps = {
  form: Form<RuleValues>;
  path: string;
  legend: string;
  of: readonly { id: string; label: string }[];
};

function Ticks({ form, path, legend, of }: TicksProps) {
  return (
    <fieldset className="set-choices wide">
      <legend className="ui-field-label">{legend}</legend>
      <ul className="setup-who">
        {of.map(({ id, label }) => (
          <li key={id}>
            <CheckboxField form={form} path={`${path}.${id}`} label={label} />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function RuleUse({ rule, onClose }: { rule: BookingRuleRow; onClose: () => void }) {
  const { mutateAsync: change } = useWrite(changeBookingRule, { touches });
  const toast = useToast();
  const { active, version, ruleId } = rule;
  const set = (next: boolean, seen: number) =>
    change({ params: { ruleId }, body: { active: next, version: seen } });
  const run = async () => {
    try {
      const changed = await set(!active, version);
      onClose();
      toast.done(`The rule is ${active ? 'out of use' : 'in use again'}.`, {
        undo: () => set(active, changed.version),
      });
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This could not be changed.');
    }
  };
  return <Button onClick={() => void run()}>{active ? 'Take out of use' : 'Bring back'}</Button>;
}
