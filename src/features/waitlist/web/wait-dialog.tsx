import './waitlist.css';
import { useState } from 'react';
import { weekdayName } from '../../../platform/calendar/dates.ts';
import { useDraft } from '../../../platform/web/drafts.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import {
  CheckboxField,
  DateField,
  FormError,
  SelectField,
  TextField,
  TimeField,
} from '../../../ui/fields.tsx';
import { formatDayTime, localDate } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { type Form, useForm } from '../../../ui/use-form.ts';
import { openPatientCard } from '../../patients/api.ts';
import { PatientPicker } from '../../patients/web/patient-search.tsx';
import { PersonWarnings } from '../../patients/web/person-warnings.tsx';
import { listPatientVisits, readVisit } from '../../schedule/visits/api.ts';
import type { PatientVisit } from '../../schedule/visits/schema.ts';
import { startingType, useSetup } from '../../schedule/web/use-setup.ts';
import { changeEntry, joinWaitlist, withdrawEntry } from '../api.ts';
import { priorityWords } from '../rules.ts';
import { type Entry, priorities } from '../schema.ts';
import { Chips } from './chips.tsx';
import { partLabels, startValues, valuesOf, type WaitStart, WaitValues, wishOf } from './wait-values.ts';

export type WaitDialogProps = { start: WaitStart; onClose: () => void; onJoined?: (entry: Entry) => void };

type Person = { patientId: string; name: string };
const touches = ['waitlist'];

/** Put someone on the waitlist: who, for what, and what suits them. */
export function WaitDialog({ start, onClose, onJoined }: WaitDialogProps) {
  const [person, setPerson] = useState<Person | undefined>(
    start.patientId ? { patientId: start.patientId, name: start.name ?? '' } : undefined,
  );
  if (!person)
    return (
      <Dialog opened onClose={onClose} title="Waitlist: who waits?">
        <PatientPicker
          label="Person"
          autoFocus
          onPick={(hit) => setPerson({ patientId: hit.patientId, name: hit.callName })}
        />
      </Dialog>
    );
  return <JoinDialog {...{ start, person, onClose, onJoined }} onOther={() => setPerson(undefined)} />;
}

type JoinProps = WaitDialogProps & { person: Person; onOther: () => void };

/** Reads whose visit could be moved forward before the form stands. */
function JoinDialog(props: JoinProps) {
  const { person, start, onClose } = props;
  const { setup, ready } = useSetup();
  const visits = useRead(
    listPatientVisits,
    { params: { id: person.patientId }, query: { limit: 20 } },
    { topics: ['visits'] },
  );
  const held = useRead(
    readVisit,
    { params: { id: start.visitId ?? '' } },
    { topics: ['visits'], enabled: start.visitId !== undefined },
  );
  const waits = !ready || (!visits.data && !visits.error) || (start.visitId && !held.data && !held.error);
  if (waits)
    return (
      <Dialog opened onClose={onClose} title="Put on the waitlist">
        <Skeleton rows={6} label="Looking up their visits" />
      </Dialog>
    );
  const coming = (visits.data?.visits ?? []).filter(
    (one) => one.state === 'booked' && Date.parse(one.startsAt) > Date.now(),
  );
  const own = held.data?.visit;
  const next = visits.data?.next;
  const wanted = start.visitTypeId ?? own?.visitTypeId ?? next?.visitTypeId;
  const visitTypeId = startingType(setup, start.physicianIds?.[0], wanted);
  return <JoinForm {...props} coming={coming} visitTypeId={visitTypeId} />;
}

type JoinFormProps = JoinProps & { coming: readonly PatientVisit[]; visitTypeId: string };

function JoinForm({ start, person, coming, visitTypeId, onClose, onJoined, onOther }: JoinFormProps) {
  const { timeZone } = useSession();
  const toast = useToast();
  const inView = usePerson();
  const [today] = useState(() => localDate(Date.now(), timeZone));
  const join = useWrite(joinWaitlist, { touches });
  const remove = useWrite(withdrawEntry, { touches });
  const draft = useDraft<WaitValues>(`waitlist ${person.patientId}`);
  const heldFor = (typeId: string) =>
    coming.find((one) => one.visitId === start.visitId && one.visitTypeId === typeId) ??
    coming.find((one) => one.visitTypeId === typeId);
  const first = startValues(start, visitTypeId, today);
  const form = useForm<WaitValues, ReturnType<typeof WaitValues.parse>>({
    initial: draft.initial ?? { ...first, earlier: heldFor(visitTypeId) !== undefined },
    schema: WaitValues,
    onSubmit: async (values) => {
      const held = values.earlier ? heldFor(values.visitTypeId) : undefined;
      const { patientId } = person;
      const body = {
        ...wishOf(values),
        ...{ patientId, visitTypeId: values.visitTypeId, visitId: held?.visitId ?? null },
        ...(values.expiresOn ? { expiresOn: values.expiresOn } : {}),
      };
      const { entry } = await join.mutateAsync({ body });
      const undo = () =>
        remove.mutateAsync({
          params: { id: entry.entryId },
          body: { version: entry.version, reason: 'taken back at once' },
        });
      toast.done(`On the waitlist for ${entry.visitTypeName}: ${entry.patientName}`, { undo });
      draft.drop();
      inView.show(patientId);
      onClose();
      onJoined?.(entry);
    },
  });
  if (form.dirty) draft.keep(form.values);
  const held = heldFor(form.values.visitTypeId);
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Put on the waitlist"
      onSubmit={form.submit}
      submitLabel="Put on the waitlist"
      busy={form.submitting}
    >
      <div className="wl-form">
        <FormError form={form} />
        <div className="wl-person">
          <b>{person.name || <NameOf patientId={person.patientId} />}</b>
          <Button look="quiet" onClick={onOther}>
            Someone else
          </Button>
          <PersonWarnings patientId={person.patientId} />
        </div>
        <TypeField form={form} />
        {held && (
          <CheckboxField
            form={form}
            path="earlier"
            label={`Earlier if possible: keeps ${formatDayTime(held.startsAt, held.timeZone, today)} with ${held.physicianName} until then`}
          />
        )}
        <WishFields form={form} today={today} />
      </div>
    </Dialog>
  );
}

function NameOf({ patientId }: { patientId: string }) {
  const { data } = useRead(openPatientCard, { params: { id: patientId } }, { topics: ['patients'] });
  return <>{data?.card.callName ?? 'this person'}</>;
}

function TypeField({ form }: { form: Form<WaitValues> }) {
  const { setup } = useSetup();
  const choices = setup.visitTypes.map((one) => ({ value: one.visitTypeId, label: one.name }));
  return (
    <SelectField form={form} path="visitTypeId" label="Waits for" choices={choices} searchable autoFocus />
  );
}

/** Change what someone wishes; the visit type and the place stay. */
export function ChangeDialog({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { timeZone } = useSession();
  const toast = useToast();
  const [today] = useState(() => localDate(Date.now(), timeZone));
  const change = useWrite(changeEntry, { touches });
  const form = useForm<WaitValues, ReturnType<typeof WaitValues.parse>>({
    initial: valuesOf(entry),
    schema: WaitValues,
    onSubmit: async (values) => {
      const body = {
        ...wishOf(values),
        version: entry.version,
        expiresOn: values.expiresOn || entry.expiresOn,
      };
      await change.mutateAsync({ params: { id: entry.entryId }, body });
      toast.done(`Changed: ${entry.patientName} waits for ${entry.visitTypeName}`);
      onClose();
    },
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={`${entry.patientName} waits for ${entry.visitTypeName}`}
      onSubmit={form.submit}
      submitLabel="Save"
      busy={form.submitting}
    >
      <div className="wl-form">
        <FormError form={form} />
        <WishFields form={form} today={today} />
      </div>
    </Dialog>
  );
}

const priorityChoices = priorities.map((one) => ({ value: one, label: priorityWords[one] }));
const days = [1, 2, 3, 4, 5, 6, 7].map((day) => [day, weekdayName(day).slice(0, 3)] as const);

function WishFields({ form, today }: { form: Form<WaitValues>; today: string }) {
  const { setup } = useSetup();
  const { values } = form;
  const type = setup.visitTypes.find((one) => one.visitTypeId === values.visitTypeId);
  const does = (id: string) => !type || type.physicianIds.length === 0 || type.physicianIds.includes(id);
  const physicians = setup.physicians.filter((one) => does(one.resourceId));
  return (
    <>
      <Chips
        label="With"
        none="Anyone"
        options={physicians.map((one) => [one.resourceId, one.name] as const)}
        chosen={values.physicianIds}
        onChange={(chosen) => form.set('physicianIds', chosen)}
      />
      {setup.sites.length > 1 && (
        <Chips
          label="At"
          none="Any site"
          options={setup.sites.map((one) => [one.siteId, one.name] as const)}
          chosen={values.siteIds}
          onChange={(chosen) => form.set('siteIds', chosen)}
        />
      )}
      <Chips
        label="On"
        none="Any day"
        options={days}
        chosen={values.weekdays}
        onChange={(chosen) => form.set('weekdays', chosen)}
      />
      <Chips
        label="At what time"
        none="Any time"
        options={partLabels}
        chosen={values.parts}
        onChange={(chosen) => form.set('parts', chosen)}
      />
      <div className="wl-two">
        <TimeField form={form} path="from" label="Or from" />
        <TimeField form={form} path="to" label="until" />
        <DateField form={form} path="earliestOn" label="Not before" today={today} />
        <DateField form={form} path="latestOn" label="Not after" today={today} />
        <TextField form={form} path="noticeHours" label="Hours’ notice at least" inputMode="numeric" />
        <DateField
          form={form}
          path="expiresOn"
          label="On the list until"
          today={today}
          hint={values.earlier ? 'empty: the day of their visit' : 'empty: 60 days'}
        />
        <SelectField form={form} path="priority" label="Priority" choices={priorityChoices} />
        {values.priority !== 'routine' && (
          <TextField form={form} path="priorityReason" label="Why they go first" required />
        )}
      </div>
      <TextField form={form} path="note" label="Note for the office" maxLength={500} />
    </>
  );
}
