import { z } from 'zod';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Empty } from '../../../../ui/empty.tsx';
import { SelectField, TextField } from '../../../../ui/fields.tsx';
import type { SetupSummary } from '../../setup/schema.ts';
import { parseSpans } from '../../setup/web/spans.ts';
import { startHours } from '../api.ts';
import { dayChoices, usualHours, weekdaysOf } from '../rules.ts';
import { StartHours } from '../schema.ts';
import { StepFrame, type StepProps } from './step-frame.tsx';
import { useStep } from './use-step.ts';

const Row = z
  .object({
    resourceId: z.string(),
    siteId: z.string().min(1, 'Choose the site.'),
    days: z.string(),
    text: z
      .string()
      .trim()
      .refine((text) => text !== '' && parseSpans(text) !== null, 'Type hours like 8-12, or 8-12, 1-5.'),
  })
  .transform(({ resourceId, siteId, days, text }) => ({
    resourceId,
    rows: weekdaysOf(days).flatMap((weekday) =>
      (parseSpans(text) ?? []).map((span) => ({ weekday, siteId, ...span })),
    ),
  }));
const schema = z.object({ weeks: z.array(Row) }).pipe(StartHours);

export function HoursStep({ setup, ...step }: StepProps & { setup: SetupSummary }) {
  const { mutateAsync } = useWrite(startHours, { touches: ['setup'] });
  const siteId = setup.sites[0]?.siteId ?? '';
  const usual = { siteId, days: '12345', text: usualHours };
  const form = useStep(step, {
    initial: { weeks: setup.physicians.map(({ resourceId }) => ({ resourceId, ...usual })) },
    schema,
    save: (body) => mutateAsync({ body }),
  });
  const { weeks } = form.values;
  const copy = () =>
    form.setAll({ weeks: weeks.map((week) => ({ ...week, ...weeks[0], resourceId: week.resourceId })) });
  if (setup.physicians.length === 0) {
    return (
      <div className="start-step">
        <Empty
          icon="person"
          title="Nobody has hours yet"
          text="First say who sees patients."
          action={<Button onClick={() => step.onGo('physicians')}>Who sees patients</Button>}
        />
      </div>
    );
  }
  return (
    <StepFrame
      {...step}
      form={form}
      text="When each of them sees patients, from today on. Vacations, single days and a second site come later, under Settings, Hours."
    >
      {setup.physicians.map((physician, at) => (
        <fieldset key={physician.resourceId} className="start-row">
          <legend>{physician.name}</legend>
          <SelectField form={form} path={`weeks.${at}.days`} label="Days" choices={dayChoices} />
          <TextField form={form} path={`weeks.${at}.text`} label="Hours" placeholder="8-12, 1-5" />
          {setup.sites.length > 1 && (
            <SelectField
              form={form}
              path={`weeks.${at}.siteId`}
              label="At"
              choices={setup.sites.map((site) => ({ value: site.siteId, label: site.name }))}
            />
          )}
          {at === 0 && setup.physicians.length > 1 && <Button onClick={copy}>Same for everyone</Button>}
        </fieldset>
      ))}
    </StepFrame>
  );
}
