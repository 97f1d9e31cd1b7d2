import type { z } from 'zod';
import { underway } from '../../ui/underway.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { ErrorAnswer } from '../http/endpoint.ts';

/** A refusal as it reaches a screen; forms show `message` and `fields`, and offer `offers` as the way on. */
export class CallFailed extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: Partial<ErrorAnswer>;

  constructor(status: number, answer: Partial<ErrorAnswer>) {
    super(answer.message ?? 'The office did not answer. Check that it is running, then try again.');
    this.name = 'CallFailed';
    this.status = status;
    this.code = answer.error ?? 'offline';
    this.detail = answer;
  }

  get fields(): Record<string, string> | undefined {
    return this.detail.fields;
  }

  get locked(): boolean {
    return this.detail.locked === true;
  }
}

export type Input<E extends Endpoint> = {
  params?: z.input<E['params']>;
  query?: z.input<E['query']>;
  body?: z.input<E['body']>;
};

export type CallOptions = {
  /** One per intent; a retry of the same intent sends the same key. */
  idempotencyKey?: string;
  /** A refresh that nobody asked for: makes no new audit record for rows already seen. */
  live?: boolean;
  signal?: AbortSignal;
};

export function addressOf(endpoint: Endpoint, input: { params?: unknown; query?: unknown }): string {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const pairs = Object.entries((input.query ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [[name, String(value)]],
  );
  return pairs.length > 0 ? `${path}?${new URLSearchParams(pairs)}` : path;
}

type Waiter = () => Promise<void>;
let waitForSession: Waiter | undefined;

/** What to do when the session is gone or locked: ask for the password over the page, then go on. */
export function onSessionNeeded(wait: Waiter | undefined): void {
  waitForSession = wait;
}

let answerWhy: ((asks: unknown) => Promise<boolean>) | undefined;

/** Who asks what has to be said before an endpoint answers; true: it was said, and the call goes on. */
export function onReasonNeeded(answer: typeof answerWhy): void {
  answerWhy = answer;
}

/**
 * Send it; where the office asks why, again when that was said: once for each person that it is about. A refresh that
 * nobody asked for asks nobody.
 */
async function whenSaid<T>(send: () => Promise<T>, live: boolean): Promise<T> {
  const said = new Set<string>();
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof CallFailed) || error.code !== 'needs-reason' || live) throw error;
      const asked = JSON.stringify(error.detail.asks);
      if (said.has(asked) || !(await answerWhy?.(error.detail.asks))) throw error;
      said.add(asked);
    }
  }
}

/**
 * Call an endpoint. When the session ran out or was locked, the call waits until someone has signed in over
 * the page and then goes on with the same idempotency key: nothing is lost.
 * @throws CallFailed
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: Input<E> = {},
  options: CallOptions = {},
): Promise<z.output<E['answer']>> {
  const idempotencyKey = options.idempotencyKey ?? crypto.randomUUID();
  const send = () => once(endpoint, input, { ...options, idempotencyKey });
  if (endpoint.path.startsWith('/api/session')) return send();
  const answer = whenSaid(() => whenSignedIn(send), options.live === true);
  return endpoint.kind === 'write' ? underway(answer) : answer;
}

/** Send it; when the session is gone, again once someone has signed in. */
async function whenSignedIn<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const sessionGone = error instanceof CallFailed && error.code === 'not-signed-in';
      if (!sessionGone || !waitForSession || attempt > 2) throw error;
      await waitForSession();
    }
  }
}

/**
 * Send a file as it is, as `call` sends what is typed.
 * @returns the answer, not yet parsed
 * @throws CallFailed
 */
export function sendWhole(path: string, file: File, type: string): Promise<unknown> {
  return whenSignedIn(() =>
    answerOf(path, {
      method: 'POST',
      headers: { 'x-frontdesk': '1', 'content-type': type, 'x-file-name': encodeURIComponent(file.name) },
      body: file,
    }),
  );
}

async function once<E extends Endpoint>(
  endpoint: E,
  input: Input<E>,
  options: CallOptions,
): Promise<z.output<E['answer']>> {
  const hasBody = endpoint.method !== 'GET' && endpoint.method !== 'DELETE';
  const answer = await answerOf(addressOf(endpoint, input), {
    method: endpoint.method,
    signal: options.signal,
    headers: {
      'x-frontdesk': '1',
      ...(hasBody ? { 'content-type': 'application/json' } : {}),
      ...(endpoint.kind === 'write' ? { 'idempotency-key': options.idempotencyKey ?? '' } : {}),
      ...(options.live ? { 'x-frontdesk-live': '1' } : {}),
    },
    ...(hasBody ? { body: JSON.stringify(input.body ?? {}) } : {}),
  });
  // The server parsed the answer with this very schema before it sent it.
  return answer as z.output<E['answer']>;
}

async function answerOf(address: string, request: RequestInit): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(address, request);
  } catch (error) {
    if (request.signal?.aborted) throw error;
    throw new CallFailed(0, {});
  }
  const answer: unknown = await response.json().catch(() => ({}));
  if (!response.ok) {
    const problem = ErrorAnswer.partial().safeParse(answer);
    throw new CallFailed(response.status, problem.success ? problem.data : {});
  }
  return answer;
}
