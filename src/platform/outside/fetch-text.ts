import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { Inner, isInnerLiteral, publicOnly } from './public-only.ts';

/** A text of the internet, as someone's address names it. Whatever goes wrong is an answer, never an error. */
export type Fetched =
  | { kind: 'text'; text: string; etag: string; lastModified: string }
  | { kind: 'same' }
  | { kind: 'failed'; why: string };

export type FetchAsked = {
  address: string;
  /** Of the last time: the answer may then be that nothing changed. */
  etag?: string;
  lastModified?: string;
  /** Addresses of private networks too; by the machine's configuration alone. */
  allowInner?: boolean;
};

export const mostBytes = 5 * 1024 * 1024;
const longestMs = 8_000;
const mostRedirects = 3;

/** https of a subscription's own schemes; null for what is no address of the web. */
export function webAddress(typed: string): URL | null {
  const text = typed.trim().replace(/^webcals?:\/\//i, 'https://');
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return ['http:', 'https:'].includes(url.protocol) && url.username === '' ? url : null;
}

const failed = (why: string): Fetched => ({ kind: 'failed', why });

/** At most 5 MB, 8 seconds and three redirects; private addresses are refused where they are connected to. */
export async function fetchText(asked: FetchAsked): Promise<Fetched> {
  const deadline = AbortSignal.timeout(longestMs);
  let url = webAddress(asked.address);
  for (let hops = 0; url && hops <= mostRedirects; hops++) {
    const answer = await ask(url, asked, deadline).catch((error: unknown) => whyOf(error, deadline));
    if ('kind' in answer) return answer;
    const next = redirectOf(answer, url);
    if (!next) return readAnswer(answer, deadline);
    answer.destroy();
    url = next;
  }
  return failed(url ? 'it leads on and on' : 'it is no address of the web');
}

function ask(url: URL, { etag, lastModified, allowInner }: FetchAsked, signal: AbortSignal) {
  if (!allowInner && isInnerLiteral(url.hostname)) return Promise.reject(new Inner());
  const options = {
    signal,
    headers: {
      accept: 'text/calendar, text/plain;q=0.5, */*;q=0.1',
      'accept-encoding': 'identity',
      'user-agent': 'Frontdesk',
      ...(etag ? { 'if-none-match': etag } : {}),
      ...(lastModified ? { 'if-modified-since': lastModified } : {}),
    },
    ...(allowInner ? {} : { lookup: publicOnly }),
  };
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? https : http).get(url, options, resolve);
    request.on('error', reject);
  });
}

function redirectOf({ statusCode = 0, headers }: IncomingMessage, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) return null;
  const next = URL.canParse(headers.location, from) ? new URL(headers.location, from) : null;
  // Never from a safe address to an open one.
  if (next && from.protocol === 'https:' && next.protocol !== 'https:') return null;
  return next && webAddress(next.href);
}

async function readAnswer(answer: IncomingMessage, deadline: AbortSignal): Promise<Fetched> {
  const { statusCode = 0, headers } = answer;
  if (statusCode !== 200) {
    answer.destroy();
    return statusCode === 304 ? { kind: 'same' } : failed(statusWords(statusCode));
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > mostBytes) return failed('it is larger than 5 MB');
      chunks.push(chunk);
    }
  } catch (error) {
    return whyOf(error, deadline);
  } finally {
    answer.destroy();
  }
  const said = (name: 'etag' | 'last-modified') => String(headers[name] ?? '').slice(0, 300);
  const text = Buffer.concat(chunks).toString('utf8');
  return { kind: 'text', text, etag: said('etag'), lastModified: said('last-modified') };
}

function statusWords(status: number): string {
  if (status === 401 || status === 403) return 'it wants a sign-in: use the secret address of the calendar';
  if (status === 404 || status === 410) return 'there is nothing at the address any more';
  return `it answered with error ${status}`;
}

function whyOf(error: unknown, deadline: AbortSignal): Fetched {
  if (deadline.aborted) return failed('it did not answer in time');
  if (error instanceof Inner) return failed('the address lies in a private network');
  const code = String((error as NodeJS.ErrnoException).code ?? '');
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return failed('no such place is known');
  if (code.includes('CERT') || code.includes('TLS') || code.includes('SSL'))
    return failed('its certificate is not trusted');
  return failed(`it could not be reached${code ? ` (${code})` : ''}`);
}
