import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { rounds, seed } from '../../../../test/rounds.ts';
import { addDays, isoWeekday } from '../../../platform/calendar/dates.ts';
import { localTime, timeOf, toInstant } from '../../../platform/calendar/zones.ts';
import { type Random, seeded } from '../../../platform/random.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { addBookingRule } from '../booking-rules/commands.ts';
import { readHoursFacts } from '../hours/queries.ts';
import { listHours } from '../hours/rules.ts';
import { findOpenings } from '../openings/queries.ts';
import { FindOpenings } from '../openings/schema.ts';
import { addSlotCode } from '../slot-codes/commands.ts';
import { cancelVisit } from '../steps/commands.ts';
import { bookVisit, moveVisit } from '../visits/commands.ts';
import { BookVisit } from '../visits/schema.ts';
import { applyTemplate, undoApplication } from './applying/commands.ts';
import { addTemplate, changeTemplate } from './commands.ts';

const zone = 'America/New_York';
/** Just before each change of the clock. */
const starts = ['2026-03-04T15:00:00.000Z', '2026-10-28T14:00:00.000Z'];

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
});
afterAll(() => office.close());

type Standing = { visitId: string; version: number; startsAt: string };
type Applied = { applicationId: string; before: string[] };
type Play = {
  random: Random;
  practice: TestPractice;
  plan: TestSchedule;
  today: string;
  codes: string[];
  templates: { templateId: string; version: number }[];
  applied: Applied[];
  /** What the office believes is booked: nothing but its own commands changes it. */
  visits: Map<string, Standing>;
};

/** What was done, or the refusal. */
async function attempt<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

const hoursNow = ({ practice }: Play) =>
  practice.tx(async ({ db }) => {
    const { rows } = await sql<{ row: string }>`
      select concat_ws(' ', hours_id, effective_from, effective_to, weekday, starts_local, ends_local,
        slot_code_id, every_weeks, week_of) as row
      from weekly_hours where removed_at is null order by hours_id limit 5000`.execute(db);
    return rows.map(({ row }) => row);
  });

function randomRows({ random, plan, codes }: Play, weeks: number) {
  return Array.from({ length: weeks * (1 + random.below(7)) }, (_, index) => {
    const from = 7 * 60 + 15 * random.below(20);
    return {
      week: 1 + (index % weeks),
      // A weekday each, so that no two rows of a week meet
      weekday: 1 + (Math.floor(index / weeks) % 7),
      siteId: plan.main,
      startsLocal: timeOf(from),
      endsLocal: timeOf(from + 60 + 15 * random.below(24)),
      slotCodeId: random.chance(0.4) ? random.pick(codes) : null,
    };
  });
}

const who = ({ random, plan }: Play) => random.pick([[plan.lee], [plan.okoye], [plan.lee, plan.okoye]]);
const someDay = ({ random, today }: Play) => addDays(today, 1 + random.below(18));

async function editTemplate(play: Play) {
  const { practice, random, templates } = play;
  const weeks = random.pick([1, 1, 2, 3]);
  const rows = randomRows(play, weeks);
  const known = templates.length > 2 ? random.pick(templates) : undefined;
  if (known) {
    const change = { version: known.version, weeks, rows };
    known.version = await practice.tx((tx) => changeTemplate(tx, known.templateId, change));
    return;
  }
  const name = `Template ${templates.length}`;
  const templateId = await practice.tx((tx) => addTemplate(tx, { name, weeks, rows }));
  templates.push({ templateId, version: 1 });
}

async function apply(play: Play) {
  const { practice, random, templates } = play;
  const template = random.pick(templates);
  const from = someDay(play);
  const to = random.chance(0.6) ? addDays(from, random.below(12)) : null;
  const before = await hoursNow(play);
  const { templateId, version } = template;
  const asked = { version, resourceIds: who(play), from, to };
  const { applicationId } = await practice.tx((tx) => applyTemplate(tx, templateId, asked));
  play.applied.push({ applicationId, before });
}

/** The last can be taken back, and then all is as it was before it; an earlier one only where nothing met it. */
async function undo(play: Play) {
  const { practice, random, applied } = play;
  if (applied.length === 0) return;
  const at = random.chance(0.7) ? applied.length - 1 : random.below(applied.length);
  const one = applied[at]!;
  const isLast = at === applied.length - 1;
  const done = await attempt(() => practice.tx((tx) => undoApplication(tx, one.applicationId)));
  if (isLast) {
    expect(done).not.toBeInstanceOf(Refusal);
    expect(await hoursNow(play)).toEqual(one.before);
  }
  if (done instanceof Refusal) return;
  applied.pop();
  // What was noted before the others is not what stands now
  if (!isLast) applied.length = 0;
}

/** What is offered is booked, and what is not offered is refused: on any day, by codes, rules, hours and visits. */
async function offerAndBook(play: Play) {
  const { practice, random, plan } = play;
  const visitTypeId = random.pick([plan.followUp, plan.newPatient, plan.scan]);
  const day = someDay(play);
  const physicianId = random.pick([plan.lee, plan.okoye]);
  const patientId = random.pick(plan.patients);
  const body = { visitTypeId, patientId, physicianIds: [physicianId], siteId: plan.main, from: day, to: day };
  const wish = FindOpenings.parse({ ...body, limit: 50 });
  const { openings } = await practice.tx((tx) => findOpenings(tx.db, wish, { now: tx.now, nearDays: 0 }));
  const book = (startsAt: string, resourceIds: string[] = []) => {
    const input = { patientId, visitTypeId, siteId: plan.main, physicianId, resourceIds, startsAt };
    return attempt(() => practice.tx((tx) => bookVisit(tx, BookVisit.parse(input))));
  };
  const offered = new Set(openings.map((one) => one.startsAt));
  const all = Array.from({ length: 56 }, (_, i) => toInstant(day, timeOf(6 * 60 + 15 * i), zone));
  const others = all.map((ms) => new Date(ms).toISOString()).filter((one) => !offered.has(one));
  // A 40-minute visit is offered every ten minutes: only starts that both grids know are compared
  const comparable = others.filter(
    (one) => visitTypeId !== plan.newPatient || one.endsWith(':00:00.000Z') || one.endsWith(':30:00.000Z'),
  );
  if (openings.length < 50 && comparable.length > 0) {
    const startsAt = random.pick(comparable);
    expect([startsAt, await book(startsAt)]).toEqual([startsAt, expect.any(Refusal)]);
  }
  if (openings.length === 0) return;
  const opening = random.pick(openings);
  const visit = await book(opening.startsAt, opening.resourceIds);
  expect(visit).not.toBeInstanceOf(Refusal);
  if (!(visit instanceof Refusal)) play.visits.set(visit.visitId, visit);
}

async function moveOne(play: Play) {
  const { practice, random } = play;
  const [visit] = [...play.visits.values()].slice(random.below(Math.max(1, play.visits.size)));
  if (!visit) return;
  const startsAt = new Date(
    toInstant(someDay(play), timeOf(8 * 60 + 15 * random.below(30)), zone),
  ).toISOString();
  const moved = await attempt(() =>
    practice.tx((tx) => moveVisit(tx, visit.visitId, { version: visit.version, startsAt })),
  );
  if (!(moved instanceof Refusal)) play.visits.set(visit.visitId, moved);
}

async function cancelOne({ practice, random, visits }: Play) {
  const visit = [...visits.values()][random.below(Math.max(1, visits.size))];
  if (!visit) return;
  const cancel = { version: visit.version, reason: 'other' as const, text: '' };
  await practice.tx((tx) => cancelVisit(tx, visit.visitId, cancel));
  visits.delete(visit.visitId);
}

/** Every visit once, where it was put; and every hour at its local time on both sides of the change. */
async function check({ practice, plan, today, visits }: Play) {
  await practice.tx(async ({ db }) => {
    const { rows } = await sql<{ visitId: string; startsAt: string; held: number }>`
      select v.visit_id, v.starts_at, (select count(*)::int from visit_resources o
        where o.visit_id = v.visit_id and o.resource_id = v.physician_id and not o.released) as held
      from visits v where v.state = 'booked' order by v.visit_id limit 5000`.execute(db);
    const expected = [...visits.values()].map(({ visitId, startsAt }) => ({ visitId, startsAt, held: 1 }));
    expect(rows).toEqual(expected.sort((a, b) => (a.visitId < b.visitId ? -1 : 1)));
    const facts = await readHoursFacts(db, today, addDays(today, 20));
    const ids = [plan.lee, plan.okoye];
    const resources = facts.resources.filter((one) => ids.includes(one.resourceId));
    const { coded, available } = listHours({ ...facts, resources, from: today, to: addDays(today, 20) });
    for (const one of coded) {
      const date = new Date(one.startMs).toISOString().slice(0, 10);
      const local = localTime(one.startMs, zone);
      const rows = facts.weekly.filter(
        (row) => row.resourceId === one.resourceId && row.weekday === isoWeekday(date),
      );
      expect(rows.some((row) => row.startsLocal === local && row.slotCodeId === one.slotCodeId)).toBe(true);
      const inside = (hours: typeof one | (typeof available)[number]) =>
        hours.resourceId === one.resourceId && hours.startMs <= one.startMs && one.endMs <= hours.endMs;
      expect(available.some(inside)).toBe(true);
    }
  });
}

async function begin(number: number): Promise<Play> {
  const now = starts[number % 2]!;
  office.clock.set(now);
  const random = seeded(String(seed()), 'templates', number);
  const practice = await office.practice();
  const plan = await setUpSchedule(practice, 12);
  const code = { name: 'New patients', color: '#7a4a9e', visitTypeIds: [plan.newPatient] };
  const codes = await practice.tx(async (tx) => [
    await addSlotCode(tx, { ...code, code: 'NP' }),
    await addSlotCode(tx, {
      ...code,
      code: 'DAY',
      name: 'Same week',
      visitTypeIds: [plan.scan],
      releaseHours: 96,
    }),
  ]);
  await practice.tx(async (tx) => {
    await addBookingRule(tx, {
      ...{ words: 'No scans early', visitTypeIds: [plan.scan], startsLocal: '06:00', endsLocal: '10:00' },
    });
    await addBookingRule(tx, {
      ...{ words: 'Two new ones', visitTypeIds: [plan.newPatient], patients: 'new' },
      ...{ limitCount: 2, limitPer: 'half-day' },
    });
    await addBookingRule(tx, {
      words: 'Not on Thursdays',
      weekdays: [4],
      physicianIds: [plan.okoye],
      effect: 'warn',
    });
  });
  const today = now.slice(0, 10);
  return { random, practice, plan, today, codes, templates: [], applied: [], visits: new Map() };
}

it('edits of templates and their undos, with bookings, moves and cancels between, never lose or double a visit', async () => {
  const steps = [apply, undo, offerAndBook, offerAndBook, moveOne, cancelOne, editTemplate];
  for (let number = 0; number < rounds(2, 60); number++) {
    const play = await begin(number);
    await editTemplate(play);
    await apply(play);
    for (let step = 0; step < 14; step++) await play.random.pick(steps)(play);
    await check(play);
    // All taken back, the last first: the hours are those of the beginning, and every visit stands
    for (const { applicationId, before } of play.applied.reverse()) {
      await play.practice.tx((tx) => undoApplication(tx, applicationId));
      expect(await hoursNow(play)).toEqual(before);
    }
    await check(play);
  }
}, 900_000);
