import { useState } from 'react';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError, SelectField, TextField } from '../../../ui/fields.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { addAlert, type PatientAlert, type PatientRecord, removeAlert } from '../api.ts';
import { CustodyDialog } from '../custody/web/custody-dialog.tsx';
import { NewAlert } from '../schema.ts';

const toneChoices = [
  { value: 'wrong', label: 'Danger' },
  { value: 'wait', label: 'Take care' },
  { value: 'calm', label: 'Good to know' },
];
const usualReasons = ['No longer so', 'Wrong person', 'Entered twice'];

/** What everyone at the desk must see before they speak. */
export function AlertsSection({ patient, mayChange }: { patient: PatientRecord; mayChange: boolean }) {
  const [adding, setAdding] = useState<'alert' | 'custody' | PatientAlert>();
  const close = () => setAdding(undefined);
  const ask = useConfirm();
  const toast = useToast();
  const remove = useWrite(removeAlert, { touches: ['patients'] });
  const takeOff = async ({ alertId, version, text }: PatientAlert) => {
    const params = { id: patient.patientId, alertId };
    const answer = await ask({
      title: 'Take this alert off?',
      text,
      confirmLabel: 'Take off',
      reason: { label: 'Why', required: true, usual: usualReasons },
      run: (reason) => remove.mutateAsync({ params, body: { version, reason } }),
    });
    if (answer) toast.done('Alert taken off.');
  };
  return (
    <section className="pt-section">
      <h2>
        Alerts
        {mayChange && (
          <span>
            <Button look="quiet" icon="plus" onClick={() => setAdding('alert')}>
              Add alert
            </Button>
            <Button look="quiet" icon="plus" onClick={() => setAdding('custody')}>
              Custody note
            </Button>
          </span>
        )}
      </h2>
      {patient.alerts.length === 0 && <p className="ui-dim">None.</p>}
      <ul className="pt-alerts">
        {patient.alerts.map((alert) => (
          <li key={alert.alertId}>
            <Tag tone={alert.tone}>{alert.text}</Tag>
            {mayChange && alert.custody && (
              <Button
                look="quiet"
                icon="edit"
                aria-label={`Change: ${alert.text}`}
                onClick={() => setAdding(alert)}
              />
            )}
            {mayChange && (
              <Button
                look="quiet"
                icon="cross"
                aria-label={`Take off: ${alert.text}`}
                onClick={() => void takeOff(alert)}
              />
            )}
          </li>
        ))}
      </ul>
      {adding === 'alert' && <AlertDialog patientId={patient.patientId} onClose={close} />}
      {adding === 'custody' && <CustodyDialog patientId={patient.patientId} onClose={close} />}
      {typeof adding === 'object' && (
        <CustodyDialog patientId={patient.patientId} alert={adding} onClose={close} />
      )}
    </section>
  );
}

function AlertDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const write = useWrite(addAlert, { touches: ['patients'] });
  const form = useForm({
    initial: { text: '', tone: 'wait' },
    schema: NewAlert,
    onSubmit: async (body) => {
      await write.mutateAsync({ params: { id: patientId }, body });
      onClose();
    },
  });
  return (
    <Dialog opened onClose={onClose} title="Add an alert" onSubmit={form.submit} busy={form.submitting}>
      <FormError form={form} />
      <TextField form={form} path="text" label="What must everyone see?" autoFocus maxLength={300} />
      <SelectField form={form} path="tone" label="How grave" choices={toneChoices} />
    </Dialog>
  );
}
