import '../sign-in.css';
import '../../system/system.css';
import { useState } from 'react';
import {
  getOwnFactors,
  type OwnFactors,
  removeAuthenticator,
  removePasskey,
  renewRecoveryCodes,
} from '../../../../platform/session/factors/api.ts';
import { call } from '../../../../platform/web/call.ts';
import type { DeskPage } from '../../../../platform/web/desk-page.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useSlots } from '../../../../platform/web/slots.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { Failure } from '../../../../ui/failure.tsx';
import { formatDayTime } from '../../../../ui/format.ts';
import { PageBody, PageHeader } from '../../../../ui/frame.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import { useToast } from '../../../../ui/toast.tsx';
import { whyNoPasskeys } from '../passkey.ts';
import { useOneAtATime } from '../use-sign-in.ts';
import { AddAuthenticator, AskPassword } from './add-authenticator.tsx';
import { AddPasskey } from './add-passkey.tsx';
import { ChangePassword } from './change-password.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

function YourSignInPage() {
  const session = useSession();
  const { line } = useSlots();
  const read = useRead(getOwnFactors, {}, { topics: ['practice'] });
  const changed = () => {
    void read.refetch();
    void session.refresh();
  };
  return (
    <>
      <PageHeader title="Your sign-in" small={session.email} tabTitle="Your sign-in" line={line} />
      <PageBody>
        <div className="help-page">
          {read.error && !read.data && (
            <Failure message={read.error.message} onRetry={() => void read.refetch()} />
          )}
          {!read.data && !read.error && <Skeleton rows={6} />}
          {read.data && <Factors factors={read.data} onChanged={changed} />}
          <ChangePassword />
        </div>
      </PageBody>
    </>
  );
}

type PartProps = { factors: OwnFactors; onChanged: () => void };

function Factors({ factors, onChanged }: PartProps) {
  const { timeZone } = useSession();
  const any = factors.authenticatorSince !== null || factors.passkeys.length > 0;
  return (
    <>
      <p>
        A second step keeps patients’ records shut to whoever learns your password.{' '}
        {factors.requiredFrom && `Your role needs one from ${formatDayTime(factors.requiredFrom, timeZone)}.`}
      </p>
      <AppPart factors={factors} onChanged={onChanged} />
      <PasskeysPart factors={factors} onChanged={onChanged} />
      {any && <RecoveryPart factors={factors} onChanged={onChanged} />}
    </>
  );
}

/** Do something with the password, then tell. */
function useWithPassword(onChanged: () => void) {
  const toast = useToast();
  const { busy, error, attempt } = useOneAtATime();
  const change = async (work: () => Promise<unknown>, done: string, leave: () => void) => {
    if ((await attempt(work)) === undefined) return;
    toast.done(done);
    leave();
    onChanged();
  };
  return { busy, error, attempt, change };
}

function AppPart({ factors, onChanged }: PartProps) {
  const { timeZone } = useSession();
  const toast = useToast();
  const { busy, error, change } = useWithPassword(onChanged);
  const [doing, setDoing] = useState<'add' | 'remove'>();
  const leave = () => setDoing(undefined);
  const since = factors.authenticatorSince;
  const remove = (password: string) =>
    change(
      () => call(removeAuthenticator, { body: { password } }),
      'Codes of the app are not asked any more.',
      leave,
    );
  const added = () => {
    leave();
    onChanged();
    toast.done('The app is on: its code is asked at your next sign-in. Your other desks are signed out.');
  };
  return (
    <section aria-label="Authenticator app">
      <h2>Authenticator app {since ? <Tag tone="good">on</Tag> : <Tag>off</Tag>}</h2>
      <p>
        {since
          ? `Its code is asked at sign-in since ${formatDayTime(since, timeZone)}.`
          : 'An app on your phone shows six digits that you type after your password.'}
      </p>
      {doing === 'add' && <AddAuthenticator onDone={added} onLeave={leave} />}
      {doing === 'remove' && (
        <AskPassword
          {...{ busy, error }}
          onPassword={remove}
          onLeave={leave}
          submitLabel="Remove it"
          danger
        />
      )}
      {!doing && (
        <div className="lock-actions">
          <Button onClick={() => setDoing('add')}>{since ? 'Use another phone' : 'Set up the app'}</Button>
          {since && <Button onClick={() => setDoing('remove')}>Remove the app</Button>}
        </div>
      )}
    </section>
  );
}

function PasskeysPart({ factors, onChanged }: PartProps) {
  const toast = useToast();
  const [adding, setAdding] = useState(false);
  const why = whyNoPasskeys();
  const added = () => {
    setAdding(false);
    onChanged();
    toast.done('The passkey is kept: sign in with it alone. Your other desks are signed out.');
  };
  return (
    <section aria-label="Passkeys">
      <h2>Passkeys</h2>
      <p>
        {why ??
          'Your fingerprint, face or PIN on a device, or a key in its port, signs you in without a password.'}
      </p>
      <ul className="own-sessions">
        {factors.passkeys.map((one) => (
          <PasskeyLine key={one.passkeyId} one={one} onChanged={onChanged} />
        ))}
      </ul>
      {adding && <AddPasskey onDone={added} onLeave={() => setAdding(false)} />}
      {!adding && (
        <Button icon="plus" disabledReason={why} onClick={() => setAdding(true)}>
          Add a passkey
        </Button>
      )}
    </section>
  );
}

type PasskeyLineProps = { one: OwnFactors['passkeys'][number]; onChanged: () => void };

function PasskeyLine({ one, onChanged }: PasskeyLineProps) {
  const { timeZone } = useSession();
  const { busy, error, change } = useWithPassword(onChanged);
  const [removing, setRemoving] = useState(false);
  const leave = () => setRemoving(false);
  const remove = (password: string) =>
    change(
      () => call(removePasskey, { params: { id: one.passkeyId }, body: { password } }),
      `${one.name} signs in no more.`,
      leave,
    );
  return (
    <li>
      <span>
        {one.name}
        <small>
          since {formatDayTime(one.madeAt, timeZone)}
          {one.lastUsedAt ? `, last used ${formatDayTime(one.lastUsedAt, timeZone)}` : ', not used yet'}
        </small>
        {removing && (
          <AskPassword
            {...{ busy, error }}
            onPassword={remove}
            onLeave={leave}
            submitLabel="Remove it"
            danger
          />
        )}
      </span>
      {!removing && (
        <Button look="quiet" aria-label={`Remove ${one.name}`} onClick={() => setRemoving(true)}>
          Remove
        </Button>
      )}
    </li>
  );
}

function RecoveryPart({ factors, onChanged }: PartProps) {
  const { busy, error, attempt } = useWithPassword(onChanged);
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[]>();
  const left = factors.recoveryCodesLeft;
  const renew = async (password: string) => {
    const answer = await attempt(() => call(renewRecoveryCodes, { body: { password } }));
    if (!answer) return;
    setAsking(false);
    setCodes(answer.recoveryCodes);
    onChanged();
  };
  return (
    <section aria-label="Recovery">
      <h2>
        Recovery codes <Tag tone={left < 3 ? 'wait' : 'good'}>{`${left} left`}</Tag>
      </h2>
      {codes && <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />}
      {asking && (
        <AskPassword
          {...{ busy, error }}
          onPassword={renew}
          onLeave={() => setAsking(false)}
          submitLabel="Make new codes"
        />
      )}
      {!asking && !codes && <Button onClick={() => setAsking(true)}>Make new codes</Button>}
    </section>
  );
}

export const yourSignInPages: readonly DeskPage[] = [
  {
    path: '/your-sign-in',
    title: 'Your sign-in',
    permission: 'signed-in',
    Page: YourSignInPage,
    help: (
      <p>
        Set up a second step: an authenticator app, whose six digits are asked after your password, or a
        passkey, which signs you in alone. Print the recovery codes and keep them at home: each lets you in
        once when the phone is not at hand. If all is lost, a manager can reset your second step. Every change
        signs your other desks out. A locked desk asks only for your password or passkey.
      </p>
    ),
  },
];
