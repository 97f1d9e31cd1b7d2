/** Read an strace of file calls: which writes below a folder went to a file that was opened without O_DSYNC. */
export type Writes = { synced: number; plain: string[] };

const opened = /openat\([^,]+, "([^"]+)", ([A-Z_|0-9]+).*\) = (\d+)/;
const written = /\b(?:write|pwrite64|writev|pwritev2?)\((\d+)(?:<([^>]*)>)?,/;

export function readStrace(text: string, folder: string): Writes {
  const synced = new Map<number, boolean>();
  const result: Writes = { synced: 0, plain: [] };
  for (const line of text.split('\n')) {
    const open = opened.exec(line);
    if (open?.[1]?.startsWith(folder)) synced.set(Number(open[3]), /O_DSYNC|O_SYNC/.test(open[2] ?? ''));
    const write = written.exec(line);
    const path = write?.[2];
    if (!path?.startsWith(folder)) continue;
    if (synced.get(Number(write?.[1]))) result.synced += 1;
    else result.plain.push(path.slice(folder.length));
  }
  return result;
}
