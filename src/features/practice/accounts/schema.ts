import { z } from 'zod';
import { Id } from '../../../platform/id.ts';
import { Role, Version } from '../schema.ts';

export const AccountRow = z.object({
  accountId: Id,
  staffId: Id,
  displayName: z.string(),
  email: z.string(),
  roles: z.array(Role),
  disabled: z.boolean(),
  mustChangePassword: z.boolean(),
  secondStep: z.boolean().describe('an authenticator app or a passkey is set up'),
  lastSeenAt: z.string().nullable(),
  version: z.number(),
});
export type AccountRow = z.infer<typeof AccountRow>;

const Email = z.email('Type an e-mail address, like name@example.com.').max(254);
const Roles = z.array(Role).min(1, 'Choose at least one role.').max(6);

export const NewAccount = z.object({ staffId: Id, email: Email, roles: Roles });
export type NewAccount = z.output<typeof NewAccount>;

export const AccountChange = z
  .object({ email: Email, roles: Roles, disabled: z.boolean() })
  .partial()
  .extend({ version: Version });
export type AccountChange = z.output<typeof AccountChange>;

/** What one role may do about one permission. */
export const RoleCell = z.object({
  role: Role,
  allowed: z.boolean(),
  byDefault: z.boolean().describe('what the program grants unless the manager changed it'),
});

export const RoleMatrix = z.object({
  roles: z.array(z.object({ role: Role, label: z.string(), people: z.number() })),
  permissions: z.array(z.object({ key: z.string(), label: z.string(), cells: z.array(RoleCell) })),
});
export type RoleMatrix = z.infer<typeof RoleMatrix>;
