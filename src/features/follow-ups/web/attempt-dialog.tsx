import { z } from 'zod';
import { isDate } from '../../../platform/calendar/dates.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { DateField, FormError, SelectField, TextField } from '../../../ui/fields.tsx';
import { localDate } from '../../../ui/format.ts';
import { useForm } from '../../../ui/use-form.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { attemptChannelWords, outcomeWords, usualNextTry } from '../rules.ts';
import { AttemptOutcome, attemptChannels, attemptOutcomes, type FollowUp, NewAttempt } from '../schema.ts';
import { useFollowUpActs } from './use-follow-up-acts.ts';

const AttemptForm = NewAttempt.omit({ version: true }).extend({
  nextTryOn: z
    .string()
    .refine((text) => text === '' || isDate(text), 'Give a date like 3/14/2026.')
    .transform((text) => text || null),
});

/** Who tried, how, what came of it, when again: four fields, the usual answers filled in. */
export function AttemptDialog({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) {
  useReturnFocus();
  const { timeZone } = useSession();
  const today = localDate(Date.now(), timeZone);
  const acts = useFollowUpActs(followUp);
  const wanted = attemptChannels.filter((one) => !followUp.refusedChannels.includes(one));
  const form = useForm({
    initial: {
      ...{ channel: wanted[0] ?? 'in-person', outcome: 'no-answer', note: '' },
      nextTryOn: usualNextTry('no-answer', today) ?? '',
    },
    schema: AttemptForm,
    onSubmit: async (body) => {
      await acts.attempt(body);
      onClose();
    },
  });
  const { refusedChannels } = followUp;
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`Tried to reach ${followUp.patientName}`}
      onSubmit={form.submit}
      submitLabel="Note it"
      busy={form.submitting}
    >
      <div className="fu-form">
        <FormError form={form} />
        {refusedChannels.length > 0 && (
          <p className="fu-wish" role="note">
            Does not want to hear of visits by {refusedChannels.join(' or ')}.
          </p>
        )}
        <div className="fu-two">
          <SelectField
            form={form}
            path="outcome"
            label="What came of it"
            autoFocus
            choices={attemptOutcomes.map((value) => ({ value, label: outcomeWords[value] }))}
            onChosen={(value) => {
              const outcome = AttemptOutcome.safeParse(value);
              if (outcome.success) form.set('nextTryOn', usualNextTry(outcome.data, today) ?? '');
            }}
          />
          <SelectField
            form={form}
            path="channel"
            label="How"
            choices={attemptChannels.map((value) => ({
              value,
              label: attemptChannelWords[value],
              disabled: refusedChannels.includes(value),
            }))}
          />
        </div>
        <DateField form={form} path="nextTryOn" label="Try again on" today={today} years="near" />
        <TextField form={form} path="note" label="Note" />
      </div>
    </Dialog>
  );
}
