import { PasswordInput } from '@mantine/core';
import './sign-in.css';
import { type FormEvent, useState } from 'react';
import { unlockDesk } from '../../../platform/http/api.ts';
import { unlockByPasskey } from '../../../platform/session/factors/api.ts';
import { call } from '../../../platform/web/call.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { Cover } from '../../../ui/cover.tsx';
import { providePasskey, whyNoPasskeys } from './passkey.ts';
import { SignInError, SignInForm } from './sign-in-form.tsx';
import { useSessionCall } from './use-sign-in.ts';

/**
 * Covers the whole page while it is hidden. The page below stays mounted, so that what was typed is there
 * when the password is given; it is inert and invisible meanwhile. A colleague may sign in over it.
 */
export function LockScreen() {
  const session = useSession();
  // Once the session has run out the office no longer says whose desk it was.
  const [owner] = useState({ name: session.displayName, email: session.email });
  const [other, setOther] = useState(false);
  return (
    <Cover label="This desk is locked">
      <div className="sign-in">
        <div className="sign-in-card">
          <h1>{owner.name ? `${owner.name}’s desk` : 'Sign in to go on'}</h1>
          <p>
            {other
              ? 'What was on the page is kept for its owner.'
              : session.signedIn
                ? 'Locked. Nothing that you typed is lost.'
                : 'Signed out by the clock. Nothing that you typed is lost.'}
          </p>
          {other && <SignInForm key="other" label="Sign in here" />}
          {!other && (session.signedIn ? <Unlock /> : <SignInForm key="owner" email={owner.email} />)}
          <div className="lock-actions">
            <Button look="quiet" onClick={() => setOther(!other)}>
              {other ? 'Back to unlocking' : 'Somebody else'}
            </Button>
          </div>
        </div>
      </div>
    </Cover>
  );
}

function Unlock() {
  const { email } = useSession();
  const { busy, error, send, run } = useSessionCall();
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    // Only what was sent: the next try may be typed before the office has said no to this one.
    void send(unlockDesk, { body: { password } }).then(() =>
      setPassword((now) => (now === password ? '' : now)),
    );
  };
  const byPasskey = async () => call(unlockByPasskey, { body: { response: await providePasskey() } });
  return (
    <form className="sign-in-form" onSubmit={submit}>
      <input type="hidden" autoComplete="username" value={email} readOnly />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoFocus
      />
      <SignInError message={error} />
      <Button type="submit" look="go" busy={busy}>
        Unlock
      </Button>
      {whyNoPasskeys() === undefined && (
        <Button icon="key" busy={busy} onClick={() => void run(byPasskey)}>
          Use a passkey
        </Button>
      )}
    </form>
  );
}
