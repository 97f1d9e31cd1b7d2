import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { Refusal } from '../refusal.ts';
import type { WebPlace } from '../session/factors/passkeys.ts';

const isLocal = (name: string) => name === 'localhost' || name.endsWith('.localhost');

/**
 * Where a browser says that it is, for passkeys (WebAuthn 5.1.3: a secure context, and a domain). From
 * FRONTDESK_ORIGIN where it is set; else as the request came, by a believed balancer's headers where there is one.
 * @throws Refusal where browsers do not offer passkeys: plain http, or a number for a name
 */
export function webPlace(request: Pick<FastifyRequest, 'protocol' | 'host'>, configured?: string): WebPlace {
  const url = new URL(configured ?? `${request.protocol}://${request.host}`);
  const name = url.hostname;
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0) {
    throw new Refusal(
      'conflict',
      `Passkeys need the office’s name, not its number: open it as ${url.protocol}//localhost${url.port && `:${url.port}`} on this machine, or by its name.`,
    );
  }
  if (url.protocol !== 'https:' && !isLocal(name)) {
    throw new Refusal(
      'conflict',
      'Passkeys work only over https. Ask whoever runs the office to give it a certificate (FRONTDESK_TLS_CERT).',
    );
  }
  return { origin: url.origin, rpId: name };
}
