import { useWrite } from '../../../platform/web/use-office.ts';
import { useToast } from '../../../ui/toast.tsx';
import { notTold, openAgain, sayTold, settleLine, undoLine, undoRescue } from '../api.ts';
import type { Rescue, RescueLine, ToldKind } from '../schema.ts';

const touches = ['rescues', 'visits', 'setup'];

const said: Record<ToldKind, string> = {
  agreed: 'Noted: agreed.',
  'no-answer': 'Noted: no answer.',
  'left-message': 'Noted: a message was left.',
  refused: 'Noted: wants another time. T chooses it with them, O owes it to someone.',
};

export const messageOf = (error: unknown) =>
  error instanceof Error ? error.message : 'This did not work. Please try again.';

/** What a key says about a line; the last word can be taken back. */
export function useTelling() {
  const toast = useToast();
  const tell = useWrite(sayTold, { touches });
  const untell = useWrite(notTold, { touches });
  const settle = useWrite(settleLine, { touches });
  const back = useWrite(undoLine, { touches });
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      toast.refused(messageOf(error));
    }
  };
  return {
    told: (line: RescueLine, kind: ToldKind) =>
      run(async () => {
        const params = { id: line.lineId };
        const after = await tell.mutateAsync({ params, body: { version: line.version, kind } });
        const undo = () => untell.mutateAsync({ params, body: { version: after.line.version } });
        toast.done(said[kind], { undo });
      }),
    settle: (line: RescueLine) =>
      run(async () => {
        await settle.mutateAsync({ params: { id: line.lineId }, body: { version: line.version } });
        toast.done('Settled.');
      }),
    putBack: (line: RescueLine) =>
      run(async () => {
        await back.mutateAsync({ params: { id: line.lineId }, body: { version: line.version } });
        toast.done('The visit is where it was. Tell them.');
      }),
  };
}

/** What is done to the whole of it. */
export function useWhole(rescue: Rescue) {
  const toast = useToast();
  const undo = useWrite(undoRescue, { touches });
  const open = useWrite(openAgain, { touches });
  const input = { params: { id: rescue.rescueId }, body: { version: rescue.version } };
  const run = async (work: () => Promise<unknown>, message: string) => {
    try {
      await work();
      toast.done(message);
    } catch (error) {
      toast.refused(messageOf(error));
    }
  };
  return {
    busy: undo.isPending || open.isPending,
    undo: () => run(() => undo.mutateAsync(input), 'Everything is where it was.'),
    openAgain: () =>
      run(() => open.mutateAsync(input), 'The time is open again. The visits stay where they are.'),
  };
}
