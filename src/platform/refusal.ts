/**
 * A refusal is the office saying "no, and here is the way on". It is thrown by commands and rules,
 * turned into an HTTP answer in one place (platform/http/answer.ts) and shown in one place by the form.
 */

/** The handful of codes. The HTTP status of each is fixed here and nowhere else. */
export const refusalStatus = {
  'not-signed-in': 401,
  'not-permitted': 403,
  /** Something has to be said first; `asks` says what. */
  'needs-reason': 428,
  'not-found': 404,
  conflict: 409,
  stale: 409,
  'bad-input': 400,
  'too-large': 413,
  'too-many': 429,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

/** Machine-readable extras: `fields` maps a field path to its message; `current` is the record as it is now. */
export type RefusalDetail = {
  fields?: Record<string, string>;
  current?: unknown;
  /** Other ways on, e.g. the nearest openings; shape is documented by the endpoint. */
  offers?: unknown;
  /** The permission whose holder could do it anyway, with a reason. */
  overridePermission?: string;
  retryAfterSeconds?: number;
  /** What has to be answered first, as the feature that asks says it. */
  asks?: unknown;
  /** The session is locked, not gone: the password over the page goes on. */
  locked?: boolean;
  /** The password is right, and this is wanted too. */
  secondStep?: 'code' | 'recovery';
};

export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;

  /**
   * @param code one of the handful of codes
   * @param message one sentence for a human: what is in the way and what to do next. Never a person's name,
   *   birth date or diagnosis of a patient; a physician's name is fine.
   */
  constructor(code: RefusalCode, message: string, detail: RefusalDetail = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
  }
}

/** Refuse a record that is missing, or that this person may not see: both read the same from outside. */
export function notFound(what: string): Refusal {
  return new Refusal('not-found', `This ${what} is not here. It may have been removed, or belong elsewhere.`);
}

/** Refuse a write that saw an older version; `current` lets the screen show both. */
export function stale(what: string, current: unknown): Refusal {
  return new Refusal(
    'stale',
    `Someone changed this ${what} while you had it open. Look at both and save again.`,
    { current },
  );
}
