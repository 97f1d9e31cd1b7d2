import './privacy.css';
import { useEffect, useRef, useState } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { call, onReasonNeeded } from '../../../platform/web/call.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useForget } from '../../../platform/web/use-office.ts';
import { breakGlass, sayWhy } from '../api.ts';
import { Asks, type reasonKinds } from '../schema.ts';
import { GlassDialog } from './glass-dialog.tsx';
import { WhyDialog } from './why-dialog.tsx';

type Waiting = { asks: Asks; settle: (said: boolean) => void; said: Promise<boolean> };

/** Of one person everything asks at once: one question, and its answer goes to all. */
function useQuestions() {
  const [waiting, setWaiting] = useState<readonly Waiting[]>([]);
  const latest = useRef<readonly Waiting[]>([]);
  const forget = useForget();
  useEffect(() => {
    const put = (next: readonly Waiting[]) => {
      latest.current = next;
      setWaiting(next);
    };
    onReasonNeeded((raw) => {
      const read = Asks.safeParse(raw);
      if (!read.success) return Promise.resolve(false);
      const asks = read.data;
      const known = latest.current.find((one) => one.asks.patientId === asks.patientId);
      if (known) return known.said;
      let settle: Waiting['settle'] = () => undefined;
      const said = new Promise<boolean>((resolve) => {
        settle = (answer) => {
          put(latest.current.filter((one) => one.asks.patientId !== asks.patientId));
          resolve(answer);
        };
      });
      put([...latest.current, { asks, settle, said }]);
      // What was read while it was open, or before it was restricted, does not stay beside the question
      if (asks.what === 'restricted') void forget(asks.patientId);
      return said;
    });
    return () => {
      onReasonNeeded(undefined);
      for (const one of latest.current) one.settle(false);
    };
  }, [forget]);
  return waiting[0];
}

/** Asks why a record is opened, wherever on the desk the office wants to know. */
export function AskWhy() {
  const question = useQuestions();
  const { letGo } = usePerson();
  const { path, go } = useAddress();
  if (!question) return null;
  const { asks, settle } = question;
  const { patientId } = asks;
  const leave = () => {
    settle(false);
    letGo();
    if (path.includes(patientId)) go('/patients', {}, { replace: true });
  };
  if (asks.what === 'restricted') {
    const open = async (reason: string) => {
      await call(breakGlass, { body: { patientId, reason } });
      settle(true);
    };
    return <GlassDialog key={patientId} minutes={asks.minutes} onBreak={open} onClose={leave} />;
  }
  const say = async (kind: (typeof reasonKinds)[number] | 'none', text: string) => {
    await call(sayWhy, { body: { patientId, kind, text } });
    settle(true);
  };
  return <WhyDialog key={patientId} mayGoOn={asks.mayGoOn} onSay={say} onClose={leave} />;
}
