import type { Permission } from '../../platform/contributions.ts';

export const rescuePermissions = [
  {
    key: 'rescue.run',
    label: 'Rescue a day: move everyone when a physician is out or late, and say who was told',
    roles: ['secretary', 'manager'],
  },
] as const satisfies readonly Permission[];
