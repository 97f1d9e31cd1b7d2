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
