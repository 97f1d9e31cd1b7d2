import { useState } from 'react';
import { z } from 'zod';
import { toInstant } from '../../../platform/calendar/zones.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { DateField, FormError, SelectField, TextField, TimeField } from '../../../ui/fields.tsx';
import { localDate } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { startingType, useSetup } from '../../schedule/web/use-setup.ts';
import { offerOpening } from '../api.ts';
import { openingLabel } from '../offers/rules.ts';

type Props = { onClose: () => void; onOffered: (openingId: string) => void };

/** Free time that the office wants filled: offered by the same rule as time that was given away. */
export function OfferDialog(props: Props) {
  const { setup, ready } = useSetup();
  if (!ready)
    return (
      <Dialog opened onClose={props.onClose} title="Offer an opening">
        <Skeleton rows={4} />
      </Dialog>
    );
  return <OfferForm {...props} setup={setup} />;
}

const Values = z.object({
  visitTypeId: z.string().min(1, 'Choose the visit type.'),
  physicianId: z.string().min(1, 'Choose the physician.'),
  siteId: z.string().min(1, 'Choose the site.'),
  date: z.string().regex(/^\d{4}-\d\d-\d\d$/, 'Type a day, e.g. 3/14, tomorrow.'),
  time: z.string().regex(/^\d\d:\d\d$/, 'Type a time, e.g. 9:15.'),
  minutes: z.union([
    z.literal(''),
    z.coerce.number().int().min(5, 'At least 5.').max(720, 'At most 12 hours.'),
  ]),
});
type Values = Record<keyof z.output<typeof Values>, string>;

function OfferForm({ onClose, onOffered, setup }: Props & { setup: ReturnType<typeof useSetup>['setup'] }) {
  const { timeZone } = useSession();
  const toast = useToast();
  const [today] = useState(() => localDate(Date.now(), timeZone));
  const offer = useWrite(offerOpening, { touches: ['waitlist', 'holds'] });
  const form = useForm<Values, z.output<typeof Values>>({
    initial: {
      visitTypeId: startingType(setup),
      physicianId: setup.physicians[0]?.resourceId ?? '',
      siteId: setup.sites[0]?.siteId ?? '',
      ...{ date: today, time: '', minutes: '' },
    },
    schema: Values,
    onSubmit: async ({ date, time, minutes, ...where }) => {
      const zone = setup.sites.find((one) => one.siteId === where.siteId)?.timeZone ?? timeZone;
      const startsAt = new Date(toInstant(date, time, zone)).toISOString();
      const body = { ...where, startsAt, ...(minutes === '' ? {} : { minutes }) };
      const { opening } = await offer.mutateAsync({ body });
      toast.done(`Offered: ${openingLabel(opening)}`);
      onOffered(opening.openingId);
    },
  });
  const choices = <T,>(list: readonly T[], value: (one: T) => string, label: (one: T) => string) =>
    list.map((one) => ({ value: value(one), label: label(one) }));
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Offer an opening to the waitlist"
      onSubmit={form.submit}
      submitLabel="Offer it"
      busy={form.submitting}
    >
      <div className="wl-form">
        <FormError form={form} />
        <div className="wl-two">
          <SelectField
            form={form}
            path="physicianId"
            label="With"
            choices={choices(
              setup.physicians,
              (one) => one.resourceId,
              (one) => one.name,
            )}
            searchable
            autoFocus
          />
          <SelectField
            form={form}
            path="visitTypeId"
            label="Would be booked for"
            choices={choices(
              setup.visitTypes,
              (one) => one.visitTypeId,
              (one) => one.name,
            )}
            searchable
          />
          <DateField form={form} path="date" label="Day" today={today} required />
          <TimeField form={form} path="time" label="Time" required />
          <TextField
            form={form}
            path="minutes"
            label="Minutes"
            hint="empty: as the visit type"
            inputMode="numeric"
          />
          {setup.sites.length > 1 && (
            <SelectField
              form={form}
              path="siteId"
              label="Site"
              choices={choices(
                setup.sites,
                (one) => one.siteId,
                (one) => one.name,
              )}
            />
          )}
        </div>
      </div>
    </Dialog>
  );
}
