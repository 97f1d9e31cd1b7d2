import { existsSync, rmSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/**
 * The running office takes requests of the command line on a socket in its data folder, which only its owner
 * may open: the embedded store has room for one process only, so that one does the work.
 */
const Request = z.discriminatedUnion('do', [
  z.object({ do: z.literal('backup'), file: z.string(), passphrase: z.string().min(12) }),
  z.object({ do: z.literal('let-in'), email: z.string().max(254) }),
]);
export type ControlRequest = z.infer<typeof Request>;
const Reply = z.object({ ok: z.boolean(), text: z.string() });

const socketPath = (dataFolder: string) => path.join(dataFolder, 'office.sock');

export function listenForControl(
  dataFolder: string,
  handle: (request: ControlRequest) => Promise<string>,
): net.Server {
  rmSync(socketPath(dataFolder), { force: true });
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    createInterface({ input: socket }).on('line', (line) => {
      void Promise.resolve()
        .then(() => handle(Request.parse(JSON.parse(line))))
        .then(
          (text) => ({ ok: true, text }),
          (error: unknown) => ({ ok: false, text: (error as Error).message }),
        )
        .then((reply) => socket.end(`${JSON.stringify(reply)}\n`));
    });
  });
  const before = process.umask(0o077);
  server.listen(socketPath(dataFolder));
  process.umask(before);
  return server;
}

/** Ask the running office; undefined when none is running on this folder. */
export function askOffice(dataFolder: string, request: ControlRequest): Promise<string | undefined> {
  if (!existsSync(socketPath(dataFolder))) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const socket = net.connect(socketPath(dataFolder), () => socket.write(`${JSON.stringify(request)}\n`));
    socket.on('error', () => resolve(undefined));
    createInterface({ input: socket }).on('line', (line) => {
      const reply = Reply.parse(JSON.parse(line));
      if (reply.ok) resolve(reply.text);
      else reject(new Error(reply.text));
    });
  });
}
