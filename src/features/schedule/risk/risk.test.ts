import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { addPeople, setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { addDays, isoWeekday } from '../../../platform/calendar/dates.ts';
import { localDate, localMinutes, toInstant } from '../../../platform/calendar/zones.ts';
import { seeded } from '../../../platform/random.ts';
import { type LoadedStep, type LoadedVisit, loadVisits } from '../bulk/commands.ts';
import { scheduleDuties } from '../duties.ts';
import * as visits from '../visits/api.ts';
import * as api from './api.ts';
import { learnRisk, learnWhenDue } from './commands.ts';
import { shareOfOdds } from './fitting/rules.ts';
import * as queries from './queries.ts';

const zone = 'America/New_York';
const today = '2026-03-04';
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const heldFrom = addDays(today, -90);

type Row = {
  visitId: string;
  patientId: string;
  visitTypeId: string;
  state: string;
  cancelReason: string | null;
  startsAt: string;
  createdAt: string;
  late: boolean;
};

// Wed 2026-03-04 10:00 in New York
describe.each(eitherStorage)('visits that may be missed, on %s storage', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let people: string[];
  let ana: Desk;
  beforeAll(async () => {
    office = await openTestOffice({ storage, at: '2026-03-04T15:00:00.000Z' });
    practice = await office.practice();
    plan = await setUpSchedule(practice, 4);
    people = await practice.tx((tx) => addPeople(tx, 60));
    ana = await practice.as('secretary');
  });
  afterAll(() => office.close());

  /** Every tenth forgets four of ten; what is booked long ahead is missed more often. */
  async function playTwoYears(): Promise<void> {
    const random = seeded('risk', 3);
    const actor = { accountId: null, staffId: null, may: () => true };
    const loaded: LoadedVisit[] = [];
    for (let back = 800; back >= 1; back--) {
      const date = addDays(today, -back);
      if (isoWeekday(date) > 5) continue;
      for (const time of ['09:00', '11:00', '14:00', '16:00']) {
        const startMs = toInstant(date, time, zone);
        const person = random.below(people.length);
        const bookedMs = startMs - random.pick([2 / 24, 4, 20, 60]) * dayMs;
        const long = startMs - bookedMs > 30 * dayMs;
        const roll = random.next();
        const missed = roll < (person % 10 === 3 ? 0.4 : long ? 0.1 : 0.04);
        const at = (hours: number) => new Date(startMs + hours * hourMs);
        const steps: LoadedStep[] = missed
          ? [{ step: 'no_show', at: at(1), actor }]
          : roll > 0.92
            ? [
                {
                  step: 'cancelled',
                  at: at(-1),
                  actor,
                  cancelReason: random.pick(['patient-ill', 'other', 'left-unseen']),
                },
              ]
            : [
                { step: 'arrived', at: at(0), actor },
                { step: 'checked_out', at: at(1), actor },
              ];
        const [startsAt, endsAt] = [at(0).toISOString(), at(0.25).toISOString()];
        loaded.push({
          ...{ patientId: people[person]!, visitTypeId: random.pick([plan.followUp, plan.newPatient]) },
          ...{ siteId: plan.main, physicianId: plan.lee, startsAt, endsAt, reason: '', room: '' },
          resources: [{ resourceId: plan.lee, lane: 0, startsAt, endsAt }],
          ...{ booked: { at: new Date(bookedMs), actor }, steps },
        });
      }
    }
    await practice.tx(async (tx) => {
      const now = tx.now;
      await loadVisits(tx, loaded, now);
      tx.now = now;
    });
  }

  const readRows = () =>
    practice.tx(
      async (tx) =>
        (
          await sql<Row>`select visit_id, patient_id, visit_type_id, state, cancel_reason, starts_at, created_at,
            exists (select from visit_steps x where x.visit_id = v.visit_id and x.undone_at is null
              and x.detail ->> 'late' = 'true') as late
          from visits v where not walk_in order by starts_at limit 10000`.execute(tx.db)
        ).rows,
    );
  const missedOf = (row: Row) =>
    row.state === 'no_show'
      ? true
      : row.state === 'checked_out' || row.cancelReason === 'left-unseen'
        ? false
        : null;

  /** Where a visit stands, one visit after the other and without SQL. */
  function levelsOf(row: Row, rows: readonly Row[]) {
    const startMs = Date.parse(row.startsAt);
    const before = rows.filter((one) => {
      const apartMs = startMs - Date.parse(one.startsAt);
      return one.patientId === row.patientId && apartMs >= 3 * dayMs && apartMs <= 731 * dayMs;
    });
    const told = before.filter((one) => missedOf(one) !== null);
    const missed = told.filter(missedOf).length;
    const lead =
      (Date.parse(localDate(startMs, zone)) - Date.parse(localDate(Date.parse(row.createdAt), zone))) / dayMs;
    const hour = Math.floor(localMinutes(startMs, zone) / 60);
    const past =
      told.length === 0
        ? 'none'
        : missed === 0
          ? told.length < 3
            ? 'few'
            : 'kept'
          : missed / told.length < 1 / 3
            ? 'some'
            : 'often';
    return {
      past,
      last: told.length > 0 && missedOf(told.at(-1)!) ? 'missed' : 'other',
      late: String(Math.min(2, before.filter((one) => one.late).length)),
      lead: lead <= 0 ? '0' : lead <= 7 ? '1' : lead <= 30 ? '8' : lead <= 90 ? '31' : '91',
      type: row.visitTypeId,
      weekday: String(isoWeekday(localDate(startMs, zone))),
      hour: hour < 10 ? '00' : hour < 12 ? '10' : hour < 15 ? '12' : '15',
    };
  }

  it('are none as long as nothing was learned, nor of too little history, and the page says which', async () => {
    expect(await ana.do(api.readRisk)).toMatchObject({ standing: 'not-yet', heldOut: null, counts: [] });
    await practice.tx(learnWhenDue);
    expect(await ana.do(api.readRisk)).toMatchObject({
      standing: 'too-few',
      learned: { visits: 0, missed: 0 },
    });
    expect(await ana.do(api.listMarked)).toEqual({ rows: [], looked: 0 });
  });

  it('are learned from all but the last ninety days, and every figure is as counted one by one', async () => {
    await playTwoYears();
    await practice.tx(learnRisk);
    const report = await ana.do(api.readRisk);
    const rows = await readRows();
    const on = (row: Row) => localDate(Date.parse(row.startsAt), zone);
    const told = rows.filter(
      (row) => missedOf(row) !== null && on(row) >= addDays(today, -731) && on(row) < today,
    );
    const [known, held] = [
      told.filter((row) => on(row) < heldFrom),
      told.filter((row) => on(row) >= heldFrom),
    ];
    const count = (some: readonly Row[]) => ({ visits: some.length, missed: some.filter(missedOf).length });
    expect(report.learned).toMatchObject(count(known));
    expect(report.heldOut).toMatchObject({ ...count(held), from: heldFrom, to: '2026-03-03' });
    const { model } = (await practice.tx((tx) => queries.readRisk(tx.db)))!;
    const levels = new Map(told.map((row) => [row.visitId, levelsOf(row, rows)]));
    for (const { factor, level, visits, missed } of model.weights)
      expect([factor, level, { visits, missed }]).toEqual([
        ...[factor, level],
        count(known.filter((row) => levels.get(row.visitId)![factor] === level)),
      ]);
    const share = (row: Row) => {
      const own = Object.entries(levels.get(row.visitId)!);
      const weightOf = ([factor, level]: [string, string]) =>
        model.weights.find((one) => one.factor === factor && one.level === level)?.weight ?? 0;
      return shareOfOdds(own.reduce((sum, one) => sum + weightOf(one), model.base));
    };
    const marked = held.filter((row) => share(row) >= model.threshold! - 1e-12);
    expect(report.heldOut!.marked).toEqual(count(marked));
    const kept = held.filter((row) => !missedOf(row)).map(share);
    const pairs = held
      .filter(missedOf)
      .flatMap((row) =>
        kept.map((one): number => (Math.abs(share(row) - one) < 1e-12 ? 0.5 : share(row) > one ? 1 : 0)),
      );
    expect(report.heldOut!.order).toBeCloseTo(pairs.reduce((sum, one) => sum + one, 0) / pairs.length, 6);
    const inTenths = report.heldOut!.tenths.reduce((sum, one) => sum + one.visits, 0);
    expect(inTenths).toBe(held.length);
    expect(report.standing).toBe('marks');
    await practice.tx(learnRisk);
    expect((await practice.tx((tx) => queries.readRisk(tx.db)))!.model).toEqual(model);
  });

  const book = async (person: number, startsAt: string) =>
    (
      await ana.do(visits.bookVisit, {
        body: {
          ...{ patientId: people[person]!, visitTypeId: plan.followUp, siteId: plan.main },
          ...{ physicianId: plan.okoye, startsAt },
        },
      })
    ).visit;
  const open = (visitId: string) => ana.do(visits.readVisit, { params: { id: visitId } });

  it('are called first, with the reasons in words, until they are confirmed', async () => {
    const forgetful = await book(13, '2026-03-05T09:00:00-05:00');
    const usual = await book(14, '2026-03-05T09:15:00-05:00');
    expect((await open(usual.visitId)).mark).toBeNull();
    const { mark } = await open(forgetful.visitId);
    expect(mark!.reasons[0]).toMatch(/^missed (\d+ of \d+ visits|the only visit booked) in two years/);
    const { rows, looked } = await ana.do(api.listMarked);
    expect(rows.map((row) => [row.visitId, row.reasons])).toEqual([[forgetful.visitId, mark!.reasons]]);
    expect(looked).toBe(2);
    const unconfirmed = scheduleDuties.find((one) => one.kinds.includes('visit.unconfirmed'))!;
    const context = { now: office.clock.now(), practiceTimeZone: zone };
    const duties = await practice.tx((tx) => unconfirmed.list(tx.db, context));
    expect(duties.map((one) => [one.subjectId, one.tag, one.severity])).toEqual([
      [forgetful.visitId, 'call first', 'wait'],
      [usual.visitId, 'unconfirmed', 'calm'],
    ]);
    expect(duties[0]!.detail).toContain(mark!.reasons.join(', '));
    const version = forgetful.version;
    await ana.do(visits.confirmVisit, {
      params: { id: forgetful.visitId },
      body: { version, confirmed: true },
    });
    expect((await open(forgetful.visitId)).mark).toBeNull();
    expect((await ana.do(api.listMarked)).rows).toEqual([]);
  });

  it('are marked by one statement, however many there are', async () => {
    const one = await book(23, '2026-03-09T09:00:00-04:00');
    const count = async (some: { visitId: string }[]) =>
      practice.tx(async (tx) => {
        const before = office.statements();
        const marks = await queries.listMarks(tx.db, some);
        return [office.statements() - before, marks.size] as const;
      });
    const all = (await readRows()).slice(-400);
    await count([one]);
    const [few, many] = [await count([one]), await count(all)];
    expect(many[0]).toBe(few[0]);
    expect(many[1]).toBeGreaterThan(10);
  });

  it('are on record when they are listed, and are nobody’s who is not signed in', async () => {
    for (const [nth, person] of [3, 13, 23, 33].entries())
      await book(person, `2026-03-10T09:${['00', '15', '30', '45'][nth]}:00-04:00`);
    const { rows } = await ana.do(api.listMarked);
    expect(rows.length).toBeGreaterThan(0);
    const found = await practice.tx(
      async (tx) =>
        (
          await sql<{ subjectIds: string[] }>`
            select subject_ids from audit_records where action = 'visits.marked-listed'
            order by recorded_at desc, seq desc limit 1`.execute(tx.db)
        ).rows,
    );
    expect(found[0]!.subjectIds).toEqual(rows.map((row) => row.visitId));
    const response = await fetch(`${office.url}/api/schedule/risk/visits`);
    expect(response.status).toBe(401);
  });
});
