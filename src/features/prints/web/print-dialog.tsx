import './prints.css';
import { MultiSelect } from '@mantine/core';
import { z } from 'zod';
import { useSession } from '../../../platform/web/session.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError, TextField } from '../../../ui/fields.tsx';
import { formatCount } from '../../../ui/format.ts';
import { type Form, useForm } from '../../../ui/use-form.ts';
import { useSetup } from '../../schedule/web/use-setup.ts';
import { usePrint } from './open-print.ts';
import {
  askPrint,
  countOf,
  kindsFor,
  type PrintKind,
  type PrintTarget,
  permissionOf,
  printKinds,
} from './print-asked.ts';

type Words = { label: string; hint: string; places?: number };

const words: Record<PrintKind, Words> = {
  'day-sheets': { label: 'Day sheets', hint: 'times, patients, phones, alerts; a page for each physician' },
  slips: { label: 'Routing slips', hint: 'a page that goes along with the patient' },
  cards: { label: 'Appointment cards', hint: 'for the patient to take home, Avery 5371', places: 10 },
  address: { label: 'Address labels', hint: 'for envelopes, Avery 5160', places: 30 },
  chart: { label: 'Chart labels', hint: 'name, birth date and record number, Avery 5160', places: 30 },
};

const WholeNumber = (from: number, to: number) =>
  z
    .string()
    .trim()
    .refine((typed) => /^\d{1,2}$/.test(typed) && Number(typed) >= from && Number(typed) <= to, {
      message: `Type a number from ${from} to ${to}.`,
    });

const Choice = z
  .object({
    kind: z.enum(printKinds),
    physicianIds: z.array(z.string()),
    start: z.string().trim(),
    copies: z.string().trim(),
  })
  .superRefine((choice, context) => {
    const { places } = words[choice.kind];
    if (!places) return;
    const start = WholeNumber(1, places).safeParse(choice.start);
    if (!start.success)
      context.addIssue({ code: 'custom', path: ['start'], message: `Type a number from 1 to ${places}.` });
    const copies = WholeNumber(1, 30).safeParse(choice.copies);
    if (places === 30 && !copies.success)
      context.addIssue({ code: 'custom', path: ['copies'], message: 'Type a number from 1 to 30.' });
  });
type Values = z.input<typeof Choice>;

type PrintDialogProps = { target: PrintTarget; title: string; first?: PrintKind; onClose: () => void };

/** What to print of a day, a visit or a person; it opens in the browser's viewer, from which it is printed. */
export function PrintDialog({ target, title, first, onClose }: PrintDialogProps) {
  const { may } = useSession();
  const print = usePrint();
  const kinds = kindsFor(target).filter((kind) => may(permissionOf[kind]));
  const kind = first && kinds.includes(first) ? first : (kinds[0] ?? 'chart');
  const form = useForm({
    initial: { kind, physicianIds: [], start: '1', copies: '1' } as Values,
    schema: Choice,
    onSubmit: async (choice) => {
      const numbers = { start: Number(choice.start) || 1, copies: Number(choice.copies) || 1 };
      await print.run(() => askPrint(target, { ...choice, ...numbers }));
      onClose();
    },
  });
  const { values } = form;
  const { count, fault } = countOf(target, values);
  const places = words[values.kind].places;
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      onSubmit={form.submit}
      submitLabel="Open to print"
      submitDisabledReason={fault}
      busy={form.submitting}
      size="small"
    >
      <FormError form={form} />
      <KindChoice form={form} kinds={kinds} />
      {target.date && <Physicians form={form} />}
      {places && (
        <div className="pr-numbers">
          <TextField form={form} path="start" label="First free place" hint={`1 to ${places}, row by row`} />
          {places === 30 && <TextField form={form} path="copies" label="Of each" hint="1 to 30" />}
        </div>
      )}
      {!fault && values.kind !== 'day-sheets' && count > 1 && (
        <p className="ui-dim">
          {formatCount(
            count,
            values.kind === 'slips' || values.kind === 'cards' ? 'visit' : 'person',
            values.kind === 'slips' || values.kind === 'cards' ? 'visits' : 'people',
          )}
        </p>
      )}
    </Dialog>
  );
}

function KindChoice({ form, kinds }: { form: Form<Values>; kinds: readonly PrintKind[] }) {
  return (
    <fieldset className="pr-kinds">
      <legend className="ui-field-label">What</legend>
      {kinds.map((kind, index) => (
        <label key={kind}>
          <input
            type="radio"
            name={`${form.id}-kind`}
            data-form={form.id}
            data-path="kind"
            data-autofocus={(index === 0 && kind === form.values.kind) || undefined}
            checked={form.values.kind === kind}
            onChange={() => form.set('kind', kind)}
          />
          <span>
            {words[kind].label} <small className="ui-dim">{words[kind].hint}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Physicians({ form }: { form: Form<Values> }) {
  const { physicians } = useSetup();
  return (
    <MultiSelect
      label="Physicians"
      placeholder={form.values.physicianIds.length === 0 ? 'everyone that day' : undefined}
      data={physicians.map((one) => ({ value: one.id, label: one.label }))}
      value={form.values.physicianIds}
      onChange={(ids) => form.set('physicianIds', ids)}
      searchable
      clearable
      comboboxProps={{ transitionProps: { duration: 0 } }}
      maxDropdownHeight={240}
    />
  );
}
