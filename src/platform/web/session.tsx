import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { getSession, type SessionAnswer } from '../http/api.ts';
import { call, onSessionNeeded } from './call.ts';
import { setDraftOwner } from './drafts.ts';

export type SessionState = SessionAnswer & {
  may(permission: string): boolean;
  /** The page is hidden: locked, or the session ran out while someone was at work. */
  hidden: boolean;
  /** Look again who is signed in (after signing in, unlocking, signing out). */
  refresh(): Promise<SessionAnswer>;
  /** Hide the page at once, before the server has answered. */
  hide(): void;
};

const SessionContext = createContext<SessionState | undefined>(undefined);

/** Who is at this desk. @throws outside SessionProvider */
export function useSession(): SessionState {
  const session = useContext(SessionContext);
  if (!session) throw new Error('useSession needs a SessionProvider around it.');
  return session;
}

/** For pieces that are also drawn alone, in tests: who is at this desk, if that is known. */
export function useMaySession(): SessionState | undefined {
  return useContext(SessionContext);
}

/** Keeps the session, and holds calls back while the page is hidden until somebody has signed in over it. */
export function SessionProvider({ children, waiting }: { children: ReactNode; waiting: ReactNode }) {
  const client = useQueryClient();
  const { data } = useQuery({
    queryKey: ['session'],
    queryFn: () => call(getSession),
    staleTime: Infinity,
    retry: 10,
  });
  const [hidden, setHidden] = useState(false);
  const waiters = useRef<{ go: () => void; leave: (error: Error) => void }[]>([]);
  const account = useRef('');
  const last = useRef<SessionAnswer>(undefined);

  const refresh = useCallback(async () => {
    const fresh = await call(getSession);
    if (fresh.signedIn && !fresh.locked && !fresh.mustSetUpFactor) {
      // What waited belongs to the person who began it: a colleague who signs in over the page starts clean.
      const samePerson = account.current === '' || account.current === fresh.accountId;
      for (const { go, leave } of waiters.current.splice(0)) {
        if (samePerson) go();
        else leave(new Error('Someone else signed in here meanwhile.'));
      }
      if (!samePerson) client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      setHidden(false);
    }
    client.setQueryData(['session'], fresh);
    return fresh;
  }, [client]);

  useEffect(() => {
    onSessionNeeded(() => {
      setHidden(true);
      // Locked, or run out? The page asks for the password alone, or to sign in again.
      if (waiters.current.length === 0) void refresh().catch(() => undefined);
      return new Promise((go, leave) => waiters.current.push({ go, leave }));
    });
    return () => onSessionNeeded(undefined);
  }, [refresh]);

  if (data?.signedIn && data.accountId !== account.current) {
    account.current = data.accountId;
    setDraftOwner(data.accountId);
  }
  // A second step that is set up first is no desk yet: nothing below it could be lost.
  if (data?.signedIn && !data.mustSetUpFactor) last.current = data;
  const hide = useCallback(() => setHidden(true), []);
  const state = useMemo(() => {
    if (!data) return undefined;
    // Run out while someone was at work: the page below stays theirs, with all that is typed on it.
    const ranOut = !data.signedIn && last.current?.mustChangePassword === false;
    const shown = ranOut ? { ...data, ...last.current, signedIn: false, locked: false } : data;
    const permissions = new Set(shown.permissions);
    return {
      ...shown,
      hidden: hidden || data.locked || data.mustSetUpFactor || ranOut,
      may: (permission: string) => permissions.has(permission),
      refresh,
      hide,
    };
  }, [data, hidden, refresh, hide]);
  if (!state) return waiting;
  return <SessionContext value={state}>{children}</SessionContext>;
}
