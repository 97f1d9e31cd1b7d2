import { PasswordInput } from '@mantine/core';
import './sign-in.css';
import { type FormEvent, useState } from 'react';
import { changeOwnPassword, signOut } from '../../../platform/http/api.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { SignInError } from './sign-in-form.tsx';
import { useSessionCall } from './use-sign-in.ts';

/** After the manager made or reset the account: the person chooses a password that only they know. */
export function OwnPasswordPage() {
  const session = useSession();
  const { busy, error, send } = useSessionCall();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(changeOwnPassword, { body: { current, next } });
  };
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <h1>Choose your own password</h1>
        <p>
          {session.email} was given a password by the manager. Choose one that only you know, then sign in
          with it.
        </p>
        <form className="sign-in-form" onSubmit={submit}>
          <PasswordInput
            label="Password you were given"
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            autoFocus
          />
          <PasswordInput
            label="New password"
            description="At least 10 characters: three or four words make a good one."
            autoComplete="new-password"
            value={next}
            onChange={(event) => setNext(event.currentTarget.value)}
          />
          <SignInError message={error} />
          <div className="lock-actions">
            <Button type="submit" look="go" busy={busy}>
              Keep this password
            </Button>
            <Button look="quiet" type="button" onClick={() => send(signOut, {})}>
              Sign out
            </Button>
          </div>
        </form>
      </div>
    </main>
  );
}
