import { useRead, useWrite } from '../../../platform/web/use-office.ts';
import { Failure } from '../../../ui/failure.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { changeRole, listRoles } from '../accounts/api.ts';
import type { RoleMatrix } from '../accounts/schema.ts';
import { roleWords } from './role-words.ts';
import { failureOf, Section } from './settings-page.tsx';

type Permission = RoleMatrix['permissions'][number];
type Cell = Permission['cells'][number];

export function RolesPage() {
  const read = useRead(listRoles, {}, { topics: ['practice'] });
  const failure = failureOf(read);
  return (
    <Section
      title="Roles"
      text="What each role may do. A person with several roles may do what any of them may. Changes hold at once; those marked differ from what the program starts with."
    >
      {failure && <Failure {...failure} />}
      {!read.data && !failure && <Skeleton rows={12} />}
      {read.data && <Matrix matrix={read.data} />}
    </Section>
  );
}

function Matrix({ matrix }: { matrix: RoleMatrix }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls sideways by key as well
    <section className="set-matrix-box" tabIndex={0} aria-label="What each role may do">
      <table className="set-matrix">
        <thead>
          <tr>
            <th scope="col" />
            {matrix.roles.map((role) => (
              <th key={role.role} scope="col" title={`${role.people} with this role`}>
                {role.label}
                <br />
                <span className="ui-num">{role.people}</span>
                <span className="ui-unseen"> people</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.permissions.map((permission) => (
            <tr key={permission.key}>
              <th scope="row">{permission.label}</th>
              {permission.cells.map((cell) => (
                <MatrixCell key={cell.role} permission={permission} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function MatrixCell({ permission, cell }: { permission: Permission; cell: Cell }) {
  const { mutateAsync: change, isPending } = useWrite(changeRole, { touches: ['practice'] });
  const toast = useToast();
  const { role, allowed, byDefault } = cell;
  const set = (next: boolean) =>
    change({ params: { role, permission: permission.key }, body: { allowed: next, was: !next } });
  const toggle = () =>
    set(!allowed).then(
      () => {
        const words = allowed ? 'no longer may' : 'now may';
        toast.done(`${roleWords[role]} ${words}: ${permission.label.toLowerCase()}.`, {
          undo: () => set(allowed),
        });
      },
      (error: Error) => toast.refused(error.message),
    );
  return (
    <td data-changed={allowed === byDefault ? undefined : ''}>
      <label title={allowed === byDefault ? undefined : 'Changed here'}>
        <input
          type="checkbox"
          checked={allowed}
          aria-busy={isPending}
          aria-label={`${roleWords[role]}: ${permission.label}${allowed === byDefault ? '' : ' (changed)'}`}
          onChange={() => void (isPending || toggle())}
        />
      </label>
    </td>
  );
}
