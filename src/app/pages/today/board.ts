import * as marks from '../../../features/tasks/marks/queries.ts';
import { dutyKey } from '../../../features/tasks/marks/rules.ts';
import type { DutyMark } from '../../../features/tasks/marks/schema.ts';
import { nextTurnOf, type Roster, readRoster } from '../../../features/team/owners/queries.ts';
import type { Duty, DutyContext, DutySource, Permission } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import type { Touch, Tx } from '../../../platform/db/transaction.ts';
import { startOfDay } from './today-rules.ts';

/** A duty with what every answer needs of it, worked out once. */
export type Owed = { duty: Duty; key: string; dueMs: number; permission: string; ownerRole: string | null };

/** What one part of the list gave when it was last asked. */
type Piece = {
  permission: string;
  owed: readonly Owed[];
  done: readonly { staffId: string | null; count: number }[];
  marks: readonly DutyMark[];
  /** Who works here and who is away: whose a duty is. */
  roster: Roster | null;
  nextChangeAt: Date | null;
  loadedAt: Date;
};

/** Everything owed in a practice, before anyone's permissions are looked at. */
export type BoardRead = {
  pieces: readonly Piece[];
  /** Another number, another list. */
  generation: number;
  /** When time alone changes it, or a fresher one may be had. */
  askAgainAt: Date | null;
};

type Loaded = Partial<Pick<Piece, 'owed' | 'done' | 'marks' | 'roster' | 'nextChangeAt'>>;
type Part = {
  permission: string;
  topics: readonly string[];
  load(db: Db, context: DutyContext): Promise<Loaded>;
};

type Board = {
  pieces: Map<Part, Piece>;
  stale: Set<Part>;
  loading: Promise<void> | undefined;
  generation: number;
  /** On the computer's own clock: the office's may stand still. */
  loadedAtMs: number;
};

const day = 86_400_000;
/** Believed no longer than this, whatever was heard of other processes. */
const oldestMs = 60_000;

function asOwed(duty: Duty, { permission, ownerRole = undefined }: DutySource): Owed {
  return {
    ...{ duty, permission, key: dutyKey(duty), dueMs: Date.parse(duty.dueAt) },
    ownerRole: duty.ownerRole ?? ownerRole ?? null,
  };
}

function partOf(source: DutySource): Part {
  return {
    permission: source.permission,
    topics: source.topics,
    load: async (db, context) => ({
      owed: (await source.list(db, context)).map((duty) => asOwed(duty, source)),
      nextChangeAt: await source.nextChangeAt(db, context),
      done: (await source.countDone?.(db, startOfDay(context.now, context.practiceTimeZone))) ?? [],
    }),
  };
}

const marksPart: Part = {
  permission: 'duties.see',
  topics: ['duty-marks'],
  load: async (db, { now }) => {
    const list = await marks.listMarks(db, new Date(now.getTime() - 60 * day));
    const wakes = list.flatMap((mark) => (mark.snoozedUntil ? [Date.parse(mark.snoozedUntil)] : []));
    const next = Math.min(...wakes.filter((at) => at > now.getTime()));
    return { marks: list, nextChangeAt: Number.isFinite(next) ? new Date(next) : null };
  },
};

const rosterPart: Part = {
  permission: 'duties.see',
  topics: ['practice', 'team'],
  load: async (db, { now }) => {
    const roster = await readRoster(db, now);
    return { roster, nextChangeAt: nextTurnOf(roster, now) };
  },
};

/**
 * What is owed, kept in memory per practice, so that forty desks cost one refresh and not forty. A touched topic
 * makes only the sources stale that name it; time does, by their `nextChangeAt`. The first desk that asks loads
 * within its own transaction, the others wait for it. Under a storm of touches it loads once in `paceMs`, and
 * the answer says when to ask again.
 */
export class TodayBoard {
  paceMs = 1000;
  private readonly parts: readonly Part[];
  private readonly boards = new Map<string, Board>();

  /** @param catalog of permissions: a duty is only theirs who may see it */
  constructor(
    sources: readonly DutySource[],
    readonly catalog: readonly Permission[],
  ) {
    this.parts = [...sources.map(partOf), marksPart, rosterPart];
  }

  /** Called after every commit, before the desks are told of it. */
  touched(touches: readonly Touch[]): void {
    for (const { practiceId, topic } of touches) {
      const board = this.boards.get(practiceId);
      for (const part of this.parts) if (part.topics.includes(topic)) board?.stale.add(part);
    }
  }

  /** Touches may have been missed: everything is asked for anew. */
  forget(): void {
    for (const board of this.boards.values()) for (const part of this.parts) board.stale.add(part);
  }

  async read(tx: Tx, practiceTimeZone: string): Promise<BoardRead> {
    const board = this.boardOf(tx.practiceId);
    const context = { now: tx.now, practiceTimeZone };
    if (!board.loading && this.mayLoad(board, context.now)) {
      board.loading = this.load(board, tx.db, context).finally(() => {
        board.loading = undefined;
      });
    }
    await board.loading;
    // What was touched while another desk loaded is not in what it found: once more, unless that is too soon.
    if (this.mayLoad(board, context.now)) return this.read(tx, practiceTimeZone);
    return this.answer(board, context.now);
  }

  private boardOf(practiceId: string): Board {
    const known = this.boards.get(practiceId);
    if (known) return known;
    const made: Board = {
      pieces: new Map(),
      stale: new Set(this.parts),
      loading: undefined,
      generation: 0,
      loadedAtMs: Number.NEGATIVE_INFINITY,
    };
    this.boards.set(practiceId, made);
    return made;
  }

  private staleParts(board: Board, now: Date): Part[] {
    return this.parts.filter((part) => {
      const piece = board.pieces.get(part);
      if (!piece || board.stale.has(part)) return true;
      return changesAt(piece) <= now.getTime() || now.getTime() - piece.loadedAt.getTime() > oldestMs;
    });
  }

  private mayLoad(board: Board, now: Date): boolean {
    if (performance.now() - board.loadedAtMs < this.paceMs) return false;
    return this.staleParts(board, now).length > 0;
  }

  private async load(board: Board, db: Db, context: DutyContext): Promise<void> {
    const wanted = this.staleParts(board, context.now);
    for (const part of wanted) board.stale.delete(part);
    try {
      for (const part of wanted) {
        const loaded = await part.load(db, context);
        board.pieces.set(part, {
          permission: part.permission,
          owed: [],
          done: [],
          marks: [],
          roster: null,
          nextChangeAt: null,
          ...loaded,
          loadedAt: context.now,
        });
      }
      board.loadedAtMs = performance.now();
      board.generation += 1;
    } catch (error) {
      for (const part of wanted) board.stale.add(part);
      throw error;
    }
  }

  private answer(board: Board, now: Date): BoardRead {
    const pieces = [...board.pieces.values()];
    const moments = pieces.map(changesAt).filter(Number.isFinite);
    if (this.staleParts(board, now).length > 0) moments.push(now.getTime() + this.paceMs);
    const { generation } = board;
    return { pieces, generation, askAgainAt: moments.length > 0 ? new Date(Math.min(...moments)) : null };
  }
}

/** A source that names a moment already past would be asked for ever: it waits for the oldest age instead. */
function changesAt(piece: Piece): number {
  const ms = piece.nextChangeAt?.getTime();
  return ms !== undefined && ms > piece.loadedAt.getTime() ? ms : Number.POSITIVE_INFINITY;
}
