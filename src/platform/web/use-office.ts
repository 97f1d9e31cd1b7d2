import {
  keepPreviousData,
  type Query,
  type QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import type { z } from 'zod';
import { underway } from '../../ui/underway.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { CallFailed, call, type Input } from './call.ts';

export type ReadOptions = {
  /** The facts that it shows: when a commit touches one, it is asked again (as a live refresh). */
  topics: readonly string[];
  /** Ask only when this is true. */
  enabled?: boolean;
  /** Refresh only when one of these keys (a date, an id) was touched; absent: whatever was touched in the topics. */
  keys?: readonly string[];
};

/** Marks queries whose next fetch is a live refresh; set by the event stream just before it invalidates. */
const liveRefresh = new Set<string>();

export function markLive(hash: string): void {
  liveRefresh.add(hash);
}

/** It may go well a moment later, and says nothing about what was asked for. */
const isPassing = (error: CallFailed) => error.status === 0 || error.status === 429 || error.status >= 500;

/**
 * Read an endpoint and keep it fresh. The last data stays on screen while the new arrives, and when it fails to:
 * a page that gave way to a message would take along what is typed on it.
 * @returns TanStack Query's result; `error` is a CallFailed
 */
export function useRead<E extends Endpoint>(endpoint: E, input: Input<E>, options: ReadOptions) {
  const queryKey = [endpoint.path, input, { topics: options.topics, keys: options.keys }] as const;
  const query = useQuery<z.output<E['answer']>, CallFailed>({
    queryKey,
    queryFn: ({ signal }) => {
      const live = liveRefresh.delete(JSON.stringify(queryKey));
      return call(endpoint, input, { signal, live });
    },
    enabled: options.enabled ?? true,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    retry: (count, error) => error instanceof CallFailed && error.status === 0 && count < 2,
  });
  const { data, error } = query;
  const showsOld = data !== undefined && error instanceof CallFailed && isPassing(error);
  return showsOld ? { ...query, error: null } : query;
}

/** `everything`: what the writer cannot name, since features to its right hold it too. */
export type Touched = readonly string[] | 'everything';

/** Refresh what shows one of these topics now, as after a write of this very desk. */
export function refreshTopics(client: QueryClient, topics: Touched): Promise<void> {
  const predicate = (query: Query) => {
    const facts = query.queryKey[2] as { topics?: readonly string[] } | undefined;
    return facts?.topics?.some((topic) => topics === 'everything' || topics.includes(topic)) ?? false;
  };
  return underway(client.invalidateQueries({ predicate }));
}

/**
 * Take off the screen what may no longer be seen, and ask anew: old data must not stay beside a refusal.
 * @param aboutId of this record alone; null: everything
 */
export function useForget(): (aboutId: string | null) => Promise<void> {
  const client = useQueryClient();
  return useCallback(
    (aboutId) =>
      client.resetQueries({
        predicate: ({ queryKey, state }) =>
          queryKey[0] !== 'session' &&
          (aboutId === null || JSON.stringify([queryKey, state.data]).includes(aboutId)),
      }),
    [client],
  );
}

export type WriteOptions = {
  /** Topics to refresh at once on this desk; others hear of it by the event stream. */
  touches?: Touched;
};

/**
 * Write through an endpoint. A try that failed on the way is sent again with the same Idempotency-Key, so that
 * pressing twice does it once.
 * @returns TanStack's mutation over `Input`; `error` is a CallFailed
 */
export function useWrite<E extends Endpoint>(endpoint: E, options: WriteOptions = {}) {
  const client = useQueryClient();
  const intent = useRef<{ text: string; key: string } | undefined>(undefined);
  return useMutation<z.output<E['answer']>, CallFailed, Input<E>>({
    mutationFn: async (input) => {
      const text = JSON.stringify(input);
      const known = intent.current?.text === text ? intent.current.key : crypto.randomUUID();
      intent.current = { text, key: known };
      const answer = await call(endpoint, input, { idempotencyKey: known });
      intent.current = undefined;
      return answer;
    },
    onSuccess: () => (options.touches ? refreshTopics(client, options.touches) : undefined),
  });
}
