import './privacy.css';
import { useEffect, useRef } from 'react';
import { useSession } from '../../../platform/web/session.tsx';
import { useForget, useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Button } from '../../../ui/button.tsx';
import { useConfirm } from '../../../ui/confirm.tsx';
import { formatTime } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { endEmergency, readEmergency, startEmergency } from '../emergency/api.ts';

function useEmergency() {
  const session = useSession();
  const mayStart = session.may('privacy.emergency');
  const mayBreak = mayStart || session.may('privacy.break-glass');
  const read = useRead(readEmergency, {}, { topics: ['privacy'], enabled: session.signedIn && mayBreak });
  return { ...session, mayStart, until: read.data?.until ?? null, minutes: read.data?.minutes ?? 60, read };
}

type Told = NonNullable<ReturnType<typeof useEmergency>['read']['data']>;
/** A record that stands open by broken glass, or (null) everything by emergency access. */
type Open = { aboutId: string | null; until: string };

const openOf = ({ glass, until }: Told): Open[] => [...glass, ...(until ? [{ aboutId: null, until }] : [])];

/** What ends next, and in how many milliseconds by the office's clock. */
function nextEnd(data: Told) {
  const [next] = openOf(data).sort((a, b) => Date.parse(a.until) - Date.parse(b.until));
  return next && { ...next, inMs: Math.max(0, Date.parse(next.until) - Date.parse(data.now)) };
}

/**
 * What stood open and no longer does goes from the screen: when its time is over, also without the office, and when the
 * office no longer names it, whoever ended it.
 */
function useEnds({ read, refresh }: Pick<ReturnType<typeof useEmergency>, 'read' | 'refresh'>): void {
  const forget = useForget();
  const { data, refetch } = read;
  const stood = useRef<ReadonlySet<string | null>>(new Set());
  useEffect(() => {
    if (!data) return;
    const close = async (ids: readonly (string | null)[]) => {
      await refresh().catch(() => undefined);
      for (const id of ids) void forget(id);
    };
    const stands = new Set(openOf(data).map((one) => one.aboutId));
    const ended = [...stood.current].filter((id) => !stands.has(id));
    stood.current = stands;
    if (ended.length > 0) void close(ended);
    const next = nextEnd(data);
    if (!next) return;
    const timer = setTimeout(() => {
      stood.current = new Set([...stands].filter((id) => id !== next.aboutId));
      void close([next.aboutId]);
      void refetch();
    }, next.inMs + 1000);
    return () => clearTimeout(timer);
  }, [data, forget, refresh, refetch]);
}

/** While the own rights are raised: until when, and the way back. */
export function EmergencyNote() {
  const emergency = useEmergency();
  const { until, timeZone, read } = emergency;
  const { mutateAsync } = useWrite(endEmergency);
  const toast = useToast();
  useEnds(emergency);
  if (!until) return null;
  const end = async () => {
    try {
      await mutateAsync({ body: {} });
      await read.refetch();
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
