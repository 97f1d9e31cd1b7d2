import { useEffect, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { announcePresence } from '../http/api.ts';
import { call } from './call.ts';
import { useMaySession } from './session.tsx';
import { useRead } from './use-office.ts';

const beatMs = 25_000;

type Opened = { kind: string; id: string; editing?: boolean };

/**
 * Says that this tab has a record open, and hears who else has. Nobody asks again and again: a change comes by the
 * event stream; every 25 seconds the tab says that it is still there.
 */
export function usePresence({ kind, id, editing = false }: Opened) {
  const session = useMaySession();
  // This place on this page: a task may be open above a patient.
  const [tab] = useState(() => crypto.randomUUID());
  const enabled = Boolean(session?.signedIn && !session.hidden && id);
  const input = { body: { tab, kind, id, editing } };
  const { data, refetch } = useRead(announcePresence, input, { topics: ['presence'], keys: [id], enabled });
  useEffect(() => {
    if (!enabled) return;
    const beat = setInterval(() => void refetch(), beatMs);
    return () => clearInterval(beat);
  }, [enabled, refetch]);
  useEffect(() => {
    if (!enabled || !kind || !id) return;
    return () => {
      call(announcePresence, { body: { tab, kind, id, leaving: true } }).catch(() => undefined);
    };
  }, [enabled, tab, kind, id]);
  return enabled && data?.id === id ? data.others : [];
}

/** "Ana Ruiz has this open", "Ana Ruiz is editing"; nothing where nobody else is there. */
export function PresenceNote(props: Opened) {
  const others = usePresence(props);
  if (others.length === 0) return null;
  const editing = others.filter((one) => one.editing).map((one) => one.name);
  const looking = others.filter((one) => !one.editing).map((one) => one.name);
  const words = [
    editing.length > 0 ? `${listed(editing)} ${editing.length === 1 ? 'is' : 'are'} editing` : '',
    looking.length > 0 ? `${listed(looking)} ${looking.length === 1 ? 'has' : 'have'} this open` : '',
  ].filter(Boolean);
  return (
    <span className="ui-presence" data-editing={editing.length > 0 || undefined} role="status">
      <Icon name={editing.length > 0 ? 'edit' : 'person'} size={14} /> {words.join('; ')}
    </span>
  );
}

function listed(names: readonly string[]): string {
  if (names.length <= 2) return names.join(' and ');
  return `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}
