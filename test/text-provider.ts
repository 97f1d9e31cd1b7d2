import { createHmac, randomBytes } from 'node:crypto';
import http, { type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signedText } from '../src/features/messages/receiving/rules.ts';

/** A text that the provider took. */
export type TakenText = {
  sid: string;
  to: string;
  from: string;
  body: string;
  statusUrl: string;
  status: string;
  direction: 'outbound-api' | 'inbound';
  date_created: string;
};

/** What goes wrong with the next request: an answer of this status, or a connection that ends before or after it was taken. */
export type Mishap = number | 'drop-before' | 'drop-after';

export type TextProvider = {
  url: string;
  accountSid: string;
  token: string;
  number: string;
  /** Everything that it took, in order. */
  texts: TakenText[];
  /** Requests that it saw, whatever came of them. */
  asked(): number;
  /** The next requests that send go wrong like this, one after the other. */
  next(...mishaps: Mishap[]): void;
  /** Numbers that said STOP to the provider itself. */
  optedOut: Set<string>;
  /** Tell the office what became of a text. */
  tell(text: TakenText, status: string, code?: string): Promise<number>;
  /** Someone writes to the practice's number. */
  write(hookUrl: string, text: { from: string; body: string; sid?: string }): Promise<number>;
  close(): Promise<void>;
};

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

const newSid = () => `SM${randomBytes(16).toString('hex')}`;

/** As the provider signs what it posts. */
export function signature(token: string, url: string, form: URLSearchParams): string {
  return createHmac('sha1', token).update(signedText(url, form)).digest('base64');
}

export async function post(url: string, fields: Record<string, string>, token: string): Promise<number> {
  const form = new URLSearchParams(fields);
  const headers = { 'x-twilio-signature': signature(token, url, form) };
  const answer = await fetch(url, { method: 'POST', body: form, headers });
  await answer.text();
  return answer.status;
}

/** A provider of texts that speaks as Twilio does and remembers what it took. */
export async function openTextProvider(): Promise<TextProvider> {
  const accountSid = 'AC00000000000000000000000000000001';
  const token = 'a-token-of-the-provider';
  const texts: TakenText[] = [];
  const mishaps: Mishap[] = [];
  const optedOut = new Set<string>();
  let count = 0;
  const right = `Basic ${Buffer.from(`${accountSid}:${token}`).toString('base64')}`;
  const take = (form: URLSearchParams): TakenText => {
    const said = (name: string) => form.get(name) ?? '';
    const text: TakenText = {
      ...{ sid: newSid(), to: said('To'), from: said('From'), body: said('Body') },
      ...{ statusUrl: said('StatusCallback'), status: 'queued', direction: 'outbound-api' },
      date_created: new Date().toUTCString(),
    };
    texts.push(text);
    return text;
  };
  const server = http.createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const work = async () => {
      if (request.headers.authorization !== right)
        return answer(401, { code: 20003, message: 'Authenticate' });
      if (request.method === 'GET') {
        const to = new URL(request.url ?? '', 'http://x').searchParams.get('To');
        return answer(200, { messages: texts.filter((one) => one.to === to).reverse() });
      }
      count += 1;
      const form = await readForm(request);
      const mishap = mishaps.shift();
      if (mishap === 'drop-before') return request.socket.destroy();
      if (typeof mishap === 'number') return answer(mishap, { code: mishap, message: 'not now' });
      if (optedOut.has(form.get('To') ?? '')) return answer(400, { code: 21610, message: 'unsubscribed' });
      const text = take(form);
      if (mishap === 'drop-after') return request.socket.destroy();
      return answer(201, { sid: text.sid, status: 'queued' });
    };
    work().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ accountSid, token, number: '+15185550100', texts, optedOut },
    asked: () => count,
    next: (...more) => void mishaps.push(...more),
    tell: (text, status, code = '') => {
      text.status = status;
      return post(text.statusUrl, { MessageSid: text.sid, MessageStatus: status, ErrorCode: code }, token);
    },
    write: (hookUrl, { from, body, sid = newSid() }) =>
      post(hookUrl, { MessageSid: sid, From: from, To: '+15185550100', Body: body, NumMedia: '0' }, token),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
