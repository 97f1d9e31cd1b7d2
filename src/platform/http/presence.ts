/** A desk that has a record open. Ids, a colleague's name and times; nothing of the record. */
export type Presence = {
  accountId: string;
  staffId: string;
  name: string;
  kind: string;
  id: string;
  editing: boolean;
  sinceMs: number;
};

/** What one process tells another: a tab has something open, or nothing any more. */
export type PresenceNotice = { practiceId: string; tab: string; present: Presence | null };

type Kept = Presence & { practiceId: string; heardAtMs: number };

/** A tab says every 25 seconds that it is still there; one that fell silent is gone after this. */
const silentMs = 70_000;
const sweepEveryMs = 5000;
const mostTabs = 5000;

type Ways = {
  /** A record of which the presence changed: its desks ask again. */
  tellDesks(practiceId: string, id: string): void;
  /** Other processes on the same database. */
  tellOthers?(notice: PresenceNotice): void;
};

/**
 * Who has which record open, in memory and never in the database: it is of use for minutes, and stands in no backup. A
 * desk says so itself, and in the same answer hears who else has that record open; only who may see the record may ask.
 */
export class PresenceHub {
  silentMs = silentMs;
  private readonly tabs = new Map<string, Kept>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly ways: Ways) {
    this.timer = setInterval(() => this.sweep(), sweepEveryMs);
    this.timer.unref();
  }

  /** @param present null: the tab shows nothing any more */
  announce(practiceId: string, tab: string, present: Presence | null): void {
    const notice = { practiceId, tab, present };
    const known = this.keep(notice);
    // Others need to hear that it is still there as well.
    if (present || known) this.ways.tellOthers?.(notice);
  }

  /** What another process was told. */
  hear(notice: PresenceNotice): void {
    this.keep(notice);
  }

  /** Who else has it open, each colleague once: editing before looking, then whoever came first. */
  othersAt(
    practiceId: string,
    { accountId, kind, id }: Pick<Presence, 'accountId' | 'kind' | 'id'>,
  ): Presence[] {
    const here = [...this.tabs.values()].filter(
      (one) =>
        one.practiceId === practiceId && one.kind === kind && one.id === id && one.accountId !== accountId,
    );
    const first = here.sort((a, b) => Number(b.editing) - Number(a.editing) || a.sinceMs - b.sinceMs);
    return first.filter((one, at) => first.findIndex((other) => other.accountId === one.accountId) === at);
  }

  close(): void {
    clearInterval(this.timer);
  }

  sweep(): void {
    const oldest = Date.now() - this.silentMs;
    for (const [key, one] of this.tabs) {
      if (one.heardAtMs >= oldest) continue;
      this.tabs.delete(key);
      this.ways.tellDesks(one.practiceId, one.id);
    }
  }

  /** @returns whether the tab was known */
  private keep({ practiceId, tab, present }: PresenceNotice): boolean {
    const key = `${practiceId} ${tab}`;
    const before = this.tabs.get(key);
    if (present && (before || this.tabs.size < mostTabs))
      this.tabs.set(key, { ...present, practiceId, heardAtMs: Date.now() });
    else this.tabs.delete(key);
    const stays = before?.id === present?.id && before?.kind === present?.kind;
    if (before && !stays) this.ways.tellDesks(practiceId, before.id);
    if (present && (!before || !stays || before.editing !== present.editing))
      this.ways.tellDesks(practiceId, present.id);
    return before !== undefined;
  }
}
