import './privacy.css';
import { useEffect } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { formatTime } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { endEmergency, readEmergency, startEmergency } from '../emergency/api.ts';

function useEmergency() {
  const session = useSession();
  const mayStart = session.may('privacy.emergency');
  const read = useRead(readEmergency, {}, { topics: ['privacy'], enabled: session.signedIn && mayStart });
  return { ...session, mayStart, until: read.data?.until ?? null, minutes: read.data?.minutes ?? 60, read };
}

/** While the own rights are raised: until when, and the way back. */
export function EmergencyNote() {
  const { until, timeZone, refresh, read } = useEmergency();
  const { mutateAsync } = useWrite(endEmergency, { touches: 'everything' });
  const toast = useToast();
  const { refetch } = read;
  useEffect(() => {
    if (!until) return;
    // It ends by itself; what it showed goes from the screen.
    const timer = setTimeout(
      () => void refetch().then(refresh),
      Math.max(0, Date.parse(until) - Date.now()) + 1000,
    );
    return () => clearTimeout(timer);
  }, [until, refetch, refresh]);
  if (!until) return null;
  const end = async () => {
    try {
      await mutateAsync({ body: {} });
      await refresh();
      toast.done('Emergency access has ended.');
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'It ends by itself in any case.');
    }
  };
  return (
    <div className="prv-emergency" role="status">
      <Icon name="warning" size={16} /> Emergency access until {formatTime(until, timeZone)}: you read what
      your roles do not show, and the manager was told.
      <Button look="quiet" onClick={() => void end()}>
        End it now
      </Button>
    </div>
  );
}

/** Beside the help: for when someone must be helped and the own roles do not show how. */
export function EmergencyStart() {
  const { mayStart, until, minutes, refresh } = useEmergency();
  const { mutateAsync } = useWrite(startEmergency, { touches: 'everything' });
  const ask = useConfirm();
  const toast = useToast();
  if (!mayStart || until) return null;
  const start = async () => {
    const answer = await ask({
      title: 'Read everything, in an emergency?',
      text: `For ${minutes} minutes you can read every record, also restricted ones. You can change no more than before. The manager is told at once and reads your reason.`,
      reason: { label: 'What is the emergency?', required: true },
      confirmLabel: 'Raise my rights',
      cancelLabel: 'Leave it',
      danger: true,
      run: (reason) => mutateAsync({ body: { reason } }),
    });
    if (!answer) return;
    await refresh();
    toast.done('Your rights are raised. They end by themselves.');
  };
  return (
    <section>
      <h2>Emergency</h2>
      <p>When someone must be helped now, and your roles do not show what you need to know.</p>
      <Button icon="warning" onClick={() => void start()}>
        Emergency access …
      </Button>
    </section>
  );
}
