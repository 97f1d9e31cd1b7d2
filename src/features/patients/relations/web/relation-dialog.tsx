import { z } from 'zod';
import { useDraft } from '../../../../platform/web/drafts.ts';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import {
  CheckboxField,
  DateField,
  FormError,
  PhoneField,
  SelectField,
  TextField,
} from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { useToday } from '../../web/use-patient-search.ts';
import { addRelation, changeRelation } from '../api.ts';
import { proofWords } from '../rules.ts';
import { type Hearing, proofs, type Relation, RelationDraft } from '../schema.ts';

const hearingChoices = [
  { value: '', label: 'Nothing' },
  { value: 'all', label: 'Everything' },
  { value: 'appointments', label: 'Appointments' },
  { value: 'appointments billing', label: 'Appointments and billing' },
  { value: 'appointments results', label: 'Appointments and results' },
  { value: 'billing', label: 'Billing' },
  { value: 'results', label: 'Results' },
  { value: 'billing results', label: 'Billing and results' },
];
const proofChoices = proofs.map((value) => ({ value, label: proofWords[value] }));

type Values = Omit<RelationDraft, 'mayHear' | 'since' | 'until'> & {
  hears: string;
  since: string;
  until: string;
};

const empty: Values = {
  ...{ name: '', relationship: '', phone: '', hears: '', since: '', until: '' },
  ...{ emergency: false, proof: '', note: '' },
};

/** As the choices name it: sorted, and "everything" where all is named singly. */
function hearsOf(mayHear: readonly Hearing[]): string {
  const all = mayHear.includes('all') || mayHear.length === 3;
  return all ? 'all' : [...mayHear].sort().join(' ');
}

const FormSchema = z.preprocess((values) => {
  const { hears, ...rest } = values as Values;
  return { ...rest, mayHear: hears.split(' ').filter(Boolean) };
}, RelationDraft);

type Props = { patientId: string; relation?: Relation; onClose: () => void };

function useRelationForm({ patientId, relation, onClose }: Props) {
  const toast = useToast();
  const touches = ['patients'];
  const add = useWrite(addRelation, { touches });
  const change = useWrite(changeRelation, { touches });
  const draft = useDraft<Values>(relation ? `relation ${relation.relationId}` : `relation of ${patientId}`);
  const kept = relation && {
    ...relation,
    hears: hearsOf(relation.mayHear),
    since: relation.since ?? '',
    until: relation.until ?? '',
  };
  const form = useForm<Values, RelationDraft>({
    initial: draft.initial ?? (kept ? { ...empty, ...kept } : empty),
    schema: FormSchema,
    onSubmit: async (parsed) => {
      if (relation) {
        const params = { id: patientId, relationId: relation.relationId };
        await change.mutateAsync({ params, body: { version: relation.version, relation: parsed } });
      } else {
        await add.mutateAsync({ params: { id: patientId }, body: parsed });
      }
      draft.drop();
      toast.done('Saved.');
      onClose();
    },
  });
  if (form.dirty) draft.keep(form.values);
  return form;
}

/** Who it is, what they may hear, and how the office knows. */
export function RelationDialog(props: Props) {
  const form = useRelationForm(props);
  const today = useToday();
  return (
    <Dialog
      opened
      onClose={props.onClose}
      title={props.relation ? 'Authorized person' : 'Add an authorized person'}
      onSubmit={form.submit}
      busy={form.submitting}
    >
      <FormError form={form} />
      <div className="pt-fields">
        <TextField form={form} path="name" label="Name" required autoFocus />
        <TextField form={form} path="relationship" label="Relationship" placeholder="daughter" />
        <PhoneField form={form} path="phone" label="Phone" />
      </div>
      <div className="pt-fields">
        <SelectField form={form} path="hears" label="May hear" choices={hearingChoices} />
        <SelectField form={form} path="proof" label="How you know" choices={proofChoices} />
        <DateField form={form} path="since" label="From" {...{ today }} />
        <DateField form={form} path="until" label="Until" {...{ today }} />
      </div>
      <CheckboxField form={form} path="emergency" label="Emergency contact" />
      <TextField form={form} path="note" label="Note" placeholder="calls after 5 pm" />
    </Dialog>
  );
}
