import { useState } from 'react';
import type { Endpoint } from '../../../platform/http/endpoint.ts';
import { CallFailed, call, type Input } from '../../../platform/web/call.ts';
import { useSession } from '../../../platform/web/session.tsx';

/** Send one of the session's calls, then look again who is at the desk. */
export function useSessionCall() {
  const session = useSession();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const send = async <E extends Endpoint>(endpoint: E, input: Input<E>): Promise<boolean> => {
    setBusy(true);
    setError(undefined);
    try {
      await call(endpoint, input);
      await session.refresh();
      return true;
    } catch (caught) {
      setError(caught instanceof CallFailed ? caught.message : 'This did not work. Try again.');
      // Gone meanwhile: the password alone no longer opens the desk, and the page asks for the e-mail too.
      if (caught instanceof CallFailed && caught.code === 'not-signed-in')
        await session.refresh().catch(() => undefined);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, send };
}
