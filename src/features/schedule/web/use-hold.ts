import { useEffect, useRef, useState } from 'react';
import { call } from '../../../platform/web/call.ts';
import { holdOpening, keepHold, releaseHold } from '../holds/api.ts';
import type { Hold, HoldOpening } from '../holds/schema.ts';
import { wordsOf } from './refusals.ts';

/** Who types a name and books is quicker than this, and costs nobody a refresh; who talks is not. */
const restMs = 3000;

export type WantedHold = Omit<HoldOpening, 'replaces'>;

/**
 * Holds the time that a form stands on, while it stands there: another time gives the first up, closing the form
 * gives it back, and one that is forgotten is over by itself. One request after the other, so that none overtakes.
 */
class Holder {
  hold: Hold | undefined;
  note = '';
  private line: Promise<unknown> = Promise.resolve();
  private left = false;
  private readonly changed: () => void;

  constructor(hold: Hold | undefined, changed: () => void) {
    this.hold = hold;
    this.changed = changed;
  }

  private inLine(work: () => Promise<void>): void {
    this.line = this.line.then(work, work);
  }

  want(wanted: WantedHold): void {
    this.inLine(async () => {
      if (this.left) return;
      const replaces = this.hold?.holdId;
      try {
        const { hold } = await call(holdOpening, { body: { ...wanted, ...(replaces ? { replaces } : {}) } });
        [this.hold, this.note] = [hold, ''];
      } catch (error) {
        this.note = wordsOf(error);
      }
      this.changed();
    });
  }

  keep(): void {
    this.inLine(async () => {
      const id = this.hold?.holdId;
      if (!id) return;
      try {
        this.hold = (await call(keepHold, { params: { id } })).hold;
      } catch {
        [this.hold, this.note] = [
          undefined,
          'The time was freed meanwhile; booking tells whether it still is.',
        ];
      }
      this.changed();
    });
  }

  /** What is held once nothing is on the way any more. */
  async settled(): Promise<string | undefined> {
    await this.line;
    return this.hold?.holdId;
  }

  /** Booked: it gave its time to the visit. */
  taken(): void {
    this.left = true;
    this.hold = undefined;
  }

  leave(): void {
    if (this.left) return;
    this.left = true;
    this.inLine(async () => {
      const id = this.hold?.holdId;
      this.hold = undefined;
      if (id) await call(releaseHold, { params: { id } }).catch(() => undefined);
    });
  }
}

/** @param wanted what the form stands on; undefined while it is not a place yet */
export function useHold(
  wanted: WantedHold | undefined,
  { hold: start, picked }: { hold?: Hold; picked?: boolean },
) {
  const [, redraw] = useState(0);
  const holder = useRef<Holder>(undefined);
  const key = wanted ? JSON.stringify(wanted) : '';
  const first = useRef(start ? key : '');
  useEffect(() => {
    const own = new Holder(start, () => redraw((count) => count + 1));
    holder.current = own;
    return () => own.leave();
  }, [start]);
  useEffect(() => {
    // What was held before the form opened is this very place
    if (key === '' || key === first.current) return;
    const rest = picked && !holder.current?.hold ? 0 : restMs;
    const timer = setTimeout(() => holder.current?.want(JSON.parse(key)), rest);
    return () => clearTimeout(timer);
  }, [key, picked]);
  return {
    hold: holder.current?.hold,
    note: holder.current?.note ?? '',
    keep: () => holder.current?.keep(),
    settled: () => holder.current?.settled() ?? Promise.resolve(undefined),
    taken: () => holder.current?.taken(),
    /** Given back though the form goes on. */
    free: async () => {
      holder.current?.leave();
      await holder.current?.settled();
    },
  };
}
