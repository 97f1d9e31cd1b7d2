import { z } from 'zod';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError, TextAreaField } from '../../../ui/fields.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { Reason } from '../schema.ts';

type GlassDialogProps = { minutes: number; onBreak: (reason: string) => Promise<void>; onClose: () => void };

const schema = z.object({ reason: Reason });

/** A restricted record opens with a typed reason, for a while, and everyone who reviews is told. */
export function GlassDialog({ minutes, onBreak, onClose }: GlassDialogProps) {
  useReturnFocus();
  const form = useForm({ initial: { reason: '' }, schema, onSubmit: ({ reason }) => onBreak(reason) });
  return (
    <Dialog
      opened
      size="small"
      title="This record is restricted"
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel="Break the glass"
      submitLook="danger"
      cancelLabel="Leave it closed"
      busy={form.submitting}
    >
      <FormError form={form} />
      <p>
        Only some may open it. If the work cannot wait, it opens for you for {minutes} minutes; the manager is
        told at once and reads your reason.
      </p>
      <TextAreaField form={form} path="reason" label="Why can it not wait?" required autoFocus rows={3} />
    </Dialog>
  );
}
