import { z } from 'zod';
import { addDays } from '../../../platform/calendar/dates.ts';
import type { Waits } from '../../../platform/web/slots.tsx';
import { usualWaitDays } from '../rules.ts';
import { type Entry, type NewEntry, priorities, type TimeWindow } from '../schema.ts';

/** What the dialog begins with: whoever and whatever is in view where it was opened. */
export type WaitStart = Waits;

const parts = {
  morning: ['00:00', '12:00'],
  afternoon: ['12:00', '24:00'],
  late: ['16:00', '24:00'],
} as const;
export type Part = keyof typeof parts;
export const partLabels: readonly (readonly [Part, string])[] = [
  ['morning', 'Mornings'],
  ['afternoon', 'Afternoons'],
  ['late', 'After 4 pm'],
];

const Day = z.union([z.literal(''), z.string().regex(/^\d{4}-\d\d-\d\d$/, 'Type a day, e.g. 3/14, +2w.')]);

/** An entry as its form holds it. */
export const WaitValues = z
  .object({
    visitTypeId: z.string().min(1, 'Choose the visit type.'),
    earlier: z.boolean(),
    physicianIds: z.array(z.string()),
    siteIds: z.array(z.string()),
    weekdays: z.array(z.number()),
    parts: z.array(z.enum(['morning', 'afternoon', 'late'])),
    from: z.string(),
    to: z.string(),
    earliestOn: Day,
    latestOn: Day,
    noticeHours: z.coerce.number().int('Whole hours.').min(0, 'At least 0.').max(336, 'At most two weeks.'),
    priority: z.enum(priorities),
    priorityReason: z.string().trim().max(300, 'Keep it under 300 letters.'),
    note: z.string().trim().max(500, 'Keep it under 500 letters.'),
    expiresOn: Day,
  })
  .superRefine((values, context) => {
    const add = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (values.priority !== 'routine' && values.priorityReason.length < 3)
      add('priorityReason', 'Who goes before others needs a reason.');
    if (values.earliestOn && values.latestOn && values.latestOn < values.earliestOn)
      add('latestOn', 'This lies before the earliest day.');
    if ((values.from === '') !== (values.to === '')) add('to', 'Give both, or neither.');
    if (values.from && values.to && values.to <= values.from) add('to', 'This is before it begins.');
  });
export type WaitValues = {
  visitTypeId: string;
  earlier: boolean;
  physicianIds: string[];
  siteIds: string[];
  weekdays: number[];
  parts: Part[];
  from: string;
  to: string;
  earliestOn: string;
  latestOn: string;
  noticeHours: string;
  priority: (typeof priorities)[number];
  priorityReason: string;
  note: string;
  expiresOn: string;
};

export function startValues(start: WaitStart, visitTypeId: string, today: string): WaitValues {
  return {
    ...windows(start.times ?? []),
    visitTypeId,
    earlier: start.visitId !== undefined,
    physicianIds: [...(start.physicianIds ?? [])],
    siteIds: [...(start.siteIds ?? [])],
    weekdays: [...(start.weekdays ?? [])],
    earliestOn: start.earliestOn ?? '',
    latestOn: start.latestOn ?? '',
    ...{ noticeHours: '2', priority: 'routine', priorityReason: '', note: '' },
    expiresOn: start.visitId ? '' : addDays(today, usualWaitDays),
  };
}

export function valuesOf(entry: Entry): WaitValues {
  return {
    ...windows(entry.times),
    ...{ visitTypeId: entry.visitTypeId, earlier: entry.visitId !== null },
    ...{ physicianIds: entry.physicianIds, siteIds: entry.siteIds, weekdays: entry.weekdays },
    earliestOn: entry.earliestOn ?? '',
    latestOn: entry.latestOn ?? '',
    noticeHours: String(entry.noticeHours),
    ...{ priority: entry.priority, priorityReason: entry.priorityReason, note: entry.note },
    expiresOn: entry.expiresOn,
  };
}

/** Parts of the day as chips; one that is none of them as typed. */
function windows(times: readonly TimeWindow[]): Pick<WaitValues, 'parts' | 'from' | 'to'> {
  const named: Part[] = [];
  let other: TimeWindow | undefined;
  for (const time of times) {
    const part = partLabels.find(([key]) => parts[key][0] === time.from && parts[key][1] === time.to);
    if (part) named.push(part[0]);
    else other = time;
  }
  return { parts: named, from: other?.from ?? '', to: other?.to ?? '' };
}

/** What the server takes, of what the form holds. */
export function wishOf(values: z.output<typeof WaitValues>) {
  const { physicianIds, siteIds, weekdays, noticeHours, priority, note } = values;
  const times = values.parts.map((part) => ({ from: parts[part][0], to: parts[part][1] }) as TimeWindow);
  if (values.from && values.to) times.push({ from: values.from, to: values.to });
  return {
    ...{ physicianIds, siteIds, weekdays, times, noticeHours, priority, note },
    // Routine needs none, and one that was typed before is no reason any more
    priorityReason: priority === 'routine' ? '' : values.priorityReason,
    earliestOn: values.earliestOn || null,
    latestOn: values.latestOn || null,
  } satisfies Partial<NewEntry>;
}
