import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export type Process = { child: ChildProcess; url: string };

/** A real server process on the configured database; it listens on a port of its own. */
export async function startProcess(env: NodeJS.ProcessEnv): Promise<Process> {
  const script = path.join(import.meta.dirname, 'child-office.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const port = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error('The office did not start.')));
    child.stdout?.on('data', (chunk: Buffer) => {
      const found = /port (\d+)/.exec(chunk.toString());
      if (found?.[1]) resolve(found[1]);
    });
  });
  return { child, url: `http://127.0.0.1:${port}` };
}

export const ended = (child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM') =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill(signal);
  });
