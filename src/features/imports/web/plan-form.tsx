import { z } from 'zod';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { CheckboxField, FormError, SelectField, TextField } from '../../../ui/fields.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { Section } from '../../practice/web/settings-page.tsx';
import { checkImport, takeImport } from '../api.ts';
import { guessColumns, ImportKind, ImportPlan, type ImportRow, importFields, planFault } from '../schema.ts';
import { kindLabels } from './words.ts';

const kindChoices = ImportKind.options.map((value) => ({ value, label: kindLabels[value] }));
const dateChoices = [
  { value: 'mdy', label: 'month/day/year' },
  { value: 'dmy', label: 'day/month/year' },
];
const leftOut = 'none';
const alikeLabels = {
  patients: 'Also take in who has the name and birth date of someone here',
  contacts: 'Also take in who is likely one of the directory',
};

/** What a column is: a choice has no empty value. */
const Values = ImportPlan.extend({ columns: z.array(z.string()) }).transform((values) => ({
  ...values,
  columns: values.columns.map((field) => (field === leftOut ? '' : field)),
}));

const shown = (columns: readonly string[]) => columns.map((field) => field || leftOut);

/** Say what each column holds; check; bring in. */
export function PlanForm({ one, samples }: { one: ImportRow; samples: string[][] }) {
  const touches = ['imports'];
  const check = useWrite(checkImport, { touches });
  const take = useWrite(takeImport, { touches: ['imports', 'patients', 'visits', 'contacts'] });
  const params = { id: one.importId };
  const form = useForm({
    initial: { kind: one.kind, columns: shown(one.columns), options: one.options },
    schema: Values,
    onSubmit: (body) => check.mutateAsync({ params, body }),
  });
  const { values } = form;
  const parsed = Values.safeParse(values);
  const why = parsed.success ? planFault(values.kind, parsed.data.columns) : null;
  const isChecked = one.state === 'checked' && !form.dirty;
  const choices = [
    { value: leftOut, label: '(leave out)' },
    ...importFields[values.kind].map(({ key, label }) => ({ value: key, label })),
  ];
  const bringIn = () => parsed.success && take.mutate({ params, body: parsed.data });
  return (
    <form onSubmit={form.submit} noValidate>
      <Section title="What it holds">
        <FormError form={{ formError: form.formError ?? take.error?.message ?? null }} />
        <div className="set-fields">
          <SelectField
            form={form}
            path="kind"
            label="Each line is"
            choices={kindChoices}
            onChosen={(kind) => {
              const chosen = ImportKind.parse(kind);
              form.setAll({ kind: chosen, columns: shown(guessColumns(chosen, one.headings)) });
            }}
          />
          <SelectField form={form} path="options.dates" label="Dates are written" choices={dateChoices} />
          <TextField
            form={form}
            path="options.source"
            label="Name of the old system"
            hint="Record numbers are kept under it: the same number is the same record."
          />
          {values.kind !== 'visits' && (
            <CheckboxField form={form} path="options.alsoAlike" label={alikeLabels[values.kind]} />
          )}
        </div>
      </Section>
      <Section title="Its columns" text="Guessed from the headings; look at each.">
        <ul className="imp-columns" aria-label="Columns of the file">
          {one.headings.map((heading, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: headings may repeat, and never change places
            <li key={index}>
              <SelectField
                form={form}
                path={`columns.${index}`}
                label={heading || `Column ${index + 1}`}
                choices={choices}
              />
              <p className="imp-samples">{samplesOf(samples, index) || 'empty in the first lines'}</p>
            </li>
          ))}
        </ul>
        <div className="set-row">
          <Button type="submit" look={isChecked ? 'plain' : 'go'} busy={form.submitting} disabledReason={why}>
            Check the file
          </Button>
          <Button
            look={isChecked ? 'go' : 'plain'}
            busy={take.isPending}
            disabledReason={isChecked ? one.made === 0 && 'No line can go in.' : 'Check the file first.'}
            onClick={bringIn}
          >
            {isChecked ? `Bring in ${one.made.toLocaleString('en-US')} lines` : 'Bring in'}
          </Button>
        </div>
      </Section>
    </form>
  );
}

function samplesOf(samples: readonly string[][], index: number): string {
  const cells = samples.map((cells) => (cells[index] ?? '').trim()).filter((cell) => cell !== '');
  return [...new Set(cells)].slice(0, 3).join(' · ');
}
