import type { Session } from '../../../../platform/session/session.ts';

type Who = Pick<Session, 'practiceId' | 'accountId'>;

const most = 20_000;

/** A map that forgets what was put in first. */
class Latest<V> {
  private readonly kept = new Map<string, V>();

  get(key: string): V | undefined {
    return this.kept.get(key);
  }

  set(key: string, value: V): void {
    this.kept.delete(key);
    this.kept.set(key, value);
    if (this.kept.size <= most) return;
    const [oldest] = this.kept.keys();
    if (oldest !== undefined) this.kept.delete(oldest);
  }
}

const minuteMs = 60_000;

/**
 * Who had a reason to look at whom today, in this process: asked of the database once a person and a day. Only a
 * yes is kept, and none of it opens what is restricted.
 */
export class Admitted {
  private readonly days = new Latest<string>();
  private readonly people = new Latest<string>();
  private readonly noted = new Latest<number>();

  has(who: Who, patientId: string, today: string): boolean {
    return this.days.get(`${who.practiceId} ${who.accountId} ${patientId}`) === today;
  }

  note(who: Who, patientId: string, today: string): void {
    this.days.set(`${who.practiceId} ${who.accountId} ${patientId}`, today);
  }

  /** Whose a visit or a task is, once that was read; a merge gives it to the survivor, who is asked for anew. */
  personOf(who: Who, id: string): string | undefined {
    return this.people.get(`${who.practiceId} ${id}`);
  }

  notePerson(who: Who, id: string, patientId: string): void {
    this.people.set(`${who.practiceId} ${id}`, patientId);
  }

  /** Whether this was not noted of them within a minute; then it is now. */
  isNew(who: Who, what: string, at: Date): boolean {
    const key = `${who.practiceId} ${who.accountId} ${what}`;
    const before = this.noted.get(key);
    if (before !== undefined && at.getTime() - before < minuteMs) return false;
    this.noted.set(key, at.getTime());
    return true;
  }
}
