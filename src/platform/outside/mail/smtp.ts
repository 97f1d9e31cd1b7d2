import { lookup } from 'node:dns/promises';
import { createTransport } from 'nodemailer';
import { isInnerAddress } from '../addresses.ts';
import type { OutsideMessage, Sender, SendResult } from '../message.ts';
import { isInnerLiteral } from '../public-only.ts';

export type SmtpConfig = {
  host: string;
  port: number;
  /** `tls` from the first byte (465); `starttls` or nothing is sent (587); `none` only where the machine allows it. */
  security: 'tls' | 'starttls' | 'none';
  /** '': the server asks for none */
  user: string;
  password: string;
  from: string;
  fromName: string;
  replyTo: string;
};

export type SmtpOptions = {
  /** Servers of private networks too; by the machine's configuration alone. */
  allowInner?: boolean;
  /** Certificates beside the usual ones (PEM), for tests and for an office's own authority. */
  ca?: string;
  /** So long one message may take in all. */
  wholeMs?: number;
};

const longestMs = 20_000;
/** A server that says a word now and then is never silent for long: this ends it. */
export const longestWholeMs = 90_000;

/**
 * E-mail over SMTP, some connections at a time that are used again. A lost connection is `again` as long as it had not
 * read the message to its end: the final dot goes out after that, and without it a server keeps nothing (RFC 5321,
 * 4.1.1.10). From then on it is `unknown`: the answer to the dot may have been lost (RFC 1047). So is one that is still
 * on its way when its time is over, since it may arrive yet.
 */
export async function smtpSender(config: SmtpConfig, options: SmtpOptions = {}): Promise<Sender> {
  const at = await findHost(config, options.allowInner === true);
  if (typeof at !== 'string') return unreachable(at);
  const { port, security, user, password } = config;
  const transport = createTransport({
    ...{ pool: true, maxConnections: 3, maxMessages: 100, host: at, port },
    // Whoever asked tries again, and waits longer each time
    maxRequeues: 1,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(user === '' ? {} : { auth: { user, pass: password } }),
    tls: { servername: config.host, minVersion: 'TLSv1.2', ...(options.ca ? { ca: options.ca } : {}) },
    ...{ connectionTimeout: longestMs, greetingTimeout: longestMs, socketTimeout: longestMs },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  // A stream that a connection read to its end tells that the message may have arrived
  const streams = new Map<string, { readableEnded: boolean }>();
  transport.use('stream', (mail, done) => {
    const make = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (how) => {
      const stream = make(how);
      streams.set(String(mail.data.messageId), stream);
      return stream;
    };
    done();
  });
  return {
    send: async (message) => {
      const messageId = messageIdOf(message, config.from);
      try {
        const sending = transport.sendMail(letterOf(message, config, messageId));
        const sent = await within(sending, options.wholeMs ?? longestWholeMs);
        if (!sent) return { kind: 'unknown', why: 'the mail server did not come to an end with it' };
        return { kind: 'sent', providerId: sent.messageId, status: 'sent' };
      } catch (error) {
        return resultOf(error, streams.get(messageId)?.readableEnded === true);
      } finally {
        streams.delete(messageId);
      }
    },
    // SMTP cannot be asked what it took.
    find: async () => ({ kind: 'cannot-say' }),
    close: () => transport.close(),
  };
}

/** undefined: it took longer, and goes on unheeded. */
async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), ms);
  });
  work.catch(() => undefined);
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
}

function letterOf(message: OutsideMessage, { from, fromName, replyTo }: SmtpConfig, messageId: string) {
  return {
    from: { name: fromName, address: from },
    to: { name: '', address: message.to },
    ...(replyTo === '' ? {} : { replyTo: { name: fromName, address: replyTo } }),
    subject: message.subject ?? '',
    text: message.body,
    messageId,
    // A person's mailbox answers no machine (RFC 3834)
    headers: { 'Auto-Submitted': 'auto-generated' },
  };
}

/** The same for every try of one message. */
function messageIdOf({ idempotencyKey }: OutsideMessage, from: string): string {
  return `<${idempotencyKey}@${from.split('@')[1] ?? 'localhost'}>`;
}

async function findHost(
  { host, security }: SmtpConfig,
  allowInner: boolean,
): Promise<string | { why: string }> {
  if (allowInner) return host;
  if (isInnerLiteral(host)) return { why: 'the mail server lies in a private network' };
  if (security === 'none') return { why: 'without a safe connection e-mail goes to this machine alone' };
  const found = await lookup(host, { all: true }).catch(() => []);
  const [first] = found;
  if (!first) return { why: 'no such mail server is known' };
  if (found.some((one) => isInnerAddress(one.address)))
    return { why: 'the mail server lies in a private network' };
  return first.address;
}

function unreachable({ why }: { why: string }): Sender {
  return {
    send: async () => ({ kind: 'again', why }),
    find: async () => ({ kind: 'cannot-say' }),
    close: () => undefined,
  };
}

type SmtpError = { code?: string; responseCode?: number; message?: string };

function resultOf(error: unknown, wasHandedOver: boolean): SendResult {
  const { code = '', responseCode = 0, message = '' } = (error ?? {}) as SmtpError;
  const answer = responseCode > 0 ? ` (${responseCode})` : '';
  if (code === 'EAUTH') return { kind: 'again', why: `the mail server does not take the password${answer}` };
  if (responseCode >= 500)
    return { kind: 'refused', why: `the mail server refused it${answer}`, code: String(responseCode) };
  if (responseCode >= 400) return { kind: 'again', why: `the mail server asked to try later${answer}` };
  if (code === 'EENVELOPE' || code === 'EMESSAGE')
    return { kind: 'refused', why: 'the mail server refused it', code };
  if (code === 'ETLS' || code.startsWith('ERR_TLS') || /certificate|self.signed/i.test(message))
    return { kind: 'again', why: 'the connection to the mail server could not be made safe' };
  if (wasHandedOver) return { kind: 'unknown', why: 'the connection was lost while it was handed over' };
  return { kind: 'again', why: `the mail server could not be reached${code ? ` (${code})` : ''}` };
}
