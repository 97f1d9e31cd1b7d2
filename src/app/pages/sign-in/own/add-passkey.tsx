import { PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Button } from '../../../../ui/button.tsx';
import { makePasskey } from '../passkey.ts';
import { SignInError } from '../sign-in-form.tsx';
import { useOneAtATime } from '../use-sign-in.ts';
import { RecoveryCodes } from './recovery-codes.tsx';

/** This device's fingerprint, face or PIN, or a key in a port. */
export function AddPasskey({ onDone, onLeave }: { onDone: () => void; onLeave: () => void }) {
  const { busy, error, attempt } = useOneAtATime();
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [codes, setCodes] = useState<readonly string[]>();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const made = await attempt(() => makePasskey(password, name));
    if (made?.recoveryCodes) setCodes(made.recoveryCodes);
    else if (made) onDone();
  };
  if (codes) return <RecoveryCodes codes={codes} onKept={onDone} />;
  return (
    <form className="sign-in-form own-step" onSubmit={submit}>
      <TextInput
        label="Name of the passkey"
        description="So that you know it again, e.g. “Front desk computer” or “Blue key”."
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        autoFocus
      />
      <PasswordInput
        label="Your password"
        autoComplete="current-password"
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
      />
      <SignInError message={error} />
      <div className="lock-actions">
        <Button
          type="submit"
          look="go"
          busy={busy}
          disabledReason={name.trim() === '' && 'Give it a name first.'}
        >
          Make the passkey
        </Button>
        <Button look="quiet" onClick={onLeave}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
