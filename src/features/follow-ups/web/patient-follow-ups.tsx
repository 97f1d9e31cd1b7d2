import './follow-ups.css';
import { useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { Failure } from '../../../ui/failure.tsx';
import { localDate } from '../../../ui/format.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Tag } from '../../../ui/tag.tsx';
import { startingType, useSetup } from '../../schedule/web/use-setup.ts';
import { listPatientFollowUps } from '../api.ts';
import type { FollowUp } from '../schema.ts';
import { BookTimes } from './book-times.tsx';
import { stateTag, whatWords, windowWords } from './follow-up-words.ts';
import { OrderDialog } from './order-dialog.tsx';

function useFollowUps(patientId: string) {
  const { may } = useSession();
  const input = { params: { id: patientId } };
  const topics = ['follow-ups', 'visits'];
  return useRead(listPatientFollowUps, input, { topics, enabled: may('follow-ups.see') });
}

const isOpen = (one: FollowUp) => one.state === 'open' || one.state === 'booked';

/** What is open, on the card of whoever is in view; nothing where there is none. */
export function OpenFollowUps({ patientId }: { patientId: string }) {
  const { data, isPlaceholderData } = useFollowUps(patientId);
  const open = isPlaceholderData ? [] : (data?.followUps ?? []).filter(isOpen);
  if (open.length === 0) return null;
  return (
    <section aria-label="Follow-ups">
      <h3>Follow-ups</h3>
      <Items followUps={open} />
    </section>
  );
}

/** Every follow-up of a person, on their page, and a new one. */
export function PatientFollowUps({ patientId }: { patientId: string }) {
  const { may } = useSession();
  const { data, error, refetch, isPlaceholderData } = useFollowUps(patientId);
  const { setup } = useSetup();
  const [orders, setOrders] = useState(false);
  const [ordered, setOrdered] = useState<FollowUp>();
  if (!may('follow-ups.see')) return null;
  const shown = isPlaceholderData ? undefined : data;
  const taken = (followUp: FollowUp) => {
    setOrders(false);
    if (may('visits.book')) setOrdered(followUp);
  };
  return (
    <section className="pt-section" aria-label="Follow-ups">
      <h2>Follow-ups</h2>
      {error && <Failure message={error.message} onRetry={() => void refetch()} />}
      {!error && !shown && <Skeleton rows={2} />}
      {shown && shown.followUps.length === 0 && <p className="ui-dim">No follow-ups yet.</p>}
      {shown && <Items followUps={shown.followUps} />}
      {may('follow-ups.manage') && (
        <Button icon="plus" onClick={() => setOrders(true)}>
          Order a follow-up
        </Button>
      )}
      {orders && (
        <OrderDialog
          title="Order a follow-up"
          start={{ patientId, visitTypeId: startingType(setup), physicianId: null }}
          onClose={() => setOrders(false)}
          onOrdered={taken}
        />
      )}
      {ordered && <BookTimes followUp={ordered} onClose={() => setOrdered(undefined)} />}
    </section>
  );
}

function Items({ followUps }: { followUps: readonly FollowUp[] }) {
  const { timeZone } = useSession();
  const { go } = useAddress();
  const today = localDate(Date.now(), timeZone);
  return (
    <ul className="fu-items">
      {followUps.map((one) => {
        const { tone, words } = stateTag(one, today);
        return (
          <li key={one.followUpId}>
            <Button look="quiet" onClick={() => go('/follow-ups', { id: one.followUpId })}>
              {whatWords(one)}
            </Button>
            <small>
              {windowWords(one, today)} <Tag tone={tone}>{words}</Tag>
            </small>
          </li>
        );
      })}
    </ul>
  );
}
