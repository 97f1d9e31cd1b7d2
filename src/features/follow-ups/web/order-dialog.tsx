import './follow-ups.css';
import { useState } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import type { LeavingVisit } from '../../../platform/web/slots.tsx';
import { useWrite } from '../../../platform/web/use-office.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { DateField, FormError, SelectField, TextAreaField, TextField } from '../../../ui/fields.tsx';
import { formatDay, localDate } from '../../../ui/format.ts';
import { useToast } from '../../../ui/toast.tsx';
import { type Form, useForm } from '../../../ui/use-form.ts';
import { useReturnFocus } from '../../../ui/use-return-focus.ts';
import { isFollowUp, useSetup } from '../../schedule/web/use-setup.ts';
import { ChoiceList } from '../../schedule/web/visit-dialogs.tsx';
import { changeFollowUp, followUpInError, orderFollowUp } from '../api.ts';
import { dateAfter, priorityWords, spans, windowAround } from '../rules.ts';
import { type FollowUp, type NewFollowUp, priorities } from '../schema.ts';
import { BookTimes } from './book-times.tsx';
import { filledBySaid, OrderForm, type OrderValues } from './order-values.ts';
import { wordsOf } from './use-follow-up-acts.ts';

const touches = ['follow-ups'];

/** Orders it; until something else is done it can be taken back. */
export function useOrder() {
  const toast = useToast();
  const { timeZone } = useSession();
  const order = useWrite(orderFollowUp, { touches });
  const remove = useWrite(followUpInError, { touches });
  return async (body: NewFollowUp): Promise<FollowUp> => {
    const { followUp } = await order.mutateAsync({ body });
    const wrong = { version: followUp.version, reason: 'taken back at once' };
    const undo = () => remove.mutateAsync({ params: { id: followUp.followUpId }, body: wrong });
    const about = formatDay(followUp.targetOn, localDate(Date.now(), timeZone));
    toast.done(`Ordered, about ${about}: owed until it is kept, refused or closed.`, { undo });
    return followUp;
  };
}

type AskProps = { visit: LeavingVisit; onClose: () => void };

const others = [
  { id: 'more', label: 'Another time, or something first', key: 'm' },
  { id: 'none', label: 'None', key: '0' },
] as const;

/** At check-out: a digit says when they shall come again, and the times of that window stand there. */
export function AskFollowUp({ visit, onClose }: AskProps) {
  useReturnFocus();
  const { timeZone, may } = useSession();
  const toast = useToast();
  const order = useOrder();
  const { setup } = useSetup();
  const [says, setSays] = useState(false);
  const [ordered, setOrdered] = useState<FollowUp>();
  const type = setup.visitTypes.find(isFollowUp);
  const start = {
    patientId: visit.patientId,
    fromVisitId: visit.visitId,
    visitTypeId: type?.visitTypeId ?? visit.visitTypeId,
    physicianId: visit.physicianId || null,
  };
  const taken = (followUp: FollowUp) => (may('visits.book') ? setOrdered(followUp) : onClose());
  if (ordered) return <BookTimes followUp={ordered} onClose={onClose} />;
  if (says)
    return <OrderDialog title={`Follow-up for ${visit.patient}`} {...{ start, onClose }} onOrdered={taken} />;
  const choose = async (id: (typeof spans)[number]['id'] | 'more' | 'none') => {
    if (id === 'none') return onClose();
    if (id === 'more') return setSays(true);
    const targetOn = dateAfter(localDate(Date.now(), timeZone), id) ?? '';
    const said = spans.find((span) => span.id === id)?.label ?? '';
    try {
      taken(await order({ ...start, targetOn, said }));
    } catch (error) {
      toast.refused(wordsOf(error));
    }
  };
  return (
    <Dialog opened onClose={onClose} size="small" title={`${visit.patient} is checked out. Follow-up?`}>
      <ChoiceList choices={[...spans, ...others]} onChoose={(id) => void choose(id)} />
    </Dialog>
  );
}

type OrderStart = {
  patientId: string;
  fromVisitId?: string;
  visitTypeId: string;
  physicianId: string | null;
};
type OrderProps = {
  start: OrderStart;
  title: string;
  onClose: () => void;
  onOrdered: (followUp: FollowUp) => void;
};

/** In full: when, which visit, with whom, what first, how pressing, what was said. */
export function OrderDialog({ start, title, onClose, onOrdered }: OrderProps) {
  const { timeZone } = useSession();
  const today = localDate(Date.now(), timeZone);
  const order = useOrder();
  const { fromVisitId, patientId } = start;
  const targetOn = dateAfter(today, '6w') ?? today;
  const form = useForm({
    initial: {
      ...{ said: '', targetOn, ...windowAround(today, targetOn) },
      ...{ visitTypeId: start.visitTypeId, physicianId: start.physicianId ?? '' },
      ...{ priority: 'routine', first: '', instructions: '' },
    } as OrderValues,
    schema: OrderForm,
    onSubmit: async (values) => {
      const from = fromVisitId ? { fromVisitId } : {};
      onOrdered(await order({ ...values, patientId, ...from }));
    },
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={title}
      onSubmit={form.submit}
      submitLabel="Order it"
      busy={form.submitting}
    >
      <div className="fu-form">
        <FormError form={form} />
        <SaidField form={form} today={today} />
        <OrderFields form={form} today={today} />
      </div>
    </Dialog>
  );
}

/** Filled in as it is typed: `3m, MRI first, urgent`. */
function SaidField({ form, today }: { form: Form<OrderValues>; today: string }) {
  const filling = {
    ...form,
    set: (path: string, value: unknown) => {
      form.set(path, value);
      if (path === 'said' && typeof value === 'string') form.setAll(filledBySaid(value, today));
    },
  };
  return (
    <TextField
      form={filling}
      path="said"
      label="As the physician said it"
      placeholder="3m, MRI first"
      hint="Fills in what is below."
      autoFocus
    />
  );
}

export function OrderFields({ form, today }: { form: Form<OrderValues>; today: string }) {
  const { setup } = useSetup();
  const types = setup.visitTypes.map((one) => ({ value: one.visitTypeId, label: one.name }));
  const physicians = setup.physicians.map((one) => ({ value: one.resourceId, label: one.name }));
  return (
    <>
      <div className="fu-days">
        <DateField form={form} path="targetOn" label="About" today={today} years="near" />
        <DateField form={form} path="earliestOn" label="Not before" today={today} years="near" />
        <DateField form={form} path="latestOn" label="Not after" today={today} years="near" />
      </div>
      <div className="fu-two">
        <SelectField form={form} path="visitTypeId" label="Visit type" choices={types} />
        <SelectField
          form={form}
          path="physicianId"
          label="With"
          placeholder="Anyone"
          clearable
          choices={physicians}
        />
      </div>
      <SelectField
        form={form}
        path="priority"
        label="How pressing"
        choices={priorities.map((value) => ({ value, label: priorityWords[value] }))}
      />
      <TextAreaField
        form={form}
        path="first"
        label="What must happen first, one a line"
        placeholder="MRI"
        rows={2}
      />
      <TextAreaField form={form} path="instructions" label="Instructions" rows={2} />
    </>
  );
}

/** Another window, visit, physician, or other things first. */
export function ChangeDialog({ followUp, onClose }: { followUp: FollowUp; onClose: () => void }) {
  const { timeZone } = useSession();
  const toast = useToast();
  const change = useWrite(changeFollowUp, { touches });
  const { visitTypeId, physicianId, targetOn, earliestOn, latestOn, priority, instructions } = followUp;
  const form = useForm({
    initial: {
      ...{ said: '', targetOn, earliestOn, latestOn, visitTypeId, priority, instructions },
      physicianId: physicianId ?? '',
      first: followUp.prerequisites.map((one) => one.text).join('\n'),
    } as OrderValues,
    schema: OrderForm,
    onSubmit: async ({ said: _, ...body }) => {
      const params = { id: followUp.followUpId };
      await change.mutateAsync({ params, body: { ...body, version: followUp.version } });
      toast.done('Changed.');
      onClose();
    },
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`Change the follow-up of ${followUp.patientName}`}
      onSubmit={form.submit}
      busy={form.submitting}
    >
      <div className="fu-form">
        <FormError form={form} />
        <OrderFields form={form} today={localDate(Date.now(), timeZone)} />
      </div>
    </Dialog>
  );
}
