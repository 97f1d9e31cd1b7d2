import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import { CallFailed, call } from '../../../../platform/web/call.ts';
import { refreshTopics, useWrite } from '../../../../platform/web/use-office.ts';
import { useConfirm } from '../../../../ui/confirm.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { mergePatients, type PatientMerge, takeApart, tellApart, untellApart } from '../api.ts';
import { leftText } from './merge-words.ts';

/** What moves with a person is known to the features that hold it. */
const touches = 'everything';

const Current = z.object({ version: z.number() });

/**
 * What was changed since stays with the survivor whoever changed it, so a newer version of it is no reason to ask
 * again.
 */
async function apart(client: QueryClient, mergeId: string, version: number) {
  const send = (seen: number) => call(takeApart, { params: { id: mergeId }, body: { version: seen } });
  const answer = await send(version).catch((error: unknown) => {
    const stale = error instanceof CallFailed && error.code === 'stale';
    const current = Current.safeParse(stale ? error.detail.current : undefined);
    if (!current.success) throw error;
    return send(current.data.version);
  });
  await refreshTopics(client, touches);
  return answer;
}

/** Merge two records, with an undo that takes them apart. */
export function useMerge() {
  const client = useQueryClient();
  const toast = useToast();
  const write = useWrite(mergePatients, { touches });
  const done = (mergeId: string, version: number, said: string) => {
    const undo = async () => {
      const left = leftText(await apart(client, mergeId, version));
      if (left.length > 0) toast.done(left.join(' '));
    };
    toast.done(said, { undo, undoneMessage: 'Taken apart: both records stand on their own again.' });
  };
  return { write, done };
}

export type Apart = { otherId: string; mrn: string; left: string[] };

/** Ask, then take a merge apart; what it left behind stands in `result` until the next. */
export function useTakeApart() {
  const client = useQueryClient();
  const toast = useToast();
  const ask = useConfirm();
  const [result, setResult] = useState<Apart>();
  const [busy, setBusy] = useState<string>();
  const run = async ({ mergeId, fromMrn, intoVersion }: PatientMerge) => {
    const sure = await ask({
      title: `Take record ${fromMrn} apart again?`,
      text: 'What moved goes back to it. What was added or changed since stays with this record.',
      confirmLabel: 'Take apart',
      cancelLabel: 'Leave them together',
    });
    if (!sure) return;
    setBusy(mergeId);
    try {
      const answer = await apart(client, mergeId, intoVersion);
      setResult({ otherId: answer.otherId, mrn: fromMrn, left: leftText(answer) });
      toast.done(`Record ${fromMrn} stands on its own again.`);
    } catch (error) {
      toast.refused(error instanceof Error ? error.message : 'This did not work. Please try again.');
    } finally {
      setBusy(undefined);
    }
  };
  return { run, result, busy };
}

/** Say that two who look alike are two; their pair goes from the lists, and the undo brings it back. */
export function useTellApart(after: () => void) {
  const toast = useToast();
  const write = useWrite(tellApart, { touches: ['merges'] });
  const takeBack = useWrite(untellApart, { touches: ['merges'] });
  return (oneId: string, otherId: string) => {
    const body = { oneId, otherId };
    if (write.isPending) return;
    write.mutate(
      { body },
      {
        onSuccess: () => {
          toast.done('Kept as two people: they are not listed as likely duplicates again.', {
            undo: () => takeBack.mutateAsync({ body }),
            undoneMessage: 'Listed as likely duplicates again.',
          });
          after();
        },
        onError: (error) => toast.refused(error.message),
      },
    );
  };
}
