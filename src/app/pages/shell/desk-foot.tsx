import { signOut } from '../../../platform/http/api.ts';
import { useAddress } from '../../../platform/web/address.ts';
import { call } from '../../../platform/web/call.ts';
import { wipeDrafts } from '../../../platform/web/drafts.ts';
import { lockSession } from '../../../platform/web/locking.ts';
import { usePerson } from '../../../platform/web/person-in-view.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { Button } from '../../../ui/button.tsx';
import { SchemeSwitch } from '../../../ui/scheme-switch.tsx';

/** Lock hides the page first and asks the office after; signing out wipes what this person left in memory. */
export function useDeskActions() {
  const session = useSession();
  const person = usePerson();
  return {
    lock: async () => {
      session.hide();
      await lockSession();
      await session.refresh().catch(() => undefined);
    },
    leave: async () => {
      wipeDrafts();
      person.letGo();
      await call(signOut);
      window.location.assign('/');
    },
  };
}

export function DeskFoot({ onHelp }: { onHelp: () => void }) {
  const session = useSession();
  const { go } = useAddress();
  const { lock, leave } = useDeskActions();
  return (
    <div className="desk-foot">
      <SchemeSwitch />
      <Button look="quiet" icon="help" aria-label="Help for this page" title="Help (F1)" onClick={onHelp} />
      <Button
        look="quiet"
        icon="key"
        aria-label="Your sign-in"
        title="Your sign-in: password, second step"
        onClick={() => go('/your-sign-in')}
      />
      <Button
        look="quiet"
        icon="lock"
        aria-label="Lock this desk"
        title="Lock this desk (Ctrl Shift L)"
        onClick={lock}
      />
      <Button
        look="quiet"
        icon="sign-out"
        aria-label={`Sign out ${session.displayName}`}
        title={`Sign out ${session.displayName}`}
        onClick={leave}
      />
    </div>
  );
}
