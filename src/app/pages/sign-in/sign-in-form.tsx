import { PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { signIn } from '../../../platform/http/api.ts';
import { Button } from '../../../ui/button.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { useSessionCall } from './use-sign-in.ts';

/** E-mail and password; also what a colleague uses over a locked page. */
export function SignInForm(props: { label?: string; email?: string; onDone?: () => void }) {
  const { label = 'Sign in', email: known = '', onDone } = props;
  const { busy, error, send } = useSessionCall();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const done = await send(signIn, { body: { email, password, kind: 'browser' } });
    setPassword((now) => (now === password ? '' : now));
    if (done) onDone?.();
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
