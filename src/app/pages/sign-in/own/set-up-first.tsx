import '../sign-in.css';
import { useState } from 'react';
import { signOut } from '../../../../platform/http/api.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { Button } from '../../../../ui/button.tsx';
import { Cover } from '../../../../ui/cover.tsx';
import { whyNoPasskeys } from '../passkey.ts';
import { SignInError } from '../sign-in-form.tsx';
import { useSessionCall } from '../use-sign-in.ts';
import { AddAuthenticator } from './add-authenticator.tsx';
import { AddPasskey } from './add-passkey.tsx';

/** The practice asks this person's role for a second step: before anything else. */
export function SetUpFirstPage() {
  return (
    <main className="sign-in">
      <SetUpFirst />
    </main>
  );
}

/** The same over a page that was at work when its session ended: all on it stays. */
export function SetUpFirstCover() {
  return (
    <Cover label="Set up your second step">
      <div className="sign-in">
        <SetUpFirst kept />
      </div>
    </Cover>
  );
}

function SetUpFirst({ kept = false }: { kept?: boolean }) {
  const session = useSession();
  const { error, send } = useSessionCall();
  const [adding, setAdding] = useState<'app' | 'passkey'>();
  const noPasskeys = whyNoPasskeys();
  const done = () => void session.refresh();
  const leave = () => setAdding(undefined);
  return (
    <div className="sign-in-card">
      <h1>A second step at sign-in</h1>
      <p>
        {session.practiceName} asks your role for more than a password, so that nobody who learns it can read
        patients’ records. It takes a minute, once.{kept && ' What you typed on the page is kept.'}
      </p>
      {adding === 'app' && <AddAuthenticator onDone={done} onLeave={leave} />}
      {adding === 'passkey' && <AddPasskey onDone={done} onLeave={leave} />}
      {!adding && (
        <div className="sign-in-form">
          <Button look="go" onClick={() => setAdding('app')} autoFocus>
            Use an authenticator app on your phone
          </Button>
          <Button icon="key" disabledReason={noPasskeys} onClick={() => setAdding('passkey')}>
            Use a passkey: fingerprint, face, PIN or a key
          </Button>
          <Button look="quiet" onClick={() => void send(signOut, {})}>
            Sign out
          </Button>
          <SignInError message={error} />
        </div>
      )}
    </div>
  );
}
