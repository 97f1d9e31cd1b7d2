import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { childProgram } from '../children.ts';

const root = path.resolve(import.meta.dirname, '../..');

export type Process = { child: ChildProcess; url: string; log(): string };

/** A real server process on the configured database, on a port of its own (or TEST_PORT); its log is kept. */
export async function startProcess(env: NodeJS.ProcessEnv): Promise<Process> {
  const script = await childProgram('test/durability/child-office.ts');
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`The office did not start: ${log.slice(-2000)}`)));
    child.stderr.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
    child.stdout.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const found = /^port (\d+)$/m.exec(log);
      if (found?.[1]) resolve(found[1]);
    });
  });
  return { child, url: `http://127.0.0.1:${port}`, log: () => log };
}

export const ended = (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM') =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
