import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import { z } from 'zod';
import { endpoint } from '../../http/endpoint.ts';
import { Id } from '../../id.ts';

/** A person's own second step. Whoever changes it gives their password again. */
const Password = z.string().min(1, 'Type your password.').max(200);
const Codes = z.array(z.string()).describe('recovery codes, shown this once');
const Base64Url = z
  .string()
  .max(20_000)
  .regex(/^[\w-]*=*$/);

/** What a browser answers when a passkey was made (WebAuthn 5.1, RegistrationResponseJSON). */
export const Registered = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  // Nothing of it is asked for or believed.
  clientExtensionResults: z
    .unknown()
    .optional()
    .transform(() => ({})),
  response: z.object({
    clientDataJSON: Base64Url,
    attestationObject: Base64Url,
    transports: z.array(z.string().max(30)).max(10).optional(),
  }),
});

/** What a browser answers when a passkey signed (WebAuthn 5.1, AuthenticationResponseJSON). */
export const Asserted = z.object({
  id: Base64Url,
  rawId: Base64Url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  // Nothing of it is asked for or believed.
  clientExtensionResults: z
    .unknown()
    .optional()
    .transform(() => ({})),
  response: z.object({
    clientDataJSON: Base64Url,
    authenticatorData: Base64Url,
    signature: Base64Url,
    userHandle: Base64Url.optional(),
  }),
});

export const OwnFactors = z.object({
  authenticatorSince: z.string().nullable(),
  recoveryCodesLeft: z.number(),
  passkeys: z.array(
    z.object({
      passkeyId: z.string(),
      name: z.string(),
      madeAt: z.string(),
      lastUsedAt: z.string().nullable(),
    }),
  ),
  requiredFrom: z.string().nullable().describe('from when on a role of this account asks for a second step'),
});
export type OwnFactors = z.infer<typeof OwnFactors>;

export const getOwnFactors = endpoint({
  method: 'GET',
  path: '/api/session/factors',
  summary: 'Your second step at sign-in: app, passkeys, recovery codes',
  answer: OwnFactors,
});
export const beginAuthenticator = endpoint({
  method: 'POST',
  path: '/api/session/factors/authenticator',
  summary: 'Begin an authenticator app (RFC 6238); it counts once its first code was given',
  body: z.object({ password: Password }),
  answer: z.object({
    secret: z.string().describe('base32, to type'),
    uri: z.string().describe('otpauth, to draw'),
  }),
});
export const confirmAuthenticator = endpoint({
  method: 'POST',
  path: '/api/session/factors/authenticator/confirm',
  summary: 'Give the first code: from now on one is asked at sign-in',
  body: z.object({ code: z.string().trim().min(1, 'Type the six digits.').max(20) }),
  answer: z.object({ recoveryCodes: Codes.nullable() }),
});
export const removeAuthenticator = endpoint({
  method: 'POST',
  path: '/api/session/factors/authenticator/remove',
  summary: 'Ask for no codes of the app any more',
  body: z.object({ password: Password }),
});
export const renewRecoveryCodes = endpoint({
  method: 'POST',
  path: '/api/session/factors/recovery',
  summary: 'Ten new recovery codes; those before stop working',
  body: z.object({ password: Password }),
  answer: z.object({ recoveryCodes: Codes }),
});
export const beginPasskey = endpoint({
  method: 'POST',
  path: '/api/session/factors/passkeys/options',
  summary: 'What the browser needs to make a passkey (WebAuthn)',
  body: z.object({ password: Password }),
  answer: z.object({ options: z.custom<PublicKeyCredentialCreationOptionsJSON>() }),
});
const PasskeyName = z.string().trim().min(1, 'Give it a name, such as the device.').max(60);
export const addPasskey = endpoint({
  method: 'POST',
  path: '/api/session/factors/passkeys',
  summary: 'Keep a passkey that the browser made',
  body: z.object({ name: PasskeyName, response: Registered }),
  answer: z.object({ passkeyId: Id, recoveryCodes: Codes.nullable() }),
});
export const renamePasskey = endpoint({
  method: 'POST',
  path: '/api/session/factors/passkeys/:id/rename',
  summary: 'Call a passkey otherwise',
  params: z.object({ id: Id }),
  body: z.object({ name: PasskeyName }),
});
export const removePasskey = endpoint({
  method: 'POST',
  path: '/api/session/factors/passkeys/:id/remove',
  summary: 'A passkey signs in no more',
  params: z.object({ id: Id }),
  body: z.object({ password: Password }),
});
export const seeReset = endpoint({
  method: 'POST',
  path: '/api/session/factors/reset-seen',
  summary: 'You have read that a manager reset your second step',
});
export const askForPasskey = endpoint({
  method: 'POST',
  path: '/api/session/passkey/options',
  summary: 'What the browser needs to sign in with a passkey; names no account',
  answer: z.object({ options: z.custom<PublicKeyCredentialRequestOptionsJSON>() }),
});
export const signInByPasskey = endpoint({
  method: 'POST',
  path: '/api/session/passkey',
  summary: 'Sign in with a passkey',
  body: z.object({ response: Asserted, kind: z.enum(['browser', 'bearer']).default('bearer') }),
  answer: z.object({ token: z.string().optional(), expiresAt: z.string() }),
});
export const unlockByPasskey = endpoint({
  method: 'POST',
  path: '/api/session/unlock/passkey',
  summary: 'Go on at a locked desk with a passkey of your own',
  body: z.object({ response: Asserted }),
});
