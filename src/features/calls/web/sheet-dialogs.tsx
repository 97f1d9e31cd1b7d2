import { z } from 'zod';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError } from '../../../ui/fields.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { openPatientCard } from '../../patients/api.ts';
import { PatientPicker } from '../../patients/web/patient-search.tsx';
import { checkIdentity, sayAboutWhom } from '../api.ts';
import { type Call, IdentifierKind, Identity } from '../schema.ts';
import { IdentityFields } from './identity-fields.tsx';

const IdentityForm = z
  .object({ identifiers: z.array(IdentifierKind), failed: z.boolean() })
  .transform(
    ({ identifiers, failed }): z.input<typeof Identity> => ({
      state: failed ? 'failed' : 'verified',
      identifiers,
    }),
  )
  .pipe(Identity);

/** Ask who it is when calling back, too. */
export function IdentityDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  const { may } = useSession();
  const id = call.patientId ?? '';
  const { data } = useRead(
    openPatientCard,
    { params: { id } },
    { topics: ['patients'], keys: [id], enabled: may('patients.open') },
  );
  const write = useWrite(checkIdentity, { touches: ['calls'] });
  const form = useForm({
    initial: { identifiers: [...call.identifiers], failed: call.identity === 'failed' },
    schema: IdentityForm,
    onSubmit: async (identity) => {
      await write.mutateAsync({ params: { id: call.callId }, body: { version: call.version, identity } });
      onClose();
    },
  });
  return (
    <Dialog
      opened
      size="small"
      onClose={onClose}
      title="Who is it?"
      onSubmit={form.submit}
      busy={form.submitting}
    >
      <FormError form={form} />
      {data ? <IdentityFields form={form} card={data.card} /> : <Skeleton rows={4} />}
    </Dialog>
  );
}

/** Whom the call is about: a stranger who was registered since, or another one than was thought. */
export function AboutDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  const toast = useToast();
  const write = useWrite(sayAboutWhom, { touches: ['calls'] });
  const choose = (patientId: string, name: string) =>
    write.mutate(
      { params: { id: call.callId }, body: { version: call.version, patientId } },
      {
        onSuccess: () => {
          toast.done(`The call is about ${name}.`);
          onClose();
        },
        onError: (error) => toast.refused(error.message),
      },
    );
  return (
    <Dialog opened onClose={onClose} title="About whom?">
      <PatientPicker
        label="Which patient"
        autoFocus
        initialText={call.patientId ? '' : call.callerName}
        onPick={(hit) => choose(hit.patientId, hit.callName)}
      />
    </Dialog>
  );
}
