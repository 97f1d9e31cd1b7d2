import type { AuditedRead } from '../db/transaction.ts';

const idsPerSession = 5000;
const sessionsKept = 500;

/**
 * What each session was shown and audited for already. A live refresh of the same rows is not a new look, so
 * it makes no record; a row that it shows for the first time does. Kept in memory: after a restart the first
 * refresh is recorded again, never the other way round.
 */
export class SeenReads {
  private readonly bySession = new Map<string, Set<string>>();

  /** Drop from a live refresh what this session saw before; remember the rest. */
  filter(sessionId: string, reads: AuditedRead[], live: boolean): AuditedRead[] {
    const seen = this.of(sessionId);
    const fresh: AuditedRead[] = [];
    for (const read of reads) {
      const { action, subjectKind, subjectIds } = read.entry;
      const unseen = subjectIds.filter((id) => !seen.has(`${action} ${subjectKind} ${id}`));
      if (live && unseen.length === 0) continue;
      for (const id of unseen) seen.add(`${action} ${subjectKind} ${id}`);
      fresh.push(live ? { ...read, entry: { ...read.entry, subjectIds: unseen } } : read);
    }
    if (seen.size > idsPerSession) this.bySession.delete(sessionId);
    return fresh;
  }

  private of(sessionId: string): Set<string> {
    const known = this.bySession.get(sessionId);
    if (known) return known;
    if (this.bySession.size >= sessionsKept) {
      const oldest = this.bySession.keys().next().value;
      if (oldest) this.bySession.delete(oldest);
    }
    const made = new Set<string>();
    this.bySession.set(sessionId, made);
    return made;
  }
}
