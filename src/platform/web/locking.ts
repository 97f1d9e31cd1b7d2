import { lockDesk } from '../http/api.ts';
import { call } from './call.ts';

let locking: Promise<unknown> = Promise.resolve();

/** Lock the session of this desk; whoever opens it again waits for that (`lockTold`). */
export function lockSession(): Promise<unknown> {
  locking = call(lockDesk).catch(() => undefined);
  return locking;
}

/** Until the office has heard of the last lock: one that opened the desk before would be locked out by it. */
export function lockTold(): Promise<unknown> {
  return locking;
}
