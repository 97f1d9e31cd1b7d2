import type { RoleKey } from '../../../platform/contributions.ts';

/** What the roles are called. */
export const roleWords: Record<RoleKey, string> = {
  secretary: 'Secretary',
  biller: 'Biller',
  nurse: 'Nurse',
  physician: 'Physician',
  manager: 'Manager',
  auditor: 'Auditor',
};
