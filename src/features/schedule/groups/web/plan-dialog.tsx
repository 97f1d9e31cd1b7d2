import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { toInstant } from '../../../../platform/calendar/zones.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useWrite } from '../../../../platform/web/use-office.ts';
import { Dialog } from '../../../../ui/dialog.tsx';
import { localDate } from '../../../../ui/format.ts';
import { useToast } from '../../../../ui/toast.tsx';
import { useReturnFocus } from '../../../../ui/use-return-focus.ts';
import { TimeInput } from '../../series/web/series-dialog.tsx';
import type { SetupSummary } from '../../setup/schema.ts';
import { DayInput } from '../../web/find-wishes.tsx';
import { PickInput } from '../../web/pick-input.tsx';
import { startingType, useSetup } from '../../web/use-setup.ts';
import { planSession } from '../api.ts';

type PlanDialogProps = { onClose: () => void; onPlanned: (sessionId: string) => void };

/** A new session: what, when, with whom, and how many places. */
export function PlanDialog(props: PlanDialogProps) {
  useReturnFocus();
  const { setup, ready } = useSetup();
  return ready ? <PlanForm {...props} setup={setup} /> : null;
}

function PlanForm({ onClose, onPlanned, setup }: PlanDialogProps & { setup: SetupSummary }) {
  const { timeZone } = useSession();
  const toast = useToast();
  const { physicians, types } = useSetup();
  const [draft, setDraft] = useState({
    ...{ name: '', time: '10:00', minutes: '60', capacity: '10', date: localDate(new Date(), timeZone) },
    visitTypeId: startingType(setup),
    physicianId: physicians[0]?.id ?? '',
    siteId: setup.sites[0]?.siteId ?? '',
  });
  const set = (change: Partial<typeof draft>) => setDraft((now) => ({ ...now, ...change }));
  const write = useWrite(planSession, { touches: ['groups', 'visits'] });
  const zone = setup.sites.find((one) => one.siteId === draft.siteId)?.timeZone ?? timeZone;
  const save = () => {
    const { name, visitTypeId, physicianId, siteId, date, time, minutes, capacity } = draft;
    const startsAt = new Date(toInstant(date, time, zone)).toISOString();
    const sizes = { minutes: Number(minutes), capacity: Number(capacity) };
    write.mutate(
      { body: { name, visitTypeId, physicianId, siteId, startsAt, ...sizes } },
      {
        onSuccess: ({ session }) => {
          toast.done(`Planned: ${session.name}, ${session.capacity} places.`);
          onClose();
          onPlanned(session.sessionId);
        },
      },
    );
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title="Plan a group session"
      onSubmit={save}
      submitLabel="Plan"
      busy={write.isPending}
      submitDisabledReason={draft.name.trim() === '' && 'Give the group a name.'}
    >
      <div className="sc-fields">
        {write.error && (
          <p role="alert" className="ui-form-error sc-wide">
            {write.error.message}
          </p>
        )}
        <TextInput
          className="sc-wide"
          label="Name of the group"
          placeholder="Diabetes class"
          data-autofocus
          maxLength={100}
          value={draft.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <PickInput
          label="Visit type"
          options={types}
          value={draft.visitTypeId}
          onPick={(visitTypeId) => set({ visitTypeId })}
        />
        <PickInput
          label="Led by"
          options={physicians}
          value={draft.physicianId}
          onPick={(physicianId) => set({ physicianId })}
        />
        {setup.sites.length > 1 && (
          <PickInput
            label="Site"
            options={setup.sites.map((one) => ({ id: one.siteId, label: one.name }))}
            value={draft.siteId}
            onPick={(siteId) => set({ siteId })}
          />
        )}
        <DayInput
          label="Day"
          today={localDate(new Date(), timeZone)}
          value={draft.date}
          onChange={(date) => date && set({ date })}
        />
        <TimeInput value={draft.time} onChange={(time) => set({ time })} />
        <TextInput
          label="Minutes"
          inputMode="numeric"
          value={draft.minutes}
          onChange={(event) => set({ minutes: event.currentTarget.value.replace(/\D/g, '') })}
        />
        <TextInput
          label="Places"
          inputMode="numeric"
          value={draft.capacity}
          onChange={(event) => set({ capacity: event.currentTarget.value.replace(/\D/g, '') })}
        />
      </div>
    </Dialog>
  );
}
