import { useAddress } from '../../../platform/web/address.ts';
import { useDraft } from '../../../platform/web/drafts.ts';
import { useWrite } from '../../../platform/web/use-office.ts';
import { useConfirm } from '../../../ui/confirm.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { registerDraft } from '../../patients/web/patients-page.tsx';
import { emptyPerson, emptyPhone, type PersonValues } from '../../patients/web/person-values.ts';
import { callInError, finishCall, recordTry, reopenCall } from '../api.ts';
import { stepWords } from '../rules.ts';
import type { Call } from '../schema.ts';

const touches = ['calls'];
const wordsOf = (error: unknown) =>
  error instanceof Error ? error.message : 'This did not work. Please try again.';

/** What can be done about a call by one key; each says what it did, and done can be taken back. */
export function useCallActions(call: Call, onClose: () => void) {
  const toast = useToast();
  const ask = useConfirm();
  const { go } = useAddress();
  const finish = useWrite(finishCall, { touches });
  const back = useWrite(reopenCall, { touches });
  const tryAgain = useWrite(recordTry, { touches });
  const remove = useWrite(callInError, { touches });
  const draft = useDraft<PersonValues>(registerDraft);
  const params = { id: call.callId };
  const { version } = call;
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      toast.refused(wordsOf(error));
    }
  };
  return {
    done: () =>
      run(async () => {
        const after = await finish.mutateAsync({ params, body: { version } });
        const undo = () => back.mutateAsync({ params, body: { version: after.call.version } });
        toast.done(`Done: ${call.text}`, { undo });
        onClose();
      }),
    reopen: () => run(() => back.mutateAsync({ params, body: { version } })),
    tried: (kind: 'no-answer' | 'left-message' | 'reached') =>
      run(async () => {
        await tryAgain.mutateAsync({ params, body: { version, kind } });
        toast.done(`Noted: ${stepWords[kind]}.`);
      }),
    inError: async () => {
      const answer = await ask({
        title: 'Was this call entered in error?',
        text: 'It stays on record and is no longer owed.',
        confirmLabel: 'Mark it',
        danger: true,
        reason: { label: 'Why', required: true, usual: ['Entered twice', 'Wrong person', 'A test'] },
        run: (reason) => remove.mutateAsync({ params, body: { version, reason } }),
      });
      if (answer) onClose();
    },
    /** What the caller said goes along into the registration. */
    register: () => {
      const [familyName = '', ...given] = call.callerName.split(/\s+/).reverse();
      draft.keep({
        ...emptyPerson,
        familyName,
        givenName: given.reverse().join(' '),
        phones: [{ ...emptyPhone, number: call.callbackPhone }],
        note: '',
      });
      go('/patients/register');
    },
  };
}
