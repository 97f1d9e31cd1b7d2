import { z } from 'zod';
import { localDate, localTime, toInstant } from '../../../platform/calendar/zones.ts';
import { roleKeys } from '../../../platform/contributions.ts';
import { type NewTask, repeatUnits, type Task } from '../schema.ts';

/** A task as its form holds it. `owner` is `staff:<id>`, `role:<key>` or `anyone`. */
export const TaskValues = z.object({
  text: z.string().trim().min(1, 'Say what is to be done.').max(500, 'Keep it under 500 letters.'),
  dueOn: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'Type a day, e.g. 3/14, tomorrow, +3d.'),
  dueTime: z.string().regex(/^\d\d:\d\d$/, 'Type a time, e.g. 2p.'),
  owner: z.string(),
  every: z.enum(['once', ...repeatUnits]),
  count: z.coerce.number().int().min(1, 'At least 1.').max(99, 'At most 99.'),
  about: z.boolean(),
});
export type TaskValues = { [K in keyof z.output<typeof TaskValues>]: z.output<typeof TaskValues>[K] };

export const roleChoices = roleKeys
  .filter((role) => role !== 'auditor')
  .map((role) => ({ value: `role:${role}`, label: `Any ${role}` }));

/** What the server takes, of what the form holds. */
export function taskOf(values: TaskValues, patientId: string | null, timeZone: string) {
  const [kind, id = ''] = values.owner.split(':');
  return {
    text: values.text,
    dueAt: new Date(toInstant(values.dueOn, values.dueTime, timeZone)).toISOString(),
    ownerStaffId: kind === 'staff' ? id : null,
    ownerRole: kind === 'role' ? (roleKeys.find((role) => role === id) ?? null) : null,
    patientId: values.about ? patientId : null,
    repeat: values.every === 'once' ? null : { every: values.every, count: values.count },
  } satisfies NewTask;
}

export function valuesOf(task: Task, timeZone: string): TaskValues {
  const dueMs = Date.parse(task.dueAt);
  const owner = task.ownerStaffId ? `staff:${task.ownerStaffId}` : undefined;
  return {
    text: task.text,
    dueOn: localDate(dueMs, timeZone),
    dueTime: localTime(dueMs, timeZone),
    owner: owner ?? (task.ownerRole ? `role:${task.ownerRole}` : 'anyone'),
    every: task.repeat?.every ?? 'once',
    count: task.repeat?.count ?? 1,
    about: task.patientId !== null,
  };
}
