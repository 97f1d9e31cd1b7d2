/** When the packet is due, what its files are called, and what went wrong in words. Pure. */

/** One for each first day that it holds: written again it replaces the one of before. */
export function packetName(firstDate: string, practiceId: string): string {
  return `downtime-${firstDate}-${practiceId.slice(-8)}.pdf`;
}

export function isPacketName(name: string, practiceId: string): boolean {
  return /^downtime-\d{4}-\d\d-\d\d-/.test(name) && name.endsWith(`-${practiceId.slice(-8)}.pdf`);
}

/** The oldest beyond those that stay; names sort as their dates do. */
export function toRemove(names: readonly string[], keep: number): string[] {
  return [...names].sort().reverse().slice(keep);
}

type Due = { enabled: boolean; atLocal: string; writtenFor: string | null };

/** Due from its time on until the evening's is written, also when the office was off at that time. */
export function isDue({ enabled, atLocal, writtenFor }: Due, today: string, timeNow: string): boolean {
  return enabled && timeNow >= atLocal && (writtenFor === null || writtenFor < today);
}

const faults: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'the office may not write into the folder',
  EPERM: 'the office may not write into the folder',
  EROFS: 'the folder can only be read',
  ENOENT: 'the folder is not there',
  ENOTDIR: 'the folder is not there',
};

/** Why writing failed, as the office says it. */
export function faultText(code: string | undefined): string {
  return (code && faults[code]) ?? `writing failed${code ? ` (${code})` : ''}`;
}
