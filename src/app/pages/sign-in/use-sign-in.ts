import { useState } from 'react';
import type { z } from 'zod';
import type { Endpoint } from '../../../platform/http/endpoint.ts';
import { CallFailed, call, type Input } from '../../../platform/web/call.ts';
import { lockTold } from '../../../platform/web/locking.ts';
import { useSession } from '../../../platform/web/session.tsx';

type Answer<E extends Endpoint> = z.output<E['answer']>;

/** Do one thing at a time, and keep what went wrong in words. */
export function useOneAtATime() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  /** @returns what it answered; undefined when it failed */
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setError(undefined);
    try {
      return await work();
    } catch (caught) {
      setError(caught instanceof Error && caught.message ? caught.message : 'This did not work. Try again.');
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, attempt, say: setError };
}

type OnFailed = (failure: CallFailed) => void;

/** Send one of the session's calls, then look again who is at the desk. */
export function useSessionCall() {
  const session = useSession();
  const { busy, error, attempt } = useOneAtATime();
  const run = <T>(work: () => Promise<T>, onFailed?: OnFailed): Promise<T | undefined> =>
    attempt(async () => {
      try {
        await lockTold();
        const answer = await work();
        await session.refresh();
        return answer;
      } catch (caught) {
        if (!(caught instanceof CallFailed)) throw caught;
        onFailed?.(caught);
        // Gone meanwhile: the password alone no longer opens the desk, and the page asks for the e-mail too.
        if (caught.code === 'not-signed-in') await session.refresh().catch(() => undefined);
        throw caught;
      }
    });
  const send = <E extends Endpoint>(
    endpoint: E,
    input: Input<E>,
    onFailed?: OnFailed,
  ): Promise<Answer<E> | undefined> => run(() => call(endpoint, input), onFailed);
  return { busy, error, send, run };
}
