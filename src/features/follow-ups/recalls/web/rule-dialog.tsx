import { useSession } from '../../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { CheckboxField, DateField, SelectField, TextField } from '../../../../ui/fields.tsx';
import { localDate } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import type { Form } from '../../../../ui/use-form.ts';
import { RecordDialog } from '../../../practice/web/record-dialog.tsx';
import { useRecordForm } from '../../../practice/web/use-record-form.ts';
import type { VisitTypeRow } from '../../../schedule/setup/schema.ts';
import { addRecallRule, changeRecallRule, previewRecallRule } from '../api.ts';
import { dueWords } from '../rules.ts';
import { RecallRule, RecallRuleDraft } from '../schema.ts';
import { type RuleValues, ruleSchema, ruleValues } from './rule-form.ts';

const touches = ['recall-rules'];
const labels = {
  name: 'Name',
  months: 'Months',
  days: 'Days',
  samePhysician: 'With the same physician',
  leastAge: 'Least age',
  mostAge: 'Most age',
  untilOn: 'Last day',
  active: 'In use',
};

type RuleDialogProps = {
  rule: RecallRule | null;
  types: readonly VisitTypeRow[];
  onClose: () => void;
};

/** A rule as fields, with how many people it would call as it stands. */
export function RuleDialog({ rule, types, onClose }: RuleDialogProps) {
  const add = useWrite(addRecallRule, { touches });
  const change = useWrite(changeRecallRule, { touches });
  const toast = useToast();
  const today = localDate(new Date(), useSession().timeZone);
  const record = useRecordForm({
    draftKey: `recall-rule ${rule?.recallRuleId ?? 'new'}`,
    row: rule,
    rowShape: RecallRule,
    schema: ruleSchema,
    valuesOf: ruleValues,
    save: (draft, version) =>
      rule && version
        ? change.mutateAsync({ params: { ruleId: rule.recallRuleId }, body: { version, rule: draft } })
        : add.mutateAsync({ body: draft }),
    onDone: () => {
      toast.done('The rule is saved. It calls people within the hour.');
      onClose();
    },
  });
  const { form } = record;
  const used = new Set([...(rule?.afterTypeIds ?? []), rule?.visitTypeId]);
  const choices = types.filter((type) => type.active || used.has(type.visitTypeId));
  return (
    <RecordDialog
      title={rule ? rule.name : 'New recall rule'}
      record={record}
      labels={labels}
      onClose={onClose}
      size="large"
      aside={rule && <RuleUse rule={rule} onClose={onClose} />}
    >
      <TextField
        form={form}
        path="name"
        label="Name"
        required
        autoFocus
        placeholder="Annual physical"
        hint="This stands in the report."
      />
      <SelectField
        form={form}
        path="visitTypeId"
        label="Call for"
        required
        choices={choices.map((type) => ({ value: type.visitTypeId, label: type.name }))}
      />
      <TextField form={form} path="months" label="Months after the visit" inputMode="numeric" />
      <TextField form={form} path="days" label="and days" inputMode="numeric" placeholder="0" />
      <TextField form={form} path="leastAge" label="From age" inputMode="numeric" placeholder="any" />
      <TextField form={form} path="mostAge" label="to age" inputMode="numeric" placeholder="any" />
      <DateField
        form={form}
        path="untilOn"
        label="For days until"
        placeholder="until further notice"
        today={today}
      />
      <CheckboxField form={form} path="samePhysician" label="With the physician of that visit" />
      <AfterTypes form={form} types={choices} />
      <Preview values={form.values} ruleId={rule?.recallRuleId} />
    </RecordDialog>
  );
}

function AfterTypes({ form, types }: { form: Form<RuleValues>; types: readonly VisitTypeRow[] }) {
  const fault = form.error('afterTypeIds');
  return (
    <fieldset className="set-choices wide">
      <legend className="ui-field-label">After the last completed visit of these</legend>
      <ul className="setup-who">
        {types.map((type) => (
          <li key={type.visitTypeId}>
            <CheckboxField form={form} path={`after.${type.visitTypeId}`} label={type.name} />
          </li>
        ))}
      </ul>
      {fault && (
        <p className="ui-field-error" role="alert">
          {fault}
        </p>
      )}
    </fieldset>
  );
}

/** Counted by the office as the fields stand; the name changes nothing of it. */
function Preview({ values, ruleId }: { values: RuleValues; ruleId: string | undefined }) {
  const draft = ruleSchema.safeParse({ ...values, name: 'counted' });
  const body = draft.success ? draft.data : undefined;
  const { data, error, refetch, isPlaceholderData } = useRead(
    previewRecallRule,
    { body: { ...(body ?? unasked), ...(ruleId ? { recallRuleId: ruleId } : {}) } },
    { topics: ['visits', 'patients'], enabled: body !== undefined },
  );
  const shown = body && !isPlaceholderData ? data : undefined;
  return (
    <p className="wide fu-preview" role="status">
      {!body && 'Say after which visits, for which and when: then the people who are due are counted.'}
      {body && error && (
        <>
          {error.message}{' '}
          <Button look="quiet" onClick={() => void refetch()}>
            Count again
          </Button>
        </>
      )}
      {body && !error && (shown ? dueWords(shown, ruleId !== undefined) : 'Counting who is due …')}
    </p>
  );
}

/** Never sent: the question waits until the fields make one. */
const unasked = RecallRuleDraft.parse({
  name: 'counted',
  afterTypeIds: ['00000000-0000-0000-0000-000000000000'],
  visitTypeId: '00000000-0000-0000-0000-000000000000',
  months: 1,
});

function RuleUse({ rule, onClose }: { rule: RecallRule; onClose: () => void }) {
  const { mutateAsync: change } = useWrite(changeRecallRule, { touches });
  const toast = useToast();
  const { recallRuleId, version, ...draft } = rule;
  const set = (active: boolean, seen: number) =>
    change({ params: { ruleId: recallRuleId }, body: { version: seen, rule: { ...draft, active } } });
  const run = async () => {
    try {
      const changed = await set(!rule.active, version);
      onClose();
      toast.done(
        rule.active ? 'The rule calls nobody any more. What it made stays.' : 'The rule is in use again.',
        { undo: () => set(rule.active, changed.rule.version) },
      );
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This could not be changed.');
    }
  };
  return <Button onClick={() => void run()}>{rule.active ? 'Take out of use' : 'Bring back'}</Button>;
}
