import { useNavigate, useParams, useRouterState, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type Search = Record<string, string | undefined>;

/** The address holds what one would share: ids and dates, never a name or a search text. */
export function useAddress() {
  const params = useParams({ strict: false }) as Record<string, string>;
  const search = useSearch({ strict: false }) as Search;
  const path = useRouterState({ select: (state) => state.location.pathname });
  const navigate = useNavigate();
  /** Go to a path, with search parameters; `replace` leaves no step back. */
  const go = useCallback(
    (to: string, next: Search = {}, options: { replace?: boolean } = {}) =>
      void navigate({ to, search: next as never, replace: options.replace ?? false }),
    [navigate],
  );
  return { params, search, path, go };
}
