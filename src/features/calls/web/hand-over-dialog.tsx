import { z } from 'zod';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormError, TextField } from '../../../ui/fields.tsx';
import { formatDayTime } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { handOverCall } from '../api.ts';
import { readPromise } from '../line/rules.ts';
import type { Call } from '../schema.ts';
import { owedOf, type TakingDesk, vocabularyOf } from '../taking/rules.ts';
import { useTakingDesk } from './use-taking.ts';

type Values = { to: string; note: string };

/** To whom and by when; without a time, as it was promised. */
function handOverForm(call: Call, desk: TakingDesk) {
  const base = z.object({ to: z.string(), note: z.string().trim().max(500, 'Keep this under 500 letters.') });
  return base.transform(({ to, note }, context) => {
    const read = to.trim() === '' ? null : readPromise(to, vocabularyOf(desk));
    const owed = read && owedOf(read, undefined, desk);
    if (!read || !owed?.owner) {
      const message = 'Type whom, and a time if another is promised: nurse, @ana 4pm.';
      context.addIssue({ code: 'custom', path: ['to'], message });
      return z.NEVER;
    }
    const hasTime = read.dueOn !== null || read.dueLocalTime !== null;
    const promisedAt = hasTime ? owed.promisedAt : (call.promisedAt ?? owed.promisedAt);
    const { ownerStaffId, ownerRole, label } = owed.owner;
    return { note, ownerStaffId, ownerRole, label, promisedAt: promisedAt ?? new Date().toISOString() };
  });
}

export function HandOverDialog({ call, onClose }: { call: Call; onClose: () => void }) {
  const { desk } = useTakingDesk();
  const toast = useToast();
  const write = useWrite(handOverCall, { touches: ['calls'] });
  const form = useForm({
    initial: { to: '', note: '' } satisfies Values,
    schema: handOverForm(call, desk),
    onSubmit: async ({ label, ...body }) => {
      await write.mutateAsync({ params: { id: call.callId }, body: { version: call.version, ...body } });
      toast.done(`Handed to ${label}, owed ${formatDayTime(body.promisedAt, desk.timeZone, desk.today)}.`);
      onClose();
    },
  });
  return (
    <Dialog
      opened
      size="small"
      onClose={onClose}
      title="Hand over"
      onSubmit={form.submit}
      busy={form.submitting}
      submitLabel="Hand over"
    >
      <FormError form={form} />
      <TextField form={form} path="to" label="To whom, by when" placeholder="nurse 4pm" autoFocus required />
      <TextField form={form} path="note" label="Note" />
    </Dialog>
  );
}
