/**
 * How a message leaves the office, whoever carries it. A driver never throws: whatever happens is an answer, so that
 * the outbox knows whether it may be tried again. Addresses are checked here once, before any driver sees them.
 */
export type OutsideMessage = {
  channel: 'text' | 'email';
  /** E.164 for a text; one bare address for an e-mail. */
  to: string;
  subject?: string;
  body: string;
  /** The message's own id: what a provider or a reader's mailbox may tell repeats by. */
  idempotencyKey: string;
};

export type SendResult =
  | { kind: 'sent'; providerId: string; status: 'sent' | 'delivered' }
  /** Certainly not taken, and may be another time: busy, full, not reached. */
  | { kind: 'again'; why: string; afterSeconds?: number }
  /** The connection went when it may have been taken already. */
  | { kind: 'unknown'; why: string }
  /** Will never be taken as it is. `optedOut`: the carrier knows that this number wants nothing. */
  | { kind: 'refused'; why: string; code?: string; optedOut?: boolean };

/** What a provider knows of a message that may have reached it: there, certainly not there, or it cannot say. */
export type Found = { kind: 'found'; providerId: string } | { kind: 'absent' } | { kind: 'cannot-say' };

/** Since when it may have been taken, and what the provider's ids of our other messages to this address are. */
export type FindAsked = { sinceMs: number; knownIds: ReadonlySet<string> };

export type Sender = {
  send(message: OutsideMessage): Promise<SendResult>;
  /** Asked after a send whose end nobody saw. */
  find(message: OutsideMessage, asked: FindAsked): Promise<Found>;
  close(): void;
};

/**
 * One bare address: `local@host`, no display name, list, comment, quote, line break or control character. A line
 * break in a recipient becomes a header of its own in mail programs; a comma another recipient.
 */
const bareAddress = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$/;
const number = /^\+[1-9]\d{7,14}$/;

export function isBareAddress(address: string): boolean {
  return bareAddress.test(address) && !address.includes('..') && address.length <= 254;
}

export function isTextNumber(address: string): boolean {
  return number.test(address);
}

const control = /[\p{Cc}\u2028\u2029]/u;

/** Why this cannot be sent as it is; null where it can. */
export function whyNotAddressed({ channel, to, subject = '', body }: OutsideMessage): string | null {
  const fits = channel === 'email' ? isBareAddress(to) : isTextNumber(to);
  if (!fits) return channel === 'email' ? 'it is no e-mail address' : 'it is no phone number';
  if (control.test(subject)) return 'its subject holds a line break or a control character';
  return body.trim() === '' ? 'it is empty' : null;
}

/** As the driver, for what is well addressed; the rest never gets to it. */
export function checked(driver: Sender): Sender {
  return {
    ...driver,
    send: async (message) => {
      const why = whyNotAddressed(message);
      return why ? { kind: 'refused', why, code: 'address' } : driver.send(message);
    },
  };
}

/** A demo practice sends nothing outside: what it would have sent is read on a page. Opens no connection. */
export const demoSender: Sender = {
  send: async ({ idempotencyKey }) => ({
    kind: 'sent',
    providerId: `demo-${idempotencyKey}`,
    status: 'delivered',
  }),
  find: async ({ idempotencyKey }) => ({ kind: 'found', providerId: `demo-${idempotencyKey}` }),
  close: () => undefined,
};
