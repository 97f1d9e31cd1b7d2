import { useState } from 'react';
import { z } from 'zod';
import { useSession } from '../../../../platform/web/session.tsx';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { CheckboxField, DateField, FormError, SelectField, TimeField } from '../../../../ui/fields.tsx';
import { localDate } from '../../../../ui/format.ts';
import { Tag } from '../../../../ui/tag.tsx';
import { useForm } from '../../../../ui/use-form.ts';
import { Section } from '../../../practice/web/settings-page.tsx';
import type { ResourceRow, VisitTypeRow } from '../../setup/schema.ts';
import { tryBooking } from '../api.ts';
import { type Tried, TryBooking } from '../schema.ts';

const schema = TryBooking.extend({
  visitTypeId: z.string().min(1, 'Choose the visit type.'),
  physicianId: z.string().min(1, 'Choose the physician.'),
});

type RuleTesterProps = { types: readonly VisitTypeRow[]; physicians: readonly ResourceRow[] };

/** "Would this be allowed?", asked of hours, slot codes, rules and what is booked. */
export function RuleTester({ types, physicians }: RuleTesterProps) {
  const today = localDate(new Date(), useSession().timeZone);
  const { mutateAsync: ask } = useWrite(tryBooking, { touches: [] });
  const [tried, setTried] = useState<Tried>();
  const form = useForm({
    initial: {
      visitTypeId: types[0]?.visitTypeId ?? '',
      physicianId: physicians[0]?.resourceId ?? '',
      date: today,
      time: '09:00',
      isNew: false,
    },
    schema,
    onSubmit: async (body) => setTried(await ask({ body })),
  });
  return (
    <Section
      title="Would this be allowed?"
      text="Try a visit that nobody has asked for yet. Nothing is booked."
    >
      <form
        className="setup-try"
        onSubmit={(event) => {
          event.preventDefault();
          form.submit();
        }}
        onChange={() => setTried(undefined)}
      >
        <FormError form={form} />
        <div className="set-fields">
          <SelectField
            form={form}
            path="visitTypeId"
            label="Visit"
            choices={types.map((one) => ({ value: one.visitTypeId, label: one.name }))}
            onChosen={() => setTried(undefined)}
          />
          <SelectField
            form={form}
            path="physicianId"
            label="With"
            choices={physicians.map((one) => ({ value: one.resourceId, label: one.name }))}
            onChosen={() => setTried(undefined)}
          />
          <DateField form={form} path="date" label="Day" required today={today} years="near" />
          <TimeField form={form} path="time" label="Time" required />
          <CheckboxField form={form} path="isNew" label="For a new patient" />
        </div>
        <Button type="submit" busy={form.submitting}>
          Try it
        </Button>
      </form>
      <div role="status">{tried && <TriedWords tried={tried} />}</div>
    </Section>
  );
}

function TriedWords({ tried: { obstacles, because, siteName } }: { tried: Tried }) {
  if (obstacles.length === 0) {
    return (
      <p>
        <Tag tone="good">Yes</Tag> It can be booked as it is, at {siteName}.{because && ` ${because}.`}
      </p>
    );
  }
  const nobody = obstacles.some((one) => one.permission === null);
  const all = obstacles.every((one) => one.permission === 'visits.book');
  const words = nobody ? 'No' : all ? 'With a reason' : 'Only by who may overrule it';
  return (
    <>
      <p>
        <Tag tone={nobody ? 'wrong' : 'wait'}>{words}</Tag>
      </p>
      <ul>
        {obstacles.map((one) => (
          <li key={one.text}>{one.text}</li>
        ))}
      </ul>
    </>
  );
}
