import { useRead } from '../../../platform/web/use-office.ts';
import { readTeam } from '../api.ts';

/** Who is here, who is away, who covers. */
export function useTeam(enabled = true) {
  return useRead(readTeam, {}, { topics: ['team', 'practice', 'sessions'], enabled });
}
