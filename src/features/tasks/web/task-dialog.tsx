import './tasks.css';
import { useState } from 'react';
import { useDraft } from '../../../platform/web/drafts.ts';
import { PresenceNote } from '../../../platform/web/presence.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import {
  CheckboxField,
  DateField,
  FormError,
  SelectField,
  TextField,
  TimeField,
} from '../../../ui/fields.tsx';
import { formatDayTime, localDate, localMinutes } from '../../../ui/format.ts';
import { addDays } from '../../../ui/parse.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { openPatientCard } from '../../patients/api.ts';
import { changeTask, makeTask, taskInError } from '../api.ts';
import { listAssignees } from '../marks/api.ts';
import type { Task } from '../schema.ts';
import { roleChoices, TaskValues, taskOf, valuesOf } from './task-values.ts';

const everyChoices = [
  { value: 'once', label: 'Once' },
  { value: 'day', label: 'Every day' },
  { value: 'week', label: 'Every week' },
  { value: 'month', label: 'Every month' },
  { value: 'year', label: 'Every year' },
];

export type TaskDialogProps = {
  onClose: () => void;
  /** The task to change; left out, a new one. */
  task?: Task;
  /** The person in view, whom a new task is probably about. */
  patientId?: string;
};

function useOwnerChoices() {
  const session = useSession();
  const { data } = useRead(listAssignees, {}, { topics: ['practice'] });
  const others = (data?.assignees ?? []).filter((one) => one.staffId !== session.staffId);
  return [
    { value: `staff:${session.staffId}`, label: `Me (${session.displayName})` },
    { value: 'anyone', label: 'Anyone' },
    ...roleChoices,
    ...others.map((one) => ({ value: `staff:${one.staffId}`, label: one.displayName })),
  ];
}

function usePatientName(patientId: string | null): string {
  const input = { params: { id: patientId ?? '' } };
  const { data } = useRead(openPatientCard, input, { topics: ['patients'], enabled: patientId !== null });
  return patientId ? (data?.card.callName ?? 'this person') : '';
}

function useTaskForm({ task, patientId = undefined, onClose }: TaskDialogProps) {
  const { timeZone, staffId } = useSession();
  const toast = useToast();
  const touches = ['tasks'];
  const make = useWrite(makeTask, { touches });
  const change = useWrite(changeTask, { touches });
  const remove = useWrite(taskInError, { touches });
  const draft = useDraft<TaskValues>(task ? `task ${task.taskId}` : 'task');
  const about = task?.patientId ?? patientId ?? null;
  const [today] = useState(() => localDate(Date.now(), timeZone));
  // Late in the day the end of the next one is meant: a new task is not born overdue.
  const isLate = localMinutes(Date.now(), timeZone) >= 16 * 60 + 30;
  const fresh = {
    text: '',
    dueOn: isLate ? addDays(today, 1) : today,
    dueTime: '17:00',
    owner: `staff:${staffId}`,
    about: about !== null,
  };
  const form = useForm({
    initial:
      draft.initial ?? (task ? valuesOf(task, timeZone) : { ...fresh, every: 'once' as const, count: 1 }),
    schema: TaskValues,
    onSubmit: async (values) => {
      const body = taskOf(values, about, timeZone);
      if (task) {
        await change.mutateAsync({ params: { id: task.taskId }, body: { ...body, version: task.version } });
        toast.done(`Changed: ${body.text}`);
      } else {
        const made = await make.mutateAsync({ body });
        const undo = () =>
          remove.mutateAsync({
            params: { id: made.task.taskId },
            body: { version: made.task.version, reason: 'taken back at once' },
          });
        toast.done(`Owed ${formatDayTime(body.dueAt, timeZone, today)}: ${body.text}`, { undo });
      }
      draft.drop();
      onClose();
    },
  });
  if (form.dirty) draft.keep(form.values);
  return { form, about, today };
}

/** Make or change a task: what, by when, whose, about whom, how often. */
export function TaskDialog(props: TaskDialogProps) {
  const { task, onClose } = props;
  const { form, about, today } = useTaskForm(props);
  const owners = useOwnerChoices();
  const patientName = usePatientName(about);
  return (
    <Dialog
      opened
      title={task ? 'Change the task' : 'New task'}
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel={task ? 'Save' : 'Make task'}
      busy={form.submitting}
    >
      {task && <PresenceNote kind="task" id={task.taskId} editing={form.dirty} />}
      <FormError form={form} />
      <TextField form={form} path="text" label="What is to be done" required autoFocus maxLength={500} />
      <div className="task-two">
        <DateField form={form} path="dueOn" label="By" today={today} hint="3/14, tomorrow, +3d" required />
        <TimeField form={form} path="dueTime" label="At" required />
      </div>
      <SelectField form={form} path="owner" label="Who does it" choices={owners} searchable />
      <div className="task-two">
        <SelectField form={form} path="every" label="How often" choices={everyChoices} />
        {form.values.every !== 'once' && (
          <TextField
            form={form}
            path="count"
            label={`Every how many ${form.values.every}s`}
            inputMode="numeric"
          />
        )}
      </div>
      {about && <CheckboxField form={form} path="about" label={`About ${patientName}`} />}
    </Dialog>
  );
}
