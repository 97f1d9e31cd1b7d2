import { useAddress } from '../../../../platform/web/address.ts';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { listRoles } from '../../../practice/accounts/api.ts';

/** Who may book all the same, with a reason; and where that is changed. */
export function MayOverride({ permission, what }: { permission: string; what: string }) {
  const session = useSession();
  const { go } = useAddress();
  const seesRoles = session.may('accounts.manage');
  const matrix = useRead(listRoles, {}, { topics: ['practice'], enabled: seesRoles }).data;
  if (!seesRoles) return null;
  const cells = matrix?.permissions.find((one) => one.key === permission)?.cells ?? [];
  const who = matrix?.roles
    .filter((one) => cells.some((cell) => cell.role === one.role && cell.allowed))
    .map((one) => one.label.toLowerCase());
  return (
    <span>
      {who && `Who may book ${what}, with a reason: ${who.join(', ') || 'nobody'}. `}
      <Button look="quiet" onClick={() => go('/settings/roles')}>
        Change who may
      </Button>
    </span>
  );
}
