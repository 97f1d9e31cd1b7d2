import './team.css';
import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { CheckboxField, DateField, SelectField, TextField, TimeField } from '../../../ui/fields.tsx';
import { localDate } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import type { Form } from '../../../ui/use-form.ts';
import { RecordDialog } from '../../practice/web/record-dialog.tsx';
import { useRecordForm } from '../../practice/web/use-record-form.ts';
import { addAbsence, changeAbsence, removeAbsence, type TeamAnswer } from '../api.ts';
import { absenceWords, dutiesWords } from '../rules.ts';
import { Absence, absenceKinds } from '../schema.ts';
import { AbsenceValues, absenceOf, everything, valuesOf } from './absence-values.ts';

const touches = ['team', 'setup', 'visits'];
const labels = {
  kind: 'Why',
  fromOn: 'From',
  toOn: 'Until',
  fromTime: 'From (time)',
  toTime: 'Until (time)',
  note: 'Note',
};
const kindChoices = absenceKinds.map((kind) => ({ value: kind, label: absenceWords[kind] }));

type Props = { absence: Absence | null; team: TeamAnswer; onClose: () => void };

/** From when to when someone is away, and who covers. A manager's word settles it; a colleague is asked. */
export function AbsenceDialog({ absence, team, onClose }: Props) {
  const session = useSession();
  const { timeZone } = session;
  const toast = useToast();
  const add = useWrite(addAbsence, { touches });
  const change = useWrite(changeAbsence, { touches });
  const remove = useWrite(removeAbsence, { touches });
  const [today] = useState(() => localDate(Date.now(), timeZone));
  const fresh = { staffId: session.staffId, today, timeZone };
  const record = useRecordForm<Absence, AbsenceValues, AbsenceValues>({
    draftKey: `absence ${absence?.absenceId ?? 'new'}`,
    row: absence,
    rowShape: Absence,
    schema: AbsenceValues,
    valuesOf: (row) => valuesOf(row, fresh),
    save: async (values, version) => {
      const body = absenceOf(values, timeZone);
      if (absence && version) {
        await change.mutateAsync({ params: { id: absence.absenceId }, body: { ...body, version } });
        return toast.done('Saved.');
      }
      const { absence: made } = await add.mutateAsync({ body: { ...body, staffId: values.staffId } });
      const params = { id: made.absenceId };
      const undo = () => remove.mutateAsync({ params, body: { version: made.version } });
      toast.done(`${made.staffName} is away. Their duties go to who covers, and come back by themselves.`, {
        undo,
      });
    },
    onDone: onClose,
  });
  const { form } = record;
  const manages = session.may('team.manage');
  const who = team.members.find((one) => one.staffId === form.values.staffId);
  return (
    <RecordDialog
      title={absence ? `${absence.staffName} is away` : 'Away'}
      record={record}
      labels={labels}
      onClose={onClose}
      submitLabel={absence ? 'Save' : 'Set'}
      aside={absence && <TakeBack absence={absence} onClose={onClose} />}
    >
      {manages && !absence && (
        <SelectField
          form={form}
          path="staffId"
          label="Who"
          choices={team.members.map((one) => ({ value: one.staffId, label: one.displayName }))}
          searchable
          required
        />
      )}
      <SelectField
        form={form}
        path="kind"
        label="Why"
        choices={kindChoices}
        hint="Only they and a manager see it."
        autoFocus
      />
      <DateField form={form} path="fromOn" label="From" today={today} required />
      <DateField form={form} path="toOn" label="Until, with this day" today={today} required />
      <div className="wide">
        <CheckboxField form={form} path="hours" label="Only some hours" />
      </div>
      {form.values.hours && (
        <>
          <TimeField form={form} path="fromTime" label="From (time)" required />
          <TimeField form={form} path="toTime" label="Until (time)" required />
        </>
      )}
      <CoverFields form={form} team={team} />
      {who?.kind === 'physician' && (
        <div className="wide">
          <CheckboxField
            form={form}
            path="closeHours"
            label="Close their hours on the schedule"
            hint="Nothing is offered then. Visits that are booked stay, and stand on Today until they are moved."
          />
        </div>
      )}
      <div className="wide">
        <TextField
          form={form}
          path="note"
          label="Note"
          maxLength={300}
          hint="Only they and a manager see it."
        />
      </div>
    </RecordDialog>
  );
}

function CoverFields({ form, team }: { form: Form<AbsenceValues>; team: TeamAnswer }) {
  const { may } = useSession();
  const { covers, staffId } = form.values;
  const others = team.members
    .filter((one) => one.staffId !== staffId && one.signsIn)
    .map((one) => ({ value: one.staffId, label: one.displayName }));
  const duties = [
    { value: everything, label: dutiesWords('') },
    ...team.dutyGroups.map((group) => ({ value: group, label: `Only: ${dutiesWords(group).toLowerCase()}` })),
  ];
  return (
    <fieldset className="wide team-covers">
      <legend className="ui-field-label">Who covers</legend>
      {covers.map((cover, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and none moves
        <div key={at} className="team-cover">
          <SelectField
            form={form}
            path={`covers.${at}.staffId`}
            label={at === 0 ? 'Cover' : `Cover ${at + 1}`}
            choices={others}
            placeholder="Nobody yet"
            searchable
            clearable
          />
          <SelectField form={form} path={`covers.${at}.duties`} label="Which duties" choices={duties} />
          {covers.length > 1 && (
            <Button
              look="quiet"
              icon="cross"
              aria-label={`Without cover ${at + 1}`}
              onClick={() =>
                form.set(
                  'covers',
                  covers.filter((one) => one !== cover),
                )
              }
            />
          )}
        </div>
      ))}
      <p className="ui-dim">
        {may('team.manage')
          ? 'As a manager you set it; they need not answer.'
          : 'They are asked, and it counts once they say yes. Without a cover it goes to the role, else to the manager.'}
      </p>
      <Button
        look="quiet"
        icon="plus"
        onClick={() =>
          form.set('covers', [...covers, { staffId: '', duties: team.dutyGroups[0] ?? everything }])
        }
      >
        Somebody else for some duties
      </Button>
    </fieldset>
  );
}

function TakeBack({ absence, onClose }: { absence: Absence; onClose: () => void }) {
  const ask = useConfirm();
  const toast = useToast();
  const remove = useWrite(removeAbsence, { touches });
  const run = async () => {
    const params = { id: absence.absenceId };
    const answer = await ask({
      title: `${absence.staffName} is not away after all?`,
      text: 'Their duties are theirs at once. Hours that were closed with it open again.',
      confirmLabel: 'Take it back',
      run: () => remove.mutateAsync({ params, body: { version: absence.version } }),
    });
    if (!answer) return;
    toast.done(`${absence.staffName} is here.`);
    onClose();
  };
  return <Button onClick={() => void run()}>Not away after all</Button>;
}
