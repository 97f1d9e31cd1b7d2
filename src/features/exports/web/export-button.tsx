import { useState } from 'react';
import { call } from '../../../platform/web/call.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError, TextAreaField, TextField } from '../../../ui/fields.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { exportRecord } from '../api.ts';
import { ExportReason } from '../schema.ts';
import { saveZip } from './save-zip.ts';

/** Hand out a person's whole record; nothing for those who may not. */
export function ExportButton({ patientId }: { patientId: string }) {
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  if (!may('records.export')) return null;
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        Export record …
      </Button>
      {open && <ExportDialog patientId={patientId} onClose={() => setOpen(false)} />}
    </>
  );
}

function ExportDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const toast = useToast();
  const form = useForm({
    initial: { recipient: '', purpose: '' },
    schema: ExportReason,
    onSubmit: async (body) => {
      const { fileName, files } = await call(exportRecord, { params: { id: patientId }, body });
      saveZip(fileName, files);
      toast.done('The record is saved as a file. It is not locked: send it a safe way.');
      onClose();
    },
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Export the whole record"
      onSubmit={form.submit}
      submitLabel="Save as a file"
      busy={form.submitting}
    >
      <FormError form={form} />
      <p>
        One ZIP file: a text to read, tables, and FHIR for other programs. Who receives it and what for goes
        on record.
      </p>
      <TextField
        form={form}
        path="recipient"
        label="Who receives it"
        hint="e.g. the person, a doctor, a court"
        required
        autoFocus
        maxLength={200}
      />
      <TextAreaField form={form} path="purpose" label="What for" rows={2} required />
    </Dialog>
  );
}
