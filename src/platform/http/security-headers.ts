import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

const contentSecurityPolicy = {
  directives: {
    defaultSrc: ["'self'"],
    // Mantine sets style attributes and injects one style element
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    upgradeInsecureRequests: null,
  },
};

/** Helmet's headers, worked out once: they are the same for every answer. @param byTls browsers ask by TLS from then on */
export function securityHeaders(byTls = false): Record<string, string> {
  const headers: Record<string, string> = {};
  const answer = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => undefined,
  };
  const set = helmet({ contentSecurityPolicy, strictTransportSecurity: byTls });
  set({} as IncomingMessage, answer as unknown as ServerResponse, () => undefined);
  return headers;
}

/**
 * Of the public listener: pages of forms and words. Nothing is loaded, no script runs, no other page frames them, and
 * where a link leads is told to nobody.
 * @param style the one sheet that stands in the pages themselves
 */
export function publicHeaders(byTls: boolean, style: string): Record<string, string> {
  const hash = createHash('sha256').update(style).digest('base64');
  return {
    'content-security-policy': `default-src 'none'; style-src 'sha256-${hash}'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'x-robots-tag': 'noindex, nofollow',
    ...(byTls ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  };
}
