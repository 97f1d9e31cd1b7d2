import { FileInput } from '@mantine/core';
import { useState } from 'react';
import { z } from 'zod';
import { useRead, useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { FormError, SelectField, TextField } from '../../../../ui/fields.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { getSetup } from '../../setup/api.ts';
import { addCalendar } from '../api.ts';
import { longestFile } from '../schema.ts';

const Typed = z
  .object({
    physicianId: z.string().min(1, 'Choose whose calendar it is.'),
    name: z.string().trim().min(1, 'Give it a name, e.g. “Hospital”.').max(100),
    address: z.string().trim().max(2000),
    fileName: z.string(),
  })
  .superRefine(({ address, fileName }, context) => {
    if (address === '' && fileName === '')
      context.addIssue({ code: 'custom', path: ['address'], message: 'Give an address, or choose a file.' });
  });

export function CalendarDialog({ onClose }: { onClose: () => void }) {
  const setup = useRead(getSetup, {}, { topics: ['setup'] });
  const { mutateAsync: add } = useWrite(addCalendar, { touches: ['calendars', 'setup', 'visits'] });
  const [file, setFile] = useState<File | null>(null);
  const toast = useToast();
  const form = useForm({
    initial: { physicianId: '', name: '', address: '', fileName: '' },
    schema: Typed,
    onSubmit: async ({ physicianId, name, address }) => {
      if (file && file.size > longestFile)
        throw new Error('This file is too large. Give its address instead.');
      const text = file ? await file.text() : '';
      await add({ body: { physicianId, name, address: file ? '' : address, file: text } });
      toast.done(file ? `“${name}” is taken in.` : `“${name}” is read within a quarter of an hour.`);
      onClose();
    },
  });
  const choices = (setup.data?.physicians ?? []).map((one) => ({ value: one.resourceId, label: one.name }));
  return (
    <Dialog
      opened
      title="A calendar outside the office"
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel="Add"
      busy={form.submitting}
    >
      <FormError form={form} />
      <div className="set-fields">
        <SelectField form={form} path="physicianId" label="Whose" required choices={choices} />
        <TextField form={form} path="name" label="Name" required placeholder="Hospital" />
        <TextField
          form={form}
          path="address"
          label="Address"
          placeholder="https://… or webcal://…"
          hint="The secret address in iCal format, from the sharing settings of the other calendar. It is read every 15 minutes."
          disabledReason={file && 'The file is taken instead.'}
        />
        <FileInput
          label="Or a file"
          placeholder="calendar.ics"
          accept=".ics,text/calendar"
          clearable
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            form.set('fileName', chosen?.name ?? '');
          }}
        />
      </div>
    </Dialog>
  );
}
