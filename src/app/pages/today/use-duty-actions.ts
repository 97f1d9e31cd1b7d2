import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { z } from 'zod';
import { getSetup } from '../../../features/schedule/setup/api.ts';
import { endpoint } from '../../../platform/http/endpoint.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { call } from '../../../platform/web/call.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { refreshTopics } from '../../../platform/web/use-office.ts';
import { useConfirm } from '../../../ui/confirm.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { type TodayAction, type TodayDuty, todayTopics } from './today-api.ts';
import { saidOf } from './today-words.ts';

const anyBody = z.record(z.string(), z.unknown());
/** An answer may say what came of it, better than the words of the button. */
const Said = z.looseObject({ said: z.string().optional() });

function send(path: string, body: Record<string, unknown>) {
  return call(endpoint({ method: 'POST', path, summary: '', body: anyBody, answer: Said }), { body });
}

/** `/schedule?date=2026-03-04` → its path and its search parameters. */
export function splitHref(href: string): { path: string; search: Record<string, string> } {
  const url = new URL(href, 'http://desk');
  return { path: url.pathname, search: Object.fromEntries(url.searchParams) };
}

/** How the line calls a visit type; `book` asks which, where it is no longer in use. */
async function codeOf(visitTypeId: string): Promise<string> {
  const setup = await call(getSetup).catch(() => undefined);
  return setup?.visitTypes.find((one) => one.visitTypeId === visitTypeId)?.code ?? 'book';
}

/** Presses a duty's button: opens its page, or sends its write; what is settled leaves the list at once. */
export function useDutyActions() {
  const client = useQueryClient();
  const toast = useToast();
  const ask = useConfirm();
  const { go } = useAddress();
  const { openLine } = useSlots();
  const person = usePerson();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const hide = useCallback((key: string, away: boolean) => {
    setHidden((now) => {
      const next = new Set(now);
      if (away) next.add(key);
      else next.delete(key);
      return next;
    });
  }, []);

  const run = async (duty: TodayDuty, action: TodayAction): Promise<void> => {
    if (action.kind === 'open') {
      const { path, search } = splitHref(action.href);
      if (!search.book || !duty.patientId) return go(path, search);
      // A visit to be made again: the line has its openings, for the person of the duty.
      person.show(duty.patientId);
      return openLine(`${await codeOf(search.book)} `);
    }
    const { path, body, reasonLabel } = action;
    if (reasonLabel) {
      const answer = await ask({
        title: duty.title,
        confirmLabel: action.label,
        cancelLabel: 'Leave it',
        reason: { label: reasonLabel, required: true },
        run: (reason) => send(path, { ...body, reason }),
      });
      if (!answer) return;
    }
    hide(duty.key, true);
    let said: string | undefined;
    try {
      if (!reasonLabel) said = (await send(path, body)).said;
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
      hide(duty.key, false);
      return void refreshTopics(client, todayTopics);
    }
    const { undo } = action;
    const takeBack = undo && {
      undo: async () => {
        await send(undo.path, undo.body);
        hide(duty.key, false);
        await refreshTopics(client, todayTopics);
      },
      undoneMessage: `Back on the list: ${duty.title}`,
    };
    toast.done(said ?? saidOf(action.label, duty.title), takeBack || {});
    await refreshTopics(client, todayTopics);
    hide(duty.key, false);
  };
  return { hidden, run };
}
