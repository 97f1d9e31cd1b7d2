import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { z } from 'zod';
import type { FindAsked, Found, OutsideMessage, Sender, SendResult } from '../message.ts';
import { Inner, isInnerLiteral, publicOnly } from '../public-only.ts';

export type TextConfig = {
  /** e.g. https://api.twilio.com; others speak the same. */
  baseUrl: string;
  accountSid: string;
  authToken: string;
  /** The practice's number, or the provider's name of a pool of them (MG…). */
  from: string;
  /** Where it tells what became of a message; null: nowhere. */
  statusUrl: ((idempotencyKey: string) => string) | null;
};

export type TextOptions = { allowInner?: boolean };

const longestMs = 15_000;
/** So far the provider's clock may be from ours: rather one found that is another's than one sent twice. */
const clocksApartMs = 24 * 3_600_000;
const mostBytes = 512 * 1024;

const Sent = z.object({ sid: z.string().min(1).max(64), status: z.string().default('') });
const Problem = z.object({ code: z.number().optional(), message: z.string().optional() });
const Listed = z.object({
  messages: z.array(
    z.object({
      sid: z.string(),
      to: z.string(),
      body: z.string().nullish(),
      direction: z.string().default(''),
      date_created: z.string().nullish(),
    }),
  ),
});

/** `21610`: the number answered STOP, as its carrier or the provider keeps it. */
const optedOutCode = 21_610;

/** Text messages by the HTTP form that Twilio made common: Basic auth, a form, JSON back. */
export function textSender(config: TextConfig, options: TextOptions = {}): Sender {
  const ask = (call: Call) => request(config, call, options.allowInner === true);
  return {
    send: async (message) => {
      const answer = await ask({ method: 'POST', path: 'Messages.json', form: formOf(message, config) });
      return resultOf(answer);
    },
    find: async (message, asked) => {
      const query = new URLSearchParams({ To: message.to, PageSize: '100' });
      return foundOf(await ask({ method: 'GET', path: `Messages.json?${query}` }), message, asked);
    },
    close: () => undefined,
  };
}

function formOf(
  { to, body, idempotencyKey }: OutsideMessage,
  { from, statusUrl }: TextConfig,
): URLSearchParams {
  const form = new URLSearchParams({ To: to, Body: body });
  form.set(from.startsWith('MG') ? 'MessagingServiceSid' : 'From', from);
  if (statusUrl) form.set('StatusCallback', statusUrl(idempotencyKey));
  return form;
}

type Call = { method: 'GET' | 'POST'; path: string; form?: URLSearchParams };
type Answer = { kind: 'answer'; status: number; text: string; retryAfter: number | undefined } | Lost;
type Lost = { kind: 'lost'; why: string; wasSent: boolean };

function request(config: TextConfig, { method, path, form }: Call, allowInner: boolean): Promise<Answer> {
  const base = `${config.baseUrl.replace(/\/+$/, '')}/2010-04-01/Accounts/${encodeURIComponent(config.accountSid)}/`;
  if (!URL.canParse(base + path))
    return Promise.resolve({ kind: 'lost', why: 'its address is none', wasSent: false });
  const url = new URL(base + path);
  if (!allowInner && isInnerLiteral(url.hostname))
    return Promise.resolve({ kind: 'lost', why: 'the provider lies in a private network', wasSent: false });
  // The account's token and what is written would be read on the way
  if (!allowInner && url.protocol !== 'https:')
    return Promise.resolve({ kind: 'lost', why: 'its address does not begin with https', wasSent: false });
  const body = form?.toString() ?? '';
  return new Promise((resolve) => {
    let wasSent = false;
    const asked = (url.protocol === 'https:' ? https : http).request(
      url,
      {
        method,
        signal: AbortSignal.timeout(longestMs),
        auth: `${config.accountSid}:${config.authToken}`,
        headers: {
          accept: 'application/json',
          ...(form
            ? {
                'content-type': 'application/x-www-form-urlencoded',
                'content-length': Buffer.byteLength(body),
              }
            : {}),
        },
        ...(allowInner ? {} : { lookup: publicOnly }),
      },
      (answer) => void readAnswer(answer).then(resolve, (error) => resolve(lost(error, true))),
    );
    asked.on('socket', (socket) => {
      if (socket.connecting)
        socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
          wasSent = true;
        });
      else wasSent = true;
    });
    asked.on('error', (error) => resolve(lost(error, wasSent)));
    asked.end(body);
  });
}

function lost(error: unknown, wasSent: boolean): Lost {
  if (error instanceof Inner)
    return { kind: 'lost', why: 'the provider lies in a private network', wasSent: false };
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  return { kind: 'lost', why: `the provider could not be reached${code ? ` (${code})` : ''}`, wasSent };
}

async function readAnswer(answer: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBytes) break;
    chunks.push(chunk);
  }
  const after = Number(answer.headers['retry-after']);
  return {
    kind: 'answer',
    status: answer.statusCode ?? 0,
    text: Buffer.concat(chunks).toString('utf8'),
    retryAfter: Number.isFinite(after) && after > 0 ? Math.min(after, 3600) : undefined,
  };
}

function read<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function resultOf(answer: Answer): SendResult {
  // Once the request had left, the provider may have taken it whatever came back.
  if (answer.kind === 'lost') return { kind: answer.wasSent ? 'unknown' : 'again', why: answer.why };
  const { status, text, retryAfter } = answer;
  if (status >= 200 && status < 300) {
    const sent = read(Sent, text);
    if (!sent) return { kind: 'unknown', why: 'the provider answered what nobody understands' };
    return { kind: 'sent', providerId: sent.sid, status: 'sent' };
  }
  const { code } = read(Problem, text) ?? {};
  if (status === 429)
    return {
      kind: 'again',
      why: 'the provider asked to slow down (429)',
      ...(retryAfter ? { afterSeconds: retryAfter } : {}),
    };
  if (status >= 500) return { kind: 'unknown', why: `the provider failed (${status})` };
  if (status === 401 || status === 403)
    return { kind: 'again', why: `the provider does not take the password (${status})` };
  const why = `the provider refused it (${code ?? status})`;
  return {
    kind: 'refused',
    why,
    code: String(code ?? status),
    ...(code === optedOutCode ? { optedOut: true } : {}),
  };
}

/** The newest come first. One that is older, or known to be another message's, is not this one. */
function foundOf(answer: Answer, message: OutsideMessage, { sinceMs, knownIds }: FindAsked): Found {
  if (answer.kind === 'lost' || answer.status !== 200) return { kind: 'cannot-say' };
  const listed = read(Listed, answer.text);
  if (!listed) return { kind: 'cannot-say' };
  const found = listed.messages.find((one) => {
    const madeMs = Date.parse(one.date_created ?? '');
    const isOld = Number.isFinite(madeMs) && madeMs < sinceMs - clocksApartMs;
    const isOurs = one.to === message.to && one.body === message.body && !one.direction.startsWith('inbound');
    return isOurs && !isOld && !knownIds.has(one.sid);
  });
  return found ? { kind: 'found', providerId: found.sid } : { kind: 'absent' };
}
