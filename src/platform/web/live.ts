import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { markLive } from './use-office.ts';

type Touched = { topic: string; keys: string[] }[];
export type LiveState = 'live' | 'connecting';

const channelName = 'frontdesk-live';
const lockName = 'frontdesk-live-stream';
/** Forty desks hear of a change at the same instant: each asks within this time, so that none waits for the others. */
const spreadMs = 300;

/**
 * Live changes over one event stream per browser (HTTP/1.1 has about six connections a host): the tab that
 * holds the lock listens and passes events on to the others by BroadcastChannel. When it closes, the next takes
 * over.
 */
export function useLive(enabled: boolean): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  useEffect(() => {
    if (!enabled) return;
    return startLive(client, setState);
  }, [client, enabled]);
  return state;
}

type Message =
  | { kind: 'touched'; touched: Touched }
  | { kind: 'reset' }
  | { kind: 'state'; state: LiveState };

function startLive(client: QueryClient, onState: (state: LiveState) => void): () => void {
  const channel = new BroadcastChannel(channelName);
  const stop = new AbortController();
  let gathered: Touched = [];
  let asking: ReturnType<typeof setTimeout> | undefined;
  const refreshSoon = (touched: Touched): void => {
    gathered = [...gathered, ...touched];
    asking ??= setTimeout(() => {
      asking = undefined;
      refresh(client, gathered);
      gathered = [];
    }, Math.random() * spreadMs);
  };
  const take = (message: Message): void => {
    if (message.kind === 'state') onState(message.state);
    else if (message.kind === 'reset') void client.invalidateQueries();
    else refreshSoon(message.touched);
  };
  const tell = (message: Message): void => {
    take(message);
    channel.postMessage(message);
  };
  channel.onmessage = (event: MessageEvent<Message>) => {
    onState('live');
    take(event.data);
  };
  navigator.locks
    .request(lockName, { signal: stop.signal }, () => listen(tell, stop.signal))
    .catch(() => undefined);
  return () => {
    stop.abort();
    clearTimeout(asking);
    channel.close();
  };
}

/** Listen until aborted. EventSource reconnects by itself and sends the last event's id. */
function listen(tell: (message: Message) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let source = open();
    function open(): EventSource {
      const stream = new EventSource('/api/live');
      stream.addEventListener('hello', () => tell({ kind: 'state', state: 'live' }));
      stream.addEventListener('reset', () => tell({ kind: 'reset' }));
      stream.addEventListener('touched', (event) => {
        tell({ kind: 'touched', touched: JSON.parse((event as MessageEvent<string>).data) as Touched });
      });
      stream.onerror = () => {
        tell({ kind: 'state', state: 'connecting' });
        // A refused stream (session gone) is closed for good by the browser: try again with a fresh look.
        if (stream.readyState === EventSource.CLOSED && !signal.aborted) {
          setTimeout(() => {
            if (signal.aborted) return;
            source = open();
            tell({ kind: 'reset' });
          }, 3000);
        }
      };
      return stream;
    }
    signal.addEventListener('abort', () => {
      source.close();
      resolve();
    });
  });
}

function refresh(client: QueryClient, touched: Touched): void {
  void client.invalidateQueries({
    predicate: (query) => {
      const facts = query.queryKey[2] as { topics?: readonly string[]; keys?: readonly string[] } | undefined;
      const hit = touched.some(
        ({ topic, keys }) =>
          facts?.topics?.includes(topic) &&
          (!facts.keys || keys.length === 0 || keys.some((key) => facts.keys?.includes(key))),
      );
      if (hit && query.isActive()) markLive(JSON.stringify(query.queryKey));
      return hit;
    },
  });
}
