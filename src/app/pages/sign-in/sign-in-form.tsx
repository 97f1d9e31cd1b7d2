import { PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { signIn } from '../../../platform/http/api.ts';
import { signInByPasskey } from '../../../platform/session/factors/api.ts';
import { call } from '../../../platform/web/call.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { providePasskey, whyNoPasskeys } from './passkey.ts';
import { useSessionCall } from './use-sign-in.ts';

type SignInFormProps = { label?: string; email?: string; onDone?: () => void };

/** E-mail and password, then the second step where there is one; also what a colleague uses over a locked page. */
export function SignInForm({ label = 'Sign in', email: known = '', onDone }: SignInFormProps) {
  const { busy, error, send, run } = useSessionCall();
  const toast = useToast();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [step, setStep] = useState<'code' | 'recovery'>();
  /** Before a code was given, that it is wanted is no error. */
  const [tried, setTried] = useState(false);
  const enter = async (code?: string) => {
    setTried(code !== undefined);
    const body = { email, password, code, kind: 'browser' as const };
    const done = await send(signIn, { body }, ({ detail }) => {
      if (detail.secondStep) setStep(detail.secondStep);
      else setPassword((now) => (now === password ? '' : now));
    });
    if (!done) return;
    if (done.recoveryCodesLeft !== undefined)
      toast.done(`${done.recoveryCodesLeft} recovery codes are left. Make new ones under “Your sign-in”.`);
    onDone?.();
  };
  if (step) {
    const again = () => {
      setStep(undefined);
      setPassword('');
    };
    const wrong = tried ? error : undefined;
    return <CodeForm step={step} busy={busy} error={wrong} onCode={enter} onBack={again} />;
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await enter();
  };
  const byPasskey = async () => {
    const response = async () =>
      call(signInByPasskey, { body: { response: await providePasskey(), kind: 'browser' } });
    if (await run(response)) onDone?.();
  };
  return (
    <form className="sign-in-form" onSubmit={submit}>
      <TextInput
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        withAsterisk={false}
        value={email}
        onChange={(event) => setEmail(event.currentTarget.value)}
        data-autofocus={known === '' || undefined}
        autoFocus={known === ''}
      />
      <PasswordInput
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoFocus={known !== ''}
      />
      <SignInError message={error} />
      <Button type="submit" look="go" busy={busy}>
        {label}
      </Button>
      {whyNoPasskeys() === undefined && (
        <Button icon="key" busy={busy} onClick={() => void byPasskey()}>
          Use a passkey
        </Button>
      )}
    </form>
  );
}

type CodeFormProps = {
  step: 'code' | 'recovery';
  busy: boolean;
  error: string | undefined;
  onCode: (code: string) => Promise<void>;
  onBack: () => void;
};

/** The second step. The e-mail and password before it stay, so that a wrong code costs only the code. */
function CodeForm({ step, busy, error, onCode, onBack }: CodeFormProps) {
  const [recovering, setRecovering] = useState(step === 'recovery');
  const [code, setCode] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await onCode(code);
    setCode((now) => (now === code ? '' : now));
  };
  const other = recovering ? 'Use the code of your app' : 'Use a recovery code';
  return (
    <form className="sign-in-form" onSubmit={submit} aria-label="Second step">
      <TextInput
        key={String(recovering)}
        label={recovering ? 'Recovery code' : 'Code of your authenticator app'}
        description={
          recovering
            ? 'One of the ten that you kept when you set up your second step. Each works once.'
            : 'Six digits; a new one comes every half minute.'
        }
        autoComplete="one-time-code"
        inputMode={recovering ? 'text' : 'numeric'}
        autoCapitalize="characters"
        spellCheck={false}
        required
        withAsterisk={false}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autoFocus
      />
      <SignInError message={error} />
      <Button type="submit" look="go" busy={busy}>
        Go on
      </Button>
      <div className="lock-actions">
        {step === 'code' && (
          <Button look="quiet" onClick={() => setRecovering(!recovering)}>
            {other}
          </Button>
        )}
        <Button look="quiet" onClick={onBack}>
          Begin again
        </Button>
      </div>
    </form>
  );
}

export function SignInError({ message }: { message: string | undefined }) {
  if (!message) return null;
  return (
    <p className="sign-in-error" role="alert">
      <Icon name="warning" size={16} /> {message}
    </p>
  );
}
