import { MultiSelect } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import { roleKeys } from '../../../platform/contributions.ts';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { CheckboxField, FormError, SelectField, TextField } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import type { PatientHit } from '../../patients/api.ts';
import { PatientPicker } from '../../patients/web/patient-search.tsx';
import { roleWords } from '../../practice/web/role-words.ts';
import { type RestrictedRow, restrictRecord } from '../api.ts';
import { Restriction, restrictionKinds, restrictionLabels } from '../schema.ts';

type RestrictDialogProps = {
  /** null: choose whose. */
  row: RestrictedRow | null;
  known: readonly RestrictedRow[];
  accounts: readonly { id: string; name: string }[];
  onClose: () => void;
};

const looks = { label: 'ui-field-label', description: 'ui-field-hint', input: 'ui-field-input' };
const schema = Restriction.extend({ patientId: z.string().min(1, 'Choose whose record.') });
const kinds = restrictionKinds.map((value) => ({ value, label: restrictionLabels[value] }));

/** Whose record, why, and who may open it. */
export function RestrictDialog({ row, known, accounts, onClose }: RestrictDialogProps) {
  const { mutateAsync } = useWrite(restrictRecord, { touches: 'everything' });
  const toast = useToast();
  const [hit, setHit] = useState<PatientHit>();
  const form = useForm({
    initial: {
      patientId: row?.patientId ?? '',
      kind: (row?.kind ?? 'colleague') as string,
      note: row?.note ?? '',
      roles: [...(row?.roles ?? ['manager'])] as string[],
      accountIds: [...(row?.accountIds ?? [])],
      careTeam: row?.careTeam ?? true,
    },
    schema,
    onSubmit: async ({ patientId, ...body }) => {
      const version = known.find((one) => one.patientId === patientId)?.version ?? row?.version ?? 0;
      await mutateAsync({ params: { id: patientId }, body: { ...body, version } });
      toast.done('Restricted. It holds at once, on every desk.');
      onClose();
    },
  });
  return (
    <Dialog
      opened
      title={row ? `Who may open ${row.fileName}` : 'Restrict a record'}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={row ? 'Save' : 'Restrict'}
      busy={form.submitting}
    >
      <FormError form={form} />
      {!row && (
        <Whose
          hit={hit}
          error={form.error('patientId')}
          onPick={(one) => {
            setHit(one);
            form.set('patientId', one?.patientId ?? '');
          }}
        />
      )}
      <div className="set-fields">
        <SelectField form={form} path="kind" label="Because" required choices={kinds} />
        <TextField
          form={form}
          path="note"
          label="Note"
          maxLength={300}
          hint="No diagnosis. Only managers read it."
        />
        <Several
          label="Roles that may open it"
          choices={roleKeys.map((role) => ({ value: role, label: roleWords[role] }))}
          value={form.values.roles}
          onChange={(roles) => form.set('roles', roles)}
        />
        <Several
          label="People who may open it"
          choices={accounts.map(({ id, name }) => ({ value: id, label: name }))}
          value={form.values.accountIds}
          onChange={(ids) => form.set('accountIds', ids)}
        />
        <div className="wide">
          <CheckboxField
            form={form}
            path="careTeam"
            label="Physicians who treat them may open it"
            hint="Those of their visits within a year."
          />
        </div>
      </div>
    </Dialog>
  );
}

type WhoseProps = {
  hit: PatientHit | undefined;
  error: string | undefined;
  onPick: (hit: PatientHit | undefined) => void;
};

function Whose({ hit, error, onPick }: WhoseProps) {
  if (hit)
    return (
      <p>
        <b>{hit.fileName}</b> · MRN {hit.mrn}{' '}
        <Button look="quiet" onClick={() => onPick(undefined)}>
          Choose another
        </Button>
      </p>
    );
  return <PatientPicker label="Whose record" autoFocus onPick={onPick} {...(error ? { error } : {})} />;
}

type SeveralProps = {
  label: string;
  choices: { value: string; label: string }[];
  value: string[];
  onChange: (value: string[]) => void;
};

function Several({ label, choices, value, onChange }: SeveralProps) {
  return (
    <MultiSelect
      label={label}
      data={choices}
      value={value}
      onChange={onChange}
      searchable
      clearable
      classNames={looks}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      nothingFoundMessage="Nothing fits. Try fewer letters."
    />
  );
}
