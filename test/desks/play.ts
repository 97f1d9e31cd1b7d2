import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Session } from '../../src/features/schedule/groups/schema.ts';
import type { PlaceResult } from '../../src/features/schedule/series/schema.ts';
import { readVisit } from '../../src/features/schedule/visits/api.ts';
import { Visit } from '../../src/features/schedule/visits/schema.ts';
import type { Random } from '../../src/platform/random.ts';
import type { Desk, TestOffice } from '../office.ts';
import type { TestSchedule } from '../practice.ts';

/** What the desks of one seed did and were answered: ids and kinds only. */

type Body = {
  visit?: Visit;
  session?: Session;
  seriesId?: string;
  places?: PlaceResult[];
  error?: string;
  message?: string;
  current?: unknown;
};
export type Answer = { status: number; headers: Headers; body: Body };
export type Ask = (key: string) => Promise<Answer>;

export type Write = {
  desk: number;
  kind: string;
  subjectId: string;
  /** The version that the desk saw, where it named one. */
  saw: number | null;
  status: number;
  /** `conflict`, `stale` …; empty of what went well */
  error: string;
  /** Of every time that this was sent with its one key. */
  requestIds: string[];
  /** As it was answered. */
  visit: Visit | null;
};

/** What all desks see, and what they did. */
export type Board = {
  plan: TestSchedule;
  visits: Map<string, Visit>;
  series: Set<string>;
  sessions: Set<string>;
  /** Booked by a write that booked several. */
  along: { visitId: string; patientId: string }[];
  writes: Write[];
  /** Acknowledged writes with their keys, to be sent again. */
  sent: { desk: number; kind: string; ask: Ask; key: string; body: Body }[];
  /** Request ids of repeats: they may change nothing. */
  repeats: string[];
  complaints: string[];
};

export type Turn = { nth: number; desk: Desk; random: Random; board: Board };
export type Move = (turn: Turn) => Promise<void>;
type Asked = { kind: string; subjectId: string; saw?: number; ask: Ask };

export function openBoard(plan: TestSchedule): Board {
  const none = { writes: [], sent: [], repeats: [], complaints: [], along: [] };
  return { plan, visits: new Map(), series: new Set(), sessions: new Set(), ...none };
}

/** What may be answered to somebody who did nothing wrong but came second, or may not. */
const refusals = new Map([
  ['not-permitted', 403],
  ['not-found', 404],
  ['conflict', 409],
  ['stale', 409],
]);
/** The database had to say what the rules, under their locks, should have said before it. */
const lateWords = /a moment ago|is there already|is not here\. Reload/;

function complain(board: Board, { kind, subjectId }: Asked, { status, body }: Answer): void {
  if (status === 200) return;
  if (refusals.get(body.error ?? '') !== status || !body.message)
    board.complaints.push(`${kind} of ${subjectId} was answered ${status} ${body.error}`);
  if (lateWords.test(body.message ?? ''))
    board.complaints.push(`${kind} of ${subjectId} was refused by the database: ${body.message}`);
}

function see(board: Board, visit: Visit | undefined): void {
  if (!visit || visit.version < (board.visits.get(visit.visitId)?.version ?? 0)) return;
  // The latest stands last: desks go on with what just changed.
  board.visits.delete(visit.visitId);
  board.visits.set(visit.visitId, visit);
}

const idOf = (answer: Answer) => answer.headers.get('x-request-id') ?? '';

/** Today and tomorrow, a time over noon, one on a Friday, one of yesterday. */
const times = [
  ...['09:00', '09:15', '09:30', '09:45', '10:00', '10:15', '10:30', '11:00'].map((time) => `04T${time}`),
  ...['09:00', '09:15', '09:30', '10:00'].map((time) => `05T${time}`),
  ...['04T11:50', '06T11:00', '03T10:00'],
];
export const startOf = (random: Random) => `2026-03-${random.pick(times)}:00-05:00`;

export const override = (random: Random, chance = 0.3) =>
  random.chance(chance) ? { overrideReason: 'The office decided so' } : {};

/** See a visit that came with others. */
export async function learn({ desk, board }: Turn, visitId: string): Promise<void> {
  const { status, body } = await desk.ask(readVisit, { params: { id: visitId } });
  if (status === 200) see(board, body.visit);
}

/** One write, now and then sent twice at once with its one key. */
export async function write({ nth, random, board }: Turn, asked: Asked): Promise<Answer> {
  const key = randomUUID();
  const twice = random.chance(0.08);
  const answers = await Promise.all(Array.from({ length: twice ? 2 : 1 }, () => asked.ask(key)));
  for (const answer of answers) complain(board, asked, answer);
  const done = answers.filter((one) => one.status === 200);
  const [first, second] = done;
  if (first && second && !isDeepStrictEqual(first.body, second.body))
    board.complaints.push(`${asked.kind} of ${asked.subjectId} sent twice at once was answered differently`);
  const answer = first ?? answers[0];
  if (!answer) throw new Error('A write is answered.');
  const { status, body } = answer;
  const visit = status === 200 ? (body.visit ?? null) : null;
  const subjectId = visit?.visitId ?? body.seriesId ?? body.session?.sessionId ?? asked.subjectId;
  const requestIds = answers.map(idOf);
  const { kind, saw = null } = asked;
  board.writes.push({ desk: nth, kind, subjectId, saw, status, error: body.error ?? '', requestIds, visit });
  if (status === 200) board.sent.push({ desk: nth, kind: asked.kind, ask: asked.ask, key, body });
  see(board, visit ?? Visit.safeParse(body.current).data);
  return answer;
}

/** An earlier write of this desk again, as after an answer that was lost: told as the first time, done once. */
export const repeat: Move = async ({ nth, random, board }) => {
  const own = board.sent.filter((one) => one.desk === nth);
  if (own.length === 0) return;
  const { kind, ask, key, body } = random.pick(own);
  const answer = await ask(key);
  board.repeats.push(idOf(answer));
  const same = answer.status === 200 && isDeepStrictEqual(answer.body, body);
  if (!same || answer.headers.get('idempotent-replay') !== 'true')
    board.complaints.push(`a repeated ${kind} was answered ${answer.status}, not as the first time`);
};

type Played = {
  office: TestOffice;
  desks: readonly Desk[];
  board: Board;
  turns: number;
  randomOf(nth: number): Random;
  chooseMove(random: Random): Move;
};

/** All desks at once, each taking its next turn when the last one is answered. */
export async function play({ office, desks, board, turns, randomOf, chooseMove }: Played): Promise<void> {
  await Promise.all(
    desks.map(async (desk, nth) => {
      const random = randomOf(nth);
      for (let done = 0; done < turns; done++) {
        await chooseMove(random)({ nth, desk, random, board });
        // Often several things happen in one instant
        if (random.chance(0.4)) office.clock.advance(random.between(1, 20_000));
      }
    }),
  );
}

/** The story of a failed seed. */
export function storyOf({ writes }: Board): string {
  const lines = writes.map(
    (one) =>
      `desk ${one.desk}: ${one.kind} ${one.subjectId} v${one.saw ?? '-'} -> ${one.status} ${one.error} v${one.visit?.version ?? '-'}`,
  );
  return lines.join('\n');
}
