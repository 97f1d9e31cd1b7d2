import { PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useMemo, useState } from 'react';
import { encode } from 'uqr';
import { beginAuthenticator, confirmAuthenticator } from '../../../../platform/session/factors/api.ts';
import { call } from '../../../../platform/web/call.ts';
import { Button } from '../../../../ui/button.tsx';
import { SignInError } from '../sign-in-form.tsx';
import { useOneAtATime } from '../use-sign-in.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

type Begun = { secret: string; uri: string };
type AddProps = { onDone: () => void; onLeave: () => void };

/** The app on a phone: password, picture, first code, and then the recovery codes. Inline, also over a page. */
export function AddAuthenticator({ onDone, onLeave }: AddProps) {
  const { busy, error, attempt } = useOneAtATime();
  const [begun, setBegun] = useState<Begun>();
  const [codes, setCodes] = useState<readonly string[]>();
  const begin = async (password: string) => {
    setBegun(await attempt(() => call(beginAuthenticator, { body: { password } })));
  };
  const confirm = async (code: string) => {
    const answer = await attempt(() => call(confirmAuthenticator, { body: { code } }));
    if (answer?.recoveryCodes) setCodes(answer.recoveryCodes);
    else if (answer) onDone();
    return answer !== undefined;
  };
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  if (!begun) return <AskPassword busy={busy} error={error} onPassword={begin} onLeave={onLeave} />;
  return <FirstCode begun={begun} busy={busy} error={error} onCode={confirm} onLeave={onLeave} />;
}

type AskPasswordProps = {
  busy: boolean;
  error: string | undefined;
  onPassword: (password: string) => Promise<void>;
  onLeave: () => void;
  submitLabel?: string;
  danger?: boolean;
};

/** An open desk alone does not change how its person signs in: the password is asked again. */
export function AskPassword(props: AskPasswordProps) {
  const { busy, error, onPassword, onLeave, submitLabel = 'Go on', danger } = props;
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void onPassword(password);
  };
  return (
    <form className="sign-in-form own-step" onSubmit={submit}>
      <PasswordInput
        label="Your password"
        description="Asked again, since this changes how you sign in."
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoFocus
      />
      <SignInError message={error} />
      <div className="lock-actions">
        <Button type="submit" look={danger ? 'danger' : 'go'} busy={busy}>
          {submitLabel}
        </Button>
        <Button look="quiet" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

type FirstCodeProps = {
  begun: Begun;
  busy: boolean;
  error: string | undefined;
  onCode: (code: string) => Promise<boolean>;
  onLeave: () => void;
};

function FirstCode({ begun, busy, error, onCode, onLeave }: FirstCodeProps) {
  const [code, setCode] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await onCode(code))) setCode((now) => (now === code ? '' : now));
  };
  return (
    <form className="sign-in-form own-step" onSubmit={submit}>
      <p>Open the authenticator app on your phone, add an account, and point the camera at this picture.</p>
      <Picture text={begun.uri} />
      <p>
        Without a camera, type this key: <code className="own-key">{grouped(begun.secret)}</code>
      </p>
      <TextInput
        label="The six digits that it shows now"
        autoComplete="one-time-code"
        inputMode="numeric"
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autoFocus
      />
      <SignInError message={error} />
      <div className="lock-actions">
        <Button type="submit" look="go" busy={busy}>
          Turn it on
        </Button>
        <Button look="quiet" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

const grouped = (secret: string) => secret.match(/.{1,4}/g)?.join(' ') ?? secret;

/** Drawn here, in the browser: the secret goes to nobody who draws pictures. */
function Picture({ text }: { text: string }) {
  const { size, path } = useMemo(() => {
    const { data, size: width } = encode(text, { ecc: 'M', border: 2 });
    const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: width, path: dark.join('') };
  }, [text]);
  return (
    <svg
      className="own-picture"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label="Picture of the key for your authenticator app"
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
