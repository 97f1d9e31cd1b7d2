import { useWrite } from '../../../platform/web/use-office.ts';
import { useToast } from '../../../ui/toast.tsx';
import { recordOpt, reopenMessage, sayWhose, settleMessage } from '../api.ts';
import type { Message } from '../schema.ts';

const touches = ['messages', 'patients'];
const wordsOf = (error: unknown) =>
  error instanceof Error ? error.message : 'This did not work. Please try again.';

/** What can be done about a message by one key. */
export function useMessageActions() {
  const toast = useToast();
  const settle = useWrite(settleMessage, { touches });
  const back = useWrite(reopenMessage, { touches });
  const says = useWrite(sayWhose, { touches });
  const opts = useWrite(recordOpt, { touches });
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      toast.refused(wordsOf(error));
    }
  };
  return {
    done: ({ messageId, version }: Message) =>
      run(async () => {
        const params = { id: messageId };
        const after = await settle.mutateAsync({ params, body: { version } });
        const undo = () => back.mutateAsync({ params, body: { version: after.message.version } });
        toast.done('Needs no answer.', { undo });
      }),
    whose: ({ messageId }: Message, patientId: string) =>
      run(async () => {
        await says.mutateAsync({ params: { id: messageId }, body: { patientId } });
        toast.done('The thread is theirs now.');
      }),
    opt: ({ messageId }: Message, state: 'in' | 'out') =>
      run(async () => {
        await opts.mutateAsync({ params: { id: messageId }, body: { state } });
        toast.done(state === 'in' ? 'Texts go there again.' : 'Nothing goes there any more.');
      }),
  };
}
