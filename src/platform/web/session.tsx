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
  const waiters = useRef<(() => void)[]>([]);

  const refresh = useCallback(async () => {
    const fresh = await call(getSession);
    client.setQueryData(['session'], fresh);
    if (fresh.signedIn && !fresh.locked) {
      setHidden(false);
      for (const go of waiters.current.splice(0)) go();
    }
    return fresh;
  }, [client]);

  useEffect(() => {
    onSessionNeeded(() => {
      setHidden(true);
      return new Promise((resolve) => waiters.current.push(resolve));
    });
    return () => onSessionNeeded(undefined);
  }, []);

  const state = useMemo(() => {
    if (!data) return undefined;
    const permissions = new Set(data.permissions);
    return {
      ...data,
      hidden: hidden || data.locked,
      may: (permission: string) => permissions.has(permission),
      refresh,
      hide: () => setHidden(true),
    };
  }, [data, hidden, refresh]);
  if (!state) return waiting;
  return <SessionContext value={state}>{children}</SessionContext>;
}
