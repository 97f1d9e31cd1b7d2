import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { ended } from './processes.ts';

/** A real nginx with the sample of this project, deploy/nginx.conf: only its places are changed. */

type Found = { nginx: string; openssl: string } | undefined;
type Send = (address: string, init: RequestInit) => Promise<Response>;

const tools = '../../scripts/parts/tools.mjs';
export const found: Found = (await import(tools)).findNginx();

const sample = path.resolve(import.meta.dirname, '../../deploy/nginx.conf');
export const name = 'office.example';

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as net.AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** The sample with other places; each of them has to stand in it. */
function moved(places: Record<string, string>): string {
  let text = readFileSync(sample, 'utf8');
  for (const [from, to] of Object.entries(places)) {
    if (!text.includes(from)) throw new Error(`deploy/nginx.conf does not say ${from}.`);
    text = text.replaceAll(from, to);
  }
  return text;
}

/** What a distribution's own nginx.conf says around the sample. */
function around(folder: string): string {
  const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return [
    // Its folder is ours alone; root's workers would become nobody.
    ...(process.getuid?.() === 0 ? ['user root;'] : []),
    `daemon off; worker_processes 2; pid ${folder}/pid; error_log ${folder}/start.log warn;`,
    'events { worker_connections 512; }',
    `http { ${kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(' ')}`,
    `include ${folder}/frontdesk.conf; }`,
  ].join('\n');
}

export function certify(openssl: string, folder: string): string {
  const files = ['-keyout', `${folder}/key.pem`, '-out', `${folder}/certificate.pem`];
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const said = spawnSync(openssl, ['req', '-x509', ...kind, ...files, ...names], { encoding: 'utf8' });
  if (said.status !== 0) throw new Error(`openssl: ${said.stderr}`);
  return readFileSync(`${folder}/certificate.pem`, 'utf8');
}

/** A desk’s way to send: by TLS trusting this certificate, from an own address on loopback where it has one. */
function sender(ca: string, localAddress?: string): Send {
  const from = localAddress ? { localAddress } : {};
  const agent = new https.Agent({ ca, servername: name, keepAlive: true, ...from });
  return (address, init) =>
    new Promise((resolve, reject) => {
      const url = new URL(address);
      const body = init.body ? String(init.body) : '';
      const headers = {
        ...Object.fromEntries(new Headers(init.headers)),
        host: `${name}:${url.port}`,
        ...(body ? { 'content-length': Buffer.byteLength(body) } : {}),
      };
      const asked = { method: init.method ?? 'GET', headers, signal: init.signal ?? undefined };
      const request =
        url.protocol === 'https:'
          ? https.request(url, { ...asked, agent })
          : http.request(url, { ...asked, ...from });
      request.once('error', reject);
      request.once('response', (answer) => {
        resolve(responseOf(answer, answer.statusCode, answer.headersDistinct));
      });
      request.end(body);
    });
}

/** As a browser sends: by HTTP/2. */
function browser(ca: string): Send {
  return (address, init) =>
    new Promise((resolve, reject) => {
      const url = new URL(address);
      const session = http2.connect(url, { ca, servername: name });
      session.once('error', reject);
      const headers = {
        ...Object.fromEntries(new Headers(init.headers)),
        ':method': init.method ?? 'GET',
        ':path': url.pathname,
        ':authority': `${name}:${url.port}`,
      };
      const stream = session.request(headers, { signal: init.signal ?? undefined });
      stream.once('error', reject);
      stream.once('close', () => session.close());
      stream.once('response', ({ ':status': status, ...told }) => resolve(responseOf(stream, status, told)));
      stream.end(init.body ? String(init.body) : undefined);
    });
}

type Told = Record<string, string | string[] | undefined>;

function responseOf(from: Readable, status: number | undefined, told: Told): Response {
  const headers = new Headers();
  for (const [key, values] of Object.entries(told))
    for (const value of [values ?? []].flat()) headers.append(key, value);
  return new Response(Readable.toWeb(from) as ReadableStream, { status: status ?? 0, headers });
}

export type Nginx = {
  url: string;
  /** Where it tells desks to come by TLS. */
  plainUrl: string;
  send: Send;
  /** Send as a browser does, by HTTP/2. */
  browse: Send;
  /** Send as a desk with this address on loopback (any of 127.0.0.0/8 on Linux). */
  sendFrom(address: string): Send;
  /** Everything that it logged. */
  log(): string;
  stop(): Promise<void>;
};

/** nginx before processes on these two ports. */
export async function startNginx(ports: readonly [number, number]): Promise<Nginx> {
  if (!found) throw new Error('There is no nginx here.');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-nginx-'));
  const ca = certify(found.openssl, folder);
  const [plain, secure] = [await freePort(), await freePort()];
  const places = {
    '127.0.0.1:4601': `127.0.0.1:${ports[0]}`,
    '127.0.0.1:4602': `127.0.0.1:${ports[1]}`,
    'listen 80;': `listen 127.0.0.1:${plain};`,
    'listen 443 ssl': `listen 127.0.0.1:${secure} ssl`,
    '/etc/ssl/frontdesk/': `${folder}/`,
    '/var/log/nginx/': `${folder}/`,
  };
  writeFileSync(path.join(folder, 'frontdesk.conf'), moved(places));
  writeFileSync(path.join(folder, 'nginx.conf'), around(folder));
  const files = ['-p', folder, '-c', `${folder}/nginx.conf`, '-e', `${folder}/start.log`];
  const child = spawn(found.nginx, files, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const logs = ['frontdesk.access.log', 'frontdesk.error.log', 'start.log'];
  const nginx = {
    url: `https://127.0.0.1:${secure}`,
    plainUrl: `http://127.0.0.1:${plain}`,
    send: sender(ca),
    browse: browser(ca),
    sendFrom: (address: string) => sender(ca, address),
    log: () => logs.map((one) => readFileSync(path.join(folder, one), 'utf8')).join('\n'),
    stop: async () => {
      await ended(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (let tries = 0; ; tries++) {
    if (child.exitCode !== null || tries > 200) throw new Error(`nginx did not start: ${said}`);
    // Answered by nginx itself: the processes may come later.
    if (await nginx.send(nginx.plainUrl, {}).catch(() => undefined)) return nginx;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
