import '../../web/tasks.css';
import { z } from 'zod';
import { toInstant } from '../../../../platform/calendar/zones.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { DateField, FormError, TextField, TimeField } from '../../../../ui/fields.tsx';
import { formatDayTime, formatTime, localDate, localMinutes } from '../../../../ui/format.ts';
import { minutesClock } from '../../../../ui/parse.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { snoozeDuty } from '../api.ts';
import { latestSnooze } from '../rules.ts';

export type MarkedDuty = {
  kind: string;
  subjectId: string;
  dueAt: string;
  title: string;
  markVersion: number;
};

const Values = z.object({
  onDate: z.string().min(1, 'Type a day.'),
  atTime: z.string().regex(/^\d\d:\d\d$/, 'Type a time, e.g. 2p.'),
  reason: z.string().trim().min(3, 'Say why in a few words.').max(300),
});

const usual = ['On the phone with someone', 'Waiting for a call back', 'Patient asked for later'];

/** Minutes ahead that are offered by a click, as far as the deadline allows. */
const steps = [10, 30, 60, 120, 24 * 60];

function presets(now: Date, latest: Date, timeZone: string): { label: string; at: Date }[] {
  const within = steps
    .map((minutes) => ({
      label: minutes < 60 ? `${minutes} min` : minutes < 1440 ? `${minutes / 60} h` : '1 day',
      at: new Date(now.getTime() + minutes * 60_000),
    }))
    .filter(({ at }) => at < latest);
  return [...within, { label: `until ${formatTime(latest, timeZone)}, the latest`, at: latest }];
}

/** Put a duty off: until when, and why. Never past its deadline; the dialog offers what is allowed. */
export function SnoozeDialog({ duty, now, onClose }: { duty: MarkedDuty; now: Date; onClose: () => void }) {
  const { timeZone } = useSession();
  const toast = useToast();
  const write = useWrite(snoozeDuty, { touches: ['duty-marks'] });
  const latest = latestSnooze(duty.dueAt, now);
  const fieldsOf = (at: Date) => ({
    onDate: localDate(at, timeZone),
    atTime: minutesClock(localMinutes(at, timeZone)),
  });
  const name = { kind: duty.kind, subjectId: duty.subjectId, dueAt: duty.dueAt };
  const hourAhead = new Date(now.getTime() + 60 * 60_000);
  const form = useForm({
    initial: { ...fieldsOf(hourAhead < latest ? hourAhead : latest), reason: '' },
    schema: Values,
    onSubmit: async ({ onDate, atTime, reason }) => {
      // The latest moment may fall within a minute that the fields cannot say.
      const typed = toInstant(onDate, atTime, timeZone);
      const isLatest = typed <= latest.getTime() && latest.getTime() - typed < 60_000;
      const until = (isLatest ? latest : new Date(typed)).toISOString();
      const { mark } = await write.mutateAsync({
        body: { ...name, until, reason, version: duty.markVersion },
      });
      const wake = () =>
        write.mutateAsync({ body: { ...name, until: null, reason: '', version: mark.version } });
      toast.done(`Snoozed until ${formatDayTime(until, timeZone)}: ${duty.title}`, {
        undo: wake,
        undoneMessage: `Back on the list: ${duty.title}`,
      });
      onClose();
    },
  });
  return (
    <Dialog
      opened
      size="small"
      title="Snooze"
      onClose={onClose}
      onSubmit={form.submit}
      submitLabel="Snooze"
      busy={form.submitting}
    >
      <FormError form={form} />
      <p className="ui-dim">{duty.title}</p>
      <TextField form={form} path="reason" label="Why" required autoFocus />
      <div className="ui-usual">
        {usual.map((words) => (
          <button key={words} type="button" className="ui-chip" onClick={() => form.set('reason', words)}>
            {words}
          </button>
        ))}
      </div>
      <div className="ui-usual">
        {presets(now, latest, timeZone).map(({ label, at }) => (
          <button key={label} type="button" className="ui-chip" onClick={() => form.setAll(fieldsOf(at))}>
            {label}
          </button>
        ))}
      </div>
      <div className="task-two">
        <DateField form={form} path="onDate" label="Until" today={localDate(now, timeZone)} required />
        <TimeField form={form} path="atTime" label="At" required />
      </div>
    </Dialog>
  );
}
