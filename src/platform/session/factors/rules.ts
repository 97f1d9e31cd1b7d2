/** What an account has beside its password, and from when on its roles ask for it. */
export type Factors = {
  authenticator: boolean;
  passkeys: number;
  /** ISO instant; null: no role of this account asks for a second step */
  requiredFrom: string | null;
};

const isAsked = ({ requiredFrom }: Factors, at: Date) =>
  requiredFrom !== null && Date.parse(requiredFrom) <= at.getTime();
const hasAny = ({ authenticator, passkeys }: Factors) => authenticator || passkeys > 0;

/**
 * What a right password still needs: nothing, a code of the app (or a recovery code), or a recovery code alone,
 * since this person's second step is a passkey. A passkey beside a password that is enough by itself takes nothing
 * away: someone who made one at home still signs in at another desk.
 */
export function stepAfterPassword(factors: Factors, at: Date): 'none' | 'code' | 'recovery' {
  if (factors.authenticator) return 'code';
  return factors.passkeys > 0 && isAsked(factors, at) ? 'recovery' : 'none';
}

/** Whether a session that began then has to set up a second step first; one that was open before goes on. */
export function mustSetUp(factors: Factors, openedAt: Date): boolean {
  return isAsked(factors, openedAt) && !hasAny(factors);
}

/** Until when someone may still sign in without; null when nothing is asked, or it is there. */
export function setUpBefore(factors: Factors, at: Date): string | null {
  return hasAny(factors) || isAsked(factors, at) ? null : factors.requiredFrom;
}

/** Whether this one may go: the last one stays where the practice asks for one. */
export function mayRemove(factors: Factors, which: 'authenticator' | 'passkey', at: Date): boolean {
  const left = {
    ...factors,
    authenticator: which === 'authenticator' ? false : factors.authenticator,
    passkeys: which === 'passkey' ? factors.passkeys - 1 : factors.passkeys,
  };
  return hasAny(left) || !isAsked(factors, at);
}

/** As people type it: `123 456` is a code of the app, anything longer a recovery code. */
export function kindOfCode(typed: string): { kind: 'app' | 'recovery'; code: string } {
  const digits = typed.replace(/\s/g, '');
  if (/^\d{6}$/.test(digits)) return { kind: 'app', code: digits };
  return { kind: 'recovery', code: plainRecoveryCode(typed) };
}

/** Crockford's base 32: letters that look like digits are those digits, and small letters are as good. */
export function plainRecoveryCode(typed: string): string {
  return typed
    .toUpperCase()
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
    .replace(/[^0-9A-Z]/g, '');
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Twelve letters of 32 kinds, 60 bits, in groups that can be read out. @param bytes twelve random ones */
export function recoveryCodeOf(bytes: Uint8Array): string {
  const text = Array.from(bytes.subarray(0, 12), (byte) => letters[byte & 31]).join('');
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}
