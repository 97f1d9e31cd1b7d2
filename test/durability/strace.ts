/** Read an strace of file calls: which writes below a folder went to a file that was opened without O_DSYNC. */
export type Writes = { synced: number; plain: string[] };

const opened = /openat\([^,]+, "([^"]+)", ([A-Z_|0-9]+).*\) += (\d+)/;
const written = /\b(?:write|pwrite64|writev|pwritev2?)\((\d+)(?:<([^>]*)>)?,/;

export function readStrace(text: string, folder: string): Writes {
  const synced = new Map<number, boolean>();
  const result: Writes = { synced: 0, plain: [] };
  for (const line of wholeCalls(text)) {
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

const unfinished = /^(\d+) (.*) <unfinished \.\.\.>$/;
const resumed = /^(\d+) +<\.\.\. \w+ resumed>(.*)$/;

/** A call that another thread came between stands on two lines: put together again. */
function wholeCalls(text: string): string[] {
  const begun = new Map<string, string>();
  return text.split('\n').flatMap((line) => {
    const [, pid = '', start] = unfinished.exec(line.replace(/^(\d+) +/, '$1 ')) ?? [];
    if (start !== undefined) {
      begun.set(pid, start);
      return [];
    }
    const [, by = '', rest] = resumed.exec(line) ?? [];
    return [rest === undefined ? line : `${by} ${begun.get(by) ?? ''}${rest}`];
  });
}
