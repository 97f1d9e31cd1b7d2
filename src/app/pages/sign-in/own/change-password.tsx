import { PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { changeOwnPassword } from '../../../../platform/http/api.ts';
import { call } from '../../../../platform/web/call.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { Button } from '../../../../ui/button.tsx';
import { SignInError } from '../sign-in-form.tsx';
import { useOneAtATime } from '../use-sign-in.ts';

/** One's own password; the desk signs out, and the new one opens it again. */
export function ChangePassword() {
  const session = useSession();
  const { busy, error, attempt } = useOneAtATime();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await attempt(() => call(changeOwnPassword, { body: { current, next } }))) await session.refresh();
  };
  return (
    <section aria-label="Password">
      <h2>Password</h2>
      <form className="sign-in-form own-step" onSubmit={submit}>
        <PasswordInput
          label="Current password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label="New password"
          description="At least 10 characters: three or four words make a good one."
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.currentTarget.value)}
        />
        <SignInError message={error} />
        <Button
          type="submit"
          busy={busy}
          disabledReason={session.demo && 'The demo’s passwords stay as they are.'}
        >
          Change the password and sign in again
        </Button>
      </form>
    </section>
  );
}
