import fs from 'node:fs';
import path from 'node:path';

/** A second process on the same embedded store would lose data silently, so it is refused. */
export class FolderInUse extends Error {
  constructor(folder: string, pid: number) {
    super(
      `Another Frontdesk (process ${pid}) has ${folder} open. Stop it first, or set FRONTDESK_DATA to another folder.`,
    );
    this.name = 'FolderInUse';
  }
}

/** When that process started, so that a number used again is not taken for it; undefined where unknown. */
function startedAt(pid: number): string | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Take the folder for this process: a file made with O_EXCL that names it. One left by a process that is gone
 * is taken over.
 * @returns what gives it back
 * @throws FolderInUse
 */
export function lockFolder(folder: string): () => void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = path.join(folder, 'frontdesk.lock');
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = fs.openSync(file, 'wx', 0o600);
      fs.writeSync(handle, JSON.stringify({ pid: process.pid, startedAt: startedAt(process.pid) }));
      fs.closeSync(handle);
      return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      removeIfStale(file, folder);
    }
  }
  throw new FolderInUse(folder, 0);
}

function removeIfStale(file: string, folder: string): void {
  let holder: { pid?: number; startedAt?: string } = {};
  try {
    holder = JSON.parse(fs.readFileSync(file, 'utf8')) as typeof holder;
  } catch {
    // Half-written by a process that was killed in between: nobody holds it.
  }
  const { pid } = holder;
  if (pid && isAlive(pid) && startedAt(pid) === holder.startedAt) throw new FolderInUse(folder, pid);
  fs.rmSync(file, { force: true });
}
