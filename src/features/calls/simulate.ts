import type { RoleKey } from '../../platform/contributions.ts';
import type { Actor, Tx } from '../../platform/db/transaction.ts';
import { type Random, seeded } from '../../platform/random.ts';
import { listPeople } from '../patients/queries.ts';
import { finishCall, recordTry, takeCall } from './commands.ts';
import type { CallerKind } from './schema.ts';

const minuteMs = 60_000;

/**
 * How calls fall on the hours of a working day, of a hundred: most when the lines open and after lunch
 * (two to three physicians get 80 to 150 a day, twice as many in the first hours).
 */
export const callsByHour: readonly (readonly [hour: number, share: number])[] = [
  ...([
    [8, 17],
    [9, 18],
    [10, 13],
    [11, 10],
  ] as const),
  ...([
    [12, 5],
    [13, 12],
    [14, 10],
    [15, 8],
    [16, 7],
  ] as const),
];

/** What is forgotten is found the same morning. */
const lostHours = 4;

type Invented = { reason: string; texts: readonly string[]; share: number; kind?: CallerKind; role: RoleKey };

const invented: readonly Invented[] = [
  {
    ...{ reason: 'appointment', share: 34, role: 'secretary' },
    texts: [
      'Wants to move the visit to next week',
      'Asks for the earliest time',
      'Is running late',
      'Cancels, will call again',
    ],
  },
  {
    ...{ reason: 'refill', share: 18, role: 'nurse' },
    texts: [
      'Refill of lisinopril 10 mg',
      'Refill of metformin, two days left',
      'Pharmacy did not get the prescription',
    ],
  },
  {
    reason: 'results',
    share: 12,
    role: 'nurse',
    texts: ['Asks for the lab results', 'Has the X-ray been read?'],
  },
  {
    ...{ reason: 'question', share: 12, role: 'nurse' },
    texts: [
      'Rash since yesterday, no fever',
      'May she take the tablets with food?',
      'Wound is red at the edge',
      'Had chest pain on the stairs yesterday',
    ],
  },
  {
    reason: 'referral',
    share: 7,
    role: 'secretary',
    texts: ['Asks whether the referral was sent', 'Needs a referral to the eye doctor'],
  },
  {
    reason: 'billing',
    share: 8,
    role: 'biller',
    texts: ['Does not understand the statement', 'Has a new insurance card'],
  },
  { reason: 'records', share: 5, role: 'secretary', texts: ['Needs a school form', 'Asks for the records'] },
  {
    reason: 'other',
    share: 2,
    role: 'secretary',
    kind: 'vendor',
    texts: ['Offers toner', 'Wants to show a new scale'],
  },
  { reason: 'other', share: 2, role: 'secretary', kind: 'payer', texts: ['Claim needs the operative note'] },
];

const strangers = ['Mr. Haskell', 'a Ms. Ortega', 'Dana from the mill', 'Quinn'];

function pickShare<T extends { share: number }>(random: Random, list: readonly T[]): T {
  let left = random.below(list.reduce((sum, one) => sum + one.share, 0));
  for (const one of list) {
    left -= one.share;
    if (left < 0) return one;
  }
  return random.pick(list);
}

function pickMinute(random: Random): number {
  const { hour } = pickShare(
    random,
    callsByHour.map(([hour, share]) => ({ hour, share })),
  );
  return hour * 60 + random.below(60);
}

type CallDay = {
  /** midnight of the day at the practice */
  startMs: number;
  /** nothing is played after it */
  untilMs: number;
  count: number;
  patientIds: readonly string[];
  players: Record<'secretary' | 'nurse' | 'physician', Actor>;
  today: string;
};

/** The calls of a day, taken and mostly answered; of what is still open some is late. */
export async function playCalls(tx: Tx, seed: string, day: CallDay): Promise<void> {
  const { startMs, untilMs, players } = day;
  const random = seeded(seed, 'calls', day.today);
  const people = await listPeople(tx.db, [...new Set(day.patientIds)].slice(0, 200), day.today);
  people.sort((one, other) => (one.mrn < other.mrn ? -1 : 1));
  const adults = people.filter((one) => (one.age ?? 0) >= 18);
  const minutes = Array.from({ length: day.count }, () => pickMinute(random)).sort(
    (one, other) => one - other,
  );
  const started = { now: tx.now, actor: tx.actor };
  for (const minute of minutes) {
    const atMs = startMs + minute * minuteMs + random.below(60) * 1000;
    const { reason, kind, role, texts } = pickShare(random, invented);
    const person = adults.length > 0 && !kind ? random.pick(adults) : undefined;
    const isPromised = random.chance(reason === 'appointment' ? 0.25 : 0.85);
    const answered = random.between(6, 140);
    const plan = {
      text: random.pick(texts),
      promise: random.between(45, 150),
      tries: random.chance(0.2),
      lost: random.chance(0.25),
    };
    const stranger = random.pick(strangers);
    if (atMs > untilMs) continue;
    tx.now = new Date(atMs);
    tx.actor = players.secretary;
    const call = await takeCall(tx, {
      callerKind: kind ?? 'patient',
      callerName: person ? '' : stranger,
      callbackPhone: person?.phone ?? `(518) 555-01${String(random.below(100)).padStart(2, '0')}`,
      patientId: person?.patientId ?? null,
      reason,
      text: plan.text,
      identity: person ? { state: 'verified', identifiers: ['born-on', 'phone'] } : undefined,
      promisedAt: isPromised ? new Date(atMs + plan.promise * minuteMs).toISOString() : null,
      ownerRole: isPromised ? role : null,
    });
    if (isPromised || call.urgent) {
      // A danger is called back at once and by nobody forgotten
      const minutes = call.urgent ? 4 : answered;
      await answer(tx, call, {
        ...plan,
        lost: plan.lost && !call.urgent && atMs > untilMs - lostHours * 60 * minuteMs,
        atMs: atMs + minutes * minuteMs,
        day,
      });
    }
  }
  tx.now = started.now;
  tx.actor = started.actor;
}

type Answer = { atMs: number; tries: boolean; lost: boolean; day: CallDay };

/** Called back in time, after one try, or (of today's) not yet. */
async function answer(tx: Tx, call: { callId: string }, { atMs, tries, lost, day }: Answer): Promise<void> {
  const isToday = day.untilMs < day.startMs + 24 * 60 * minuteMs;
  if (atMs > day.untilMs || (lost && isToday)) return;
  tx.actor = day.players.nurse;
  let version = 1;
  if (tries) {
    tx.now = new Date(atMs - 5 * minuteMs);
    version = (await recordTry(tx, call.callId, { version, kind: 'no-answer', note: '' })).version;
  }
  tx.now = new Date(atMs);
  await finishCall(tx, call.callId, { version, note: '' });
}
