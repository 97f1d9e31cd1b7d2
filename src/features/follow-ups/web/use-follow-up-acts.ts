import { useWrite } from '../../../platform/web/use-office.ts';
import { type Question, useConfirm } from '../../../ui/confirm.tsx';
import { useToast } from '../../../ui/toast.tsx';
import {
  closeFollowUp,
  followUpInError,
  linkFollowUp,
  recordAttempt,
  refuseFollowUp,
  reopenFollowUp,
  tickFollowUp,
  unlinkFollowUp,
} from '../api.ts';
import { attemptWords } from '../rules.ts';
import type { FollowUp, NewAttempt } from '../schema.ts';

const touches = ['follow-ups'];

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'This did not work. Please try again.';
}

type Ending = 'refuse' | 'close' | 'inError';

/** What ends it asks for the reason, and is taken back by opening it again. */
const questions: Record<Ending, Omit<Question, 'run'> & { said: string }> = {
  refuse: {
    title: 'Does the patient not want it?',
    text: 'It ends with the reason and is no longer owed.',
    confirmLabel: 'Refused',
    reason: {
      label: 'Why, as the patient says it',
      required: true,
      usual: ['Feels well', 'Sees someone else', 'No time', 'Costs too much'],
    },
    said: 'Noted: refused.',
  },
  close: {
    title: 'Is it not needed any more?',
    text: 'It ends with the reason and is no longer owed.',
    confirmLabel: 'Close it',
    reason: { label: 'Why', required: true, usual: ['Was seen elsewhere', 'Is well', 'Ordered twice'] },
    said: 'Closed.',
  },
  inError: {
    title: 'Was this follow-up entered in error?',
    text: 'It stays on record and is no longer owed.',
    confirmLabel: 'Mark it',
    danger: true,
    reason: { label: 'Why', required: true, usual: ['Wrong person', 'Entered twice', 'A test'] },
    said: 'Marked as entered in error.',
  },
};

function useEndings(one: FollowUp) {
  const toast = useToast();
  const ask = useConfirm();
  const ends = {
    refuse: useWrite(refuseFollowUp, { touches }),
    close: useWrite(closeFollowUp, { touches }),
    inError: useWrite(followUpInError, { touches }),
  };
  const reopen = useWrite(reopenFollowUp, { touches });
  const params = { id: one.followUpId };
  const end = (as: Ending) => () => {
    const { said, ...question } = questions[as];
    const run = async (reason: string) => {
      const after = await ends[as].mutateAsync({ params, body: { version: one.version, reason } });
      const body = { version: after.followUp.version };
      toast.done(said, { undo: () => reopen.mutateAsync({ params, body }) });
    };
    return ask({ ...question, run });
  };
  return { refuse: end('refuse'), close: end('close'), inError: end('inError'), opens: reopen };
}

/** What can be done about a follow-up; each says what it did, and can be taken back. */
export function useFollowUpActs(one: FollowUp) {
  const toast = useToast();
  const { opens, ...endings } = useEndings(one);
  const tick = useWrite(tickFollowUp, { touches });
  const link = useWrite(linkFollowUp, { touches });
  const unlink = useWrite(unlinkFollowUp, { touches });
  const attempt = useWrite(recordAttempt, { touches });
  const params = { id: one.followUpId };
  const { version } = one;
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      toast.refused(wordsOf(error));
    }
  };
  const linkTo = (at: number, visitId: string) =>
    link.mutateAsync({ params, body: { version: at, visitId } });
  return {
    ...endings,
    reopen: () => run(() => opens.mutateAsync({ params, body: { version } })),
    tick: (prerequisiteId: string, done: boolean) =>
      run(() => tick.mutateAsync({ params, body: { version, prerequisiteId, done } })),
    link: (visitId: string) =>
      run(async () => {
        const after = await linkTo(version, visitId);
        const body = { version: after.followUp.version };
        toast.done('That visit is taken for it.', { undo: () => unlink.mutateAsync({ params, body }) });
      }),
    unlink: () =>
      run(async () => {
        const visitId = one.visit?.visitId ?? '';
        const after = await unlink.mutateAsync({ params, body: { version } });
        const undo = () => linkTo(after.followUp.version, visitId);
        toast.done('It is to be booked again. The visit stays.', { undo });
      }),
    attempt: async (body: Omit<NewAttempt, 'version'>) => {
      const { followUp } = await attempt.mutateAsync({ params, body: { version, ...body } });
      toast.done(`Noted: ${followUp.lastAttempt ? attemptWords(followUp.lastAttempt) : 'tried'}.`);
    },
  };
}
