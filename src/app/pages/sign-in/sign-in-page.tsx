import './sign-in.css';
import { signInToDemo } from '../../../platform/http/api.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { SignInError, SignInForm } from './sign-in-form.tsx';
import { useSessionCall } from './use-sign-in.ts';

const roleNames: Record<string, string> = {
  secretary: 'Secretary',
  biller: 'Biller',
  nurse: 'Nurse',
  physician: 'Physician',
  manager: 'Manager',
  auditor: 'Auditor',
};

/** The first page of anyone who is not signed in. The demo lets one click in, on this machine only. */
export function SignInPage() {
  const { demoRoles } = useSession();
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <h1>Frontdesk</h1>
        {demoRoles.length > 0 ? <DemoRoles roles={demoRoles} /> : <p>Sign in to open your desk.</p>}
        <SignInForm />
      </div>
    </main>
  );
}

function DemoRoles({ roles }: { roles: readonly string[] }) {
  const { busy, error, send } = useSessionCall();
  return (
    <div className="sign-in-roles" style={{ borderTop: 0, paddingTop: 0 }}>
      <p>This is the demo practice. Everyone in it is invented, and nothing leaves this machine.</p>
      {roles.map((role, index) => (
        <Button
          key={role}
          look={index === 0 ? 'go' : 'plain'}
          className={index === 0 ? 'first' : ''}
          busy={busy}
          onClick={() => send(signInToDemo, { body: { role } })}
        >
          {index === 0 ? 'Open the desk as secretary' : (roleNames[role] ?? role)}
        </Button>
      ))}
      <SignInError message={error} />
    </div>
  );
}
