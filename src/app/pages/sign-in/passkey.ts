import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { addPasskey, askForPasskey, beginPasskey } from '../../../platform/session/factors/api.ts';
import { call } from '../../../platform/web/call.ts';

const isNumber = (host: string) => /^\[|^[\d.]+$/.test(host);

/** Why this browser, at this address, offers no passkeys; undefined where it does. */
export function whyNoPasskeys(): string | undefined {
  const { hostname, port, protocol } = window.location;
  if (isNumber(hostname)) {
    const local = hostname === '127.0.0.1' || hostname === '[::1]';
    return local
      ? `Passkeys need a name in the address: open ${protocol}//localhost${port && `:${port}`} instead.`
      : 'Passkeys need the office’s name in the address, not its number.';
  }
  if (!window.isSecureContext) return 'Passkeys work only where the address begins with https.';
  if (!browserSupportsWebAuthn()) return 'This browser knows no passkeys.';
  return undefined;
}

/** The browser's words for it ("The operation either timed out or was not allowed") help nobody. */
function inWords(error: unknown, cancelled: string): Error {
  const { name } = error as { name?: string };
  if (name === 'InvalidStateError') return new Error('This device has a passkey of yours already.');
  if (name === 'NotAllowedError' || name === 'AbortError') return new Error(cancelled);
  return error instanceof Error ? error : new Error(cancelled);
}

/** Ask the browser for a passkey of this office. @throws with a sentence when the person lets it be */
export async function providePasskey() {
  const { options } = await call(askForPasskey);
  return startAuthentication({ optionsJSON: options }).catch((error: unknown) => {
    throw inWords(error, 'No passkey was given. Try again, or use your e-mail and password.');
  });
}

/** Make a passkey on this device and keep it under a name. */
export async function makePasskey(password: string, name: string) {
  const { options } = await call(beginPasskey, { body: { password } });
  const response = await startRegistration({ optionsJSON: options }).catch((error: unknown) => {
    throw inWords(error, 'No passkey was made. Try again when you are ready.');
  });
  return call(addPasskey, { body: { name, response } });
}
