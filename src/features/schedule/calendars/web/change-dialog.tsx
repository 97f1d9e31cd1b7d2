import { z } from 'zod';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { FormError, SelectField, TextField } from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { getSetup } from '../../setup/api.ts';
import { changeCalendar, undoCalendarChange } from '../api.ts';
import type { CalendarRow } from '../schema.ts';

const touches = ['calendars', 'setup', 'visits'];
const Typed = z.object({
  physicianId: z.string().min(1, 'Choose whose calendar it is.'),
  name: z.string().trim().min(1, 'Give it a name, e.g. “Hospital”.').max(100),
  address: z.string().trim().max(2000),
});

/** What a calendar is called, whose it is, and where it is read from now on. */
export function ChangeDialog({ calendar, onClose }: { calendar: CalendarRow; onClose: () => void }) {
  const { calendarId, physicianId, physicianName, byAddress, version } = calendar;
  const setup = useRead(getSetup, {}, { topics: ['setup'] });
  const { mutateAsync: change } = useWrite(changeCalendar, { touches });
  const undo = useWrite(undoCalendarChange, { touches });
  const toast = useToast();
  const params = { calendarId };
  const form = useForm({
    initial: { physicianId, name: calendar.name, address: '' },
    schema: Typed,
    onSubmit: async (typed) => {
      const { address, ...body } = typed;
      const now = await change({ params, body: { version, ...body, ...(address ? { address } : {}) } });
      toast.done(`“${body.name}” is changed.`, { undo: () => undo.mutateAsync({ params, body: now }) });
      onClose();
    },
  });
  const known = (setup.data?.physicians ?? []).map((one) => ({ value: one.resourceId, label: one.name }));
  const choices = known.some((one) => one.value === physicianId)
    ? known
    : [{ value: physicianId, label: physicianName }, ...known];
  return (
    <Dialog
      opened
      title={`“${calendar.name}” of ${physicianName}`}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel="Save"
      busy={form.submitting}
    >
      <FormError form={form} />
      <div className="set-fields">
        <TextField form={form} path="name" label="Name" required autoFocus />
        <SelectField form={form} path="physicianId" label="Whose" required choices={choices} />
        <TextField
          form={form}
          path="address"
          label="Another address"
          placeholder="https://… or webcal://…"
          hint="Left empty, it stays: an address is shown to nobody again. The times known stand until the new one is read."
          disabledReason={!byAddress && 'It was given as a file: add an address as a calendar of its own.'}
        />
      </div>
    </Dialog>
  );
}
