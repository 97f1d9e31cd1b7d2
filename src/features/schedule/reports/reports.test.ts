import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { addDays, isoWeekday } from '../../../platform/calendar/dates.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import { type Random, seeded } from '../../../platform/random.ts';
import { Refusal } from '../../../platform/refusal.ts';
import * as steps from '../steps/commands.ts';
import { bookVisit, moveVisit } from '../visits/commands.ts';
import type { CancelReason } from '../visits/schema.ts';
import * as api from './api.ts';
import { none } from './rules.ts';
import type { OutcomeGroup, Outcomes } from './schema.ts';

const zone = 'America/New_York';
const hourMs = 3_600_000;
const reasons: CancelReason[] = ['patient-asked', 'patient-ill', 'physician-away', 'other'];
const days = { from: '2026-03-01', to: '2026-03-31' };

type Row = {
  visitId: string;
  physicianId: string;
  visitTypeId: string;
  state: string;
  cancelReason: CancelReason | null;
  startsAt: string;
  endsAt: string;
  createdAt: string;
};
type Step = {
  visitId: string;
  stepNo: number;
  step: string;
  undone: boolean;
  detail: Record<string, unknown>;
};

describe.each(eitherStorage)('reports on %s storage', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let rows: Row[];
  let history: Step[];
  beforeAll(async () => {
    office = await openTestOffice({ storage, at: '2026-04-02T15:00:00.000Z' });
    practice = await office.practice();
    plan = await setUpSchedule(practice, 40);
    await practice.tx(async (tx) => {
      const random = seeded('reports', 7);
      for (let nth = 0; nth < 120; nth++) {
        try {
          await playOne(tx, random, nth);
        } catch (error) {
          // A slot taken by one before, or a step that cannot be: it is not there, for either count.
          if (!(error instanceof Refusal)) throw error;
        }
      }
    });
    rows = await practice.tx(
      async (tx) =>
        (
          await sql<Row>`select visit_id, physician_id, visit_type_id, state, cancel_reason, starts_at, ends_at,
          created_at from visits order by visit_id limit 1000`.execute(tx.db)
        ).rows,
    );
    history = await practice.tx(
      async (tx) =>
        (
          await sql<Step>`select visit_id, step_no, step, undone_at is not null as undone, detail from visit_steps
          order by visit_id, step_no limit 5000`.execute(tx.db)
        ).rows,
    );
  });
  afterAll(() => office.close());

  type Tx = Parameters<Parameters<TestPractice['tx']>[0]>[0];

  /** One visit of the past three months, and what became of it. */
  async function playOne(tx: Tx, random: Random, nth: number): Promise<void> {
    let date = addDays('2026-01-05', random.between(0, 86));
    if (isoWeekday(date) > 5) date = addDays(date, 3);
    const startsAt = `${date}T${String(random.between(14, 19)).padStart(2, '0')}:${random.pick(['00', '15', '30', '45'])}:00.000Z`;
    const startMs = Date.parse(startsAt);
    tx.now = new Date(startMs - random.pick([2, 30, 24 * 5, 24 * 20, 24 * 60, 24 * 120]) * hourMs);
    const visit = await bookVisit(tx, {
      ...{ patientId: plan.patients[nth % 40]!, siteId: plan.main, startsAt, reason: '', note: '' },
      visitTypeId: random.pick([plan.followUp, plan.newPatient]),
      physicianId: random.pick([plan.lee, plan.lee, plan.okoye]),
      resourceIds: [],
    });
    const versioned = { version: visit.version };
    const tellAt = (hours: number) => {
      tx.now = new Date(Math.max(tx.now.getTime(), startMs - hours * hourMs));
    };
    const roll = random.next();
    if (roll < 0.15) {
      tellAt(random.pick([1, 3, 30, 80]));
      const reason = random.pick(reasons);
      const asked = reason === 'other' ? { askedBy: 'patient' as const } : {};
      await steps.cancelVisit(tx, visit.visitId, { ...versioned, reason, text: '', ...asked });
    } else if (roll < 0.25) {
      tellAt(random.pick([2, 40]));
      const to = new Date(startMs + 24 * 7 * hourMs).toISOString();
      const moved = await moveVisit(tx, visit.visitId, { ...versioned, startsAt: to, askedBy: 'patient' });
      if (random.chance(0.3)) await steps.undoVisit(tx, visit.visitId, { version: moved.version });
    } else if (roll < 0.4) {
      tx.now = new Date(startMs + hourMs);
      await steps.noShowVisit(tx, visit.visitId, versioned);
    } else if (roll < 0.9) {
      tx.now = new Date(startMs);
      const here = await steps.arriveVisit(tx, visit.visitId, versioned);
      const then = { version: here.version };
      if (random.chance(0.1)) await steps.leftVisit(tx, visit.visitId, then);
      else await steps.checkOutVisit(tx, visit.visitId, then);
    } else if (roll < 0.93) {
      await steps.enterVisitInError(tx, visit.visitId, { ...versioned, reason: 'Typed twice' });
    }
  }

  const dateOf = (row: Row) => localDate(Date.parse(row.startsAt), zone);
  const bookedOn = (row: Row) => localDate(Date.parse(row.createdAt), zone);
  const told = (from: string, to: string) =>
    rows.filter((row) => row.state !== 'entered_in_error' && dateOf(row) >= from && dateOf(row) <= to);
  const wasLate = (row: Row, step: string) =>
    history.some(
      (one) => one.visitId === row.visitId && one.step === step && !one.undone && one.detail.late === true,
    );
  const askedByPatient = (row: Row) => {
    const cancel = history.findLast(
      (one) => one.visitId === row.visitId && one.step === 'cancelled' && !one.undone,
    );
    if (cancel?.detail.askedBy) return cancel.detail.askedBy === 'patient';
    return row.cancelReason === 'patient-asked' || row.cancelReason === 'patient-ill';
  };

  /** The same figures, one visit after the other. */
  function count(some: readonly Row[]): Outcomes {
    const sum = { ...none };
    for (const row of some) {
      sum.visits += 1;
      if (row.state === 'checked_out') sum.kept += 1;
      else if (row.state === 'no_show') sum.noShows += 1;
      else if (row.state !== 'cancelled') sum.open += 1;
      else if (row.cancelReason === 'left-unseen') sum.leftUnseen += 1;
      else if (askedByPatient(row)) sum.cancelledByPatient += 1;
      else sum.cancelledByPractice += 1;
      if (row.state === 'cancelled' && wasLate(row, 'cancelled')) sum.lateCancels += 1;
      if (wasLate(row, 'moved')) sum.lateMoves += 1;
    }
    return sum;
  }

  const leadOf = (row: Row) => {
    const ahead = (Date.parse(dateOf(row)) - Date.parse(bookedOn(row))) / (24 * hourMs);
    return ahead <= 0 ? '0' : ahead <= 7 ? '1' : ahead <= 30 ? '8' : ahead <= 90 ? '31' : '91';
  };
  const keyOf: Record<OutcomeGroup, (row: Row) => string> = {
    physician: (row) => row.physicianId,
    'visit-type': (row) => row.visitTypeId,
    weekday: (row) => String(isoWeekday(dateOf(row))),
    lead: leadOf,
    month: (row) => dateOf(row).slice(0, 7),
  };

  it.each(['physician', 'visit-type', 'weekday', 'lead', 'month'] as const)(
    'count what became of visits by %s as they are counted one by one',
    async (by) => {
      const report = await practice.manager.do(api.reportOutcomes, { query: { ...days, by } });
      const some = told(days.from, days.to);
      const wanted = Object.fromEntries(
        [...new Set(some.map(keyOf[by]))].map((key) => [
          key,
          count(some.filter((row) => keyOf[by](row) === key)),
        ]),
      );
      const found = Object.fromEntries(report.rows.map(({ key, label: _, ...figures }) => [key, figures]));
      expect(found).toEqual(wanted);
      expect(report.all).toEqual(count(some));
      expect(report.baseline).toEqual(count(told('2025-03-01', '2026-02-28')));
      expect(report.all.noShows * report.all.lateCancels * report.all.kept).toBeGreaterThan(0);
      expect(report.rows.every((row) => row.label !== '')).toBe(true);
    },
  );

  it('count the reasons of cancellations', async () => {
    const { rows: found } = await practice.manager.do(api.reportReasons, { query: days });
    const cancelled = told(days.from, days.to).filter((row) => row.state === 'cancelled');
    const wanted = Object.fromEntries(
      [...new Set(cancelled.map((row) => row.cancelReason))].map((reason) => {
        const some = cancelled.filter((row) => row.cancelReason === reason);
        return [reason, [some.length, some.filter((row) => wasLate(row, 'cancelled')).length]];
      }),
    );
    expect(Object.fromEntries(found.map((row) => [row.reason, [row.visits, row.late]]))).toEqual(wanted);
  });

  it('say how full the hours were, by week', async () => {
    const { rows: found } = await practice.manager.do(api.reportUtilization, { query: days });
    const minutes = (row: Row) => (Date.parse(row.endsAt) - Date.parse(row.startsAt)) / 60_000;
    const of = (some: readonly Row[]) => some.reduce((sum, row) => sum + minutes(row), 0);
    for (const one of found) {
      const some = told(days.from, days.to).filter(
        (row) =>
          row.physicianId === one.physicianId &&
          row.state !== 'cancelled' &&
          dateOf(row) >= one.weekOf &&
          dateOf(row) <= addDays(one.weekOf, 6),
      );
      expect([one.bookedMinutes, one.keptMinutes, one.missedMinutes]).toEqual([
        of(some),
        of(some.filter((row) => row.state === 'checked_out')),
        of(some.filter((row) => row.state === 'no_show')),
      ]);
    }
    // Mon to Fri, 8 to 12 and 1 to 5; the report's first week has its Sunday alone, the last its Mon and Tue.
    const lee = found.filter((row) => row.physicianId === plan.lee);
    const full = 5 * 8 * 60;
    expect(lee.map((row) => [row.weekOf, row.openMinutes])).toEqual([
      ['2026-03-02', full],
      ['2026-03-09', full],
      ['2026-03-16', full],
      ['2026-03-23', full],
      ['2026-03-30', 2 * 8 * 60],
    ]);
  });

  it('name the third appointment of each physician, in as many statements for one as for three', async () => {
    const query = { visitTypeId: plan.followUp };
    const before = office.statements();
    const { rows: found } = await practice.manager.do(api.reportThirdNext, { query });
    expect(office.statements() - before).toBeLessThan(25);
    // Thu Apr 2, 11 am: free at 11:00, 11:15 and 11:30.
    const lee = found.find((row) => row.physicianId === plan.lee);
    expect(lee).toMatchObject({
      firstAt: '2026-04-02T15:00:00.000Z',
      thirdAt: '2026-04-02T15:30:00.000Z',
      days: 0,
      timeZone: zone,
    });
    expect(found.map((row) => row.physicianName).sort()).toHaveLength(3);
  });

  it('refuse too many days, and who may not see them', async () => {
    const query = { from: '2025-01-01', to: '2026-03-01' };
    const { status, body } = await practice.manager.ask(api.reportOutcomes, { query });
    expect([status, body.message]).toEqual([400, expect.stringContaining('At most 366 days')]);
    const nurse = await practice.as('nurse');
    expect((await nurse.ask(api.reportOutcomes, { query: days })).status).toBe(403);
  });
});
