import path from 'node:path';
import { z } from 'zod';

/** The environment, parsed once. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4600),
  HOST: z.string().default('127.0.0.1'),
  FRONTDESK_DATA: z.string().default('data'),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  DATABASE_OWNER_URL: z.string().startsWith('postgres').optional(),
  DATABASE_POOL: z.coerce.number().int().min(1).max(200).default(12),
  FRONTDESK_AUDIT_KEY: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'FRONTDESK_AUDIT_KEY is 64 hex digits')
    .optional(),
  /** Addresses or networks of the balancers whose X-Forwarded-* headers are believed. */
  FRONTDESK_TRUSTED_PROXIES: z.string().optional(),
  /** The address at which browsers open the office, where it differs from what requests say: passkeys belong to it. */
  FRONTDESK_ORIGIN: z.url({ protocol: /^https?$/ }).optional(),
  FRONTDESK_TLS_CERT: z.string().optional(),
  FRONTDESK_TLS_KEY: z.string().optional(),
  /** The public listener, for patients and webhooks; there is none where this is absent. */
  FRONTDESK_PUBLIC_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  FRONTDESK_PUBLIC_HOST: z.string().default('127.0.0.1'),
  /** The address at which patients reach the public listener, e.g. https://visits.example.org */
  FRONTDESK_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  FRONTDESK_PUBLIC_TLS_CERT: z.string().optional(),
  FRONTDESK_PUBLIC_TLS_KEY: z.string().optional(),
  FRONTDESK_PUBLIC_TRUSTED_PROXIES: z.string().optional(),
  /** `allow`: calendars may also be read from private networks (a server of the hospital next door). */
  FRONTDESK_PRIVATE_NETWORKS: z.enum(['refuse', 'allow']).default('refuse'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
});

export type Config = {
  port: number;
  host: string;
  dataFolder: string;
  databaseUrl?: string;
  ownerUrl?: string;
  poolSize: number;
  auditKey?: string;
  trustedProxies?: string;
  origin?: string;
  /** PEM files: the certificate with its chain, and its key */
  tls?: { cert: string; key: string };
  /** A second listener, for patients and webhooks; absent: there is none */
  open?: PublicConfig;
  /** Addresses that people type may lead into private networks. */
  allowInner?: boolean;
  logLevel: string;
};

export type PublicConfig = {
  port: number;
  host: string;
  /** Without a slash at its end; absent: this machine's own */
  url?: string;
  trustedProxies?: string;
  tls?: { cert: string; key: string };
};

function publicOf(value: z.output<typeof Environment>): PublicConfig | undefined {
  const { FRONTDESK_PUBLIC_PORT: port, FRONTDESK_PUBLIC_URL: url } = value;
  if (port === undefined) {
    if (url) throw new Error('Set FRONTDESK_PUBLIC_PORT beside FRONTDESK_PUBLIC_URL, or neither');
    return undefined;
  }
  const cert = value.FRONTDESK_PUBLIC_TLS_CERT;
  const key = value.FRONTDESK_PUBLIC_TLS_KEY;
  if ((cert === undefined) !== (key === undefined))
    throw new Error('Set FRONTDESK_PUBLIC_TLS_CERT and FRONTDESK_PUBLIC_TLS_KEY together, or neither');
  return {
    port,
    host: value.FRONTDESK_PUBLIC_HOST,
    ...(url ? { url: url.replace(/\/+$/, '') } : {}),
    ...(value.FRONTDESK_PUBLIC_TRUSTED_PROXIES
      ? { trustedProxies: value.FRONTDESK_PUBLIC_TRUSTED_PROXIES }
      : {}),
    ...(cert && key ? { tls: { cert: path.resolve(cert), key: path.resolve(key) } } : {}),
  };
}

/** Read the configuration. @throws with a sentence per wrong variable */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`Look at these environment variables: ${wrong.join('; ')}`);
  }
  const value = parsed.data;
  const { FRONTDESK_TLS_CERT: cert, FRONTDESK_TLS_KEY: key } = value;
  if ((cert === undefined) !== (key === undefined))
    throw new Error('Set FRONTDESK_TLS_CERT and FRONTDESK_TLS_KEY together, or neither');
  const open = publicOf(value);
  return {
    port: value.PORT,
    host: value.HOST,
    dataFolder: path.resolve(value.FRONTDESK_DATA),
    databaseUrl: value.DATABASE_URL,
    ownerUrl: value.DATABASE_OWNER_URL,
    poolSize: value.DATABASE_POOL,
    auditKey: value.FRONTDESK_AUDIT_KEY,
    trustedProxies: value.FRONTDESK_TRUSTED_PROXIES,
    origin: value.FRONTDESK_ORIGIN,
    ...(cert && key ? { tls: { cert: path.resolve(cert), key: path.resolve(key) } } : {}),
    ...(open ? { open } : {}),
    allowInner: value.FRONTDESK_PRIVATE_NETWORKS === 'allow',
    logLevel: value.LOG_LEVEL,
  };
}
