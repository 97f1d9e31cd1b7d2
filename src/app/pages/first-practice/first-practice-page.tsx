import '../sign-in/sign-in.css';
import { useEffect, useRef } from 'react';
import { zoneChoices } from '../../../features/practice/web/zones.ts';
import { specialtyKeys, templates } from '../../../features/schedule/start/rules.ts';
import { call } from '../../../platform/web/call.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { FormError, SelectField, TextField } from '../../../ui/fields.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { FirstPractice, makeFirstPractice } from './api.ts';

const specialties = specialtyKeys.map((key) => ({ value: key, label: templates[key].label }));

function guessedZone(): string {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zoneChoices.some((choice) => choice.value === here) ? here : 'America/New_York';
}

/** The very first page of an office without a practice: who you are, and what kind of practice it is. */
export function FirstPracticePage() {
  const session = useSession();
  const asksCode = session.firstPractice === 'code';
  const place = useRef<HTMLFormElement>(null);
  useEffect(() => place.current?.querySelector('input')?.focus(), []);
  const form = useForm({
    initial: {
      name: '',
      timeZone: guessedZone(),
      specialty: 'family',
      givenName: '',
      familyName: '',
      email: '',
      password: '',
      code: '',
    },
    schema: FirstPractice,
    onSubmit: async (body) => {
      await call(makeFirstPractice, { body });
      window.history.replaceState(null, '', '/set-up');
      await session.refresh();
      window.location.assign('/set-up');
    },
  });
  return (
    <main className="sign-in">
      <form ref={place} className="sign-in-card first-practice" onSubmit={form.submit} noValidate>
        <h1>Welcome to Frontdesk</h1>
        <p>
          This office has no practice yet. Say who you are; then a few short steps lead to your first booked
          visit, in about ten minutes. You can leave and come back at any time.
        </p>
        <FormError form={form} />
        <fieldset>
          <legend>Your practice</legend>
          <TextField form={form} path="name" label="Name of the practice" required />
          <SelectField form={form} path="specialty" label="Specialty" required choices={specialties} />
          <SelectField form={form} path="timeZone" label="Time zone" required choices={zoneChoices} />
        </fieldset>
        <fieldset>
          <legend>You, its manager</legend>
          <TextField form={form} path="givenName" label="First name" required autoComplete="given-name" />
          <TextField form={form} path="familyName" label="Last name" required autoComplete="family-name" />
          <TextField
            form={form}
            path="email"
            label="E-mail to sign in with"
            required
            type="email"
            autoComplete="username"
          />
          <TextField
            form={form}
            path="password"
            label="Password"
            required
            type="password"
            autoComplete="new-password"
            hint="At least 10 characters: three or four words make a good one."
          />
          {asksCode && (
            <TextField
              form={form}
              path="code"
              label="Code from the office’s terminal"
              required
              hint="It stands where the office was started. On that machine itself no code is asked."
            />
          )}
        </fieldset>
        <Button type="submit" look="go" busy={form.submitting}>
          Make the practice
        </Button>
      </form>
    </main>
  );
}
