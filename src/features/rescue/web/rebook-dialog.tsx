import { z } from 'zod';
import { toInstant } from '../../../platform/calendar/zones.ts';
import { roleKeys } from '../../../platform/contributions.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { DateField, FormError, SelectField, TextField } from '../../../ui/fields.tsx';
import { localDate } from '../../../ui/format.ts';
import { addDays } from '../../../ui/parse.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { useTeam } from '../../team/web/use-team.ts';
import { toRebook } from '../api.ts';
import type { RescueLine } from '../schema.ts';

const shape = z.object({
  owner: z.string().min(1, 'Choose who books it again.'),
  dueOn: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'Give a date.'),
  note: z.string().trim().max(500, 'Keep this under 500 letters.'),
});

/** They take no time now: the visit is cancelled, and somebody owes them a new one by a day. */
export function RebookDialog({ line, onClose }: { line: RescueLine; onClose: () => void }) {
  const { timeZone, staffId } = useSession();
  const { data } = useTeam(true);
  const toast = useToast();
  const today = localDate(Date.now(), timeZone);
  const write = useWrite(toRebook, { touches: ['rescues', 'visits'] });
  const people = (data?.members ?? []).filter((one) => one.signsIn);
  const owners = [
    { value: 'role:secretary', label: 'Any secretary' },
    ...people.map((one) => ({
      value: `staff:${one.staffId}`,
      label: one.staffId === staffId ? `${one.displayName} (you)` : one.displayName,
    })),
  ];
  const form = useForm({
    initial: { owner: 'role:secretary', dueOn: addDays(today, 2), note: '' },
    schema: shape,
    onSubmit: async ({ owner, dueOn, note }) => {
      const [kind, id = ''] = owner.split(':');
      const role = roleKeys.find((one) => one === id);
      await write.mutateAsync({
        params: { id: line.lineId },
        body: {
          ...{
            version: line.version,
            note,
            dueAt: new Date(toInstant(dueOn, '17:00', timeZone)).toISOString(),
          },
          ...(kind === 'staff' ? { ownerStaffId: id } : { ownerRole: role ?? 'secretary' }),
        },
      });
      toast.done('The visit is cancelled, and booking it again is owed.');
      onClose();
    },
  });
  return (
    <Dialog
      opened
      size="small"
      onClose={onClose}
      title="Book again later"
      onSubmit={form.submit}
      busy={form.submitting}
      submitLabel="Owe it"
    >
      <FormError form={form} />
      <p className="ui-dim">The visit is cancelled. It stands on Today until they have a new one.</p>
      <SelectField form={form} path="owner" label="Who books it again" choices={owners} required />
      <DateField form={form} path="dueOn" label="By" today={today} years="near" required />
      <TextField form={form} path="note" label="Note" placeholder="mornings only" />
    </Dialog>
  );
}
