import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { rounds, seed } from '../../../../test/rounds.ts';
import { isoWeekday } from '../../../platform/calendar/dates.ts';
import { localDate, localTime } from '../../../platform/calendar/zones.ts';
import { type Random, seeded } from '../../../platform/random.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { cancelVisit, undoVisit } from '../../schedule/steps/commands.ts';
import { bookVisit, moveVisit } from '../../schedule/visits/commands.ts';
import { joinWaitlist, withdrawEntry } from '../commands.ts';
import type { NewEntry } from '../schema.ts';
import { changeSettings } from '../settings/commands.ts';
import type { WaitlistSettings } from '../settings/schema.ts';
import { acceptOffer, declineOffer, leaveMessage, undoAnswer } from './commands.ts';
import { readLog } from './log/queries.ts';

const seeds = rounds(2, 40);
const actions = 45;
const minuteMs = 60_000;
const zone = 'America/New_York';

type Asked = {
  offeredAt: string;
  startsAt: string;
  physicianId: string;
  siteId: string;
  facts: {
    physicianIds: string[];
    siteIds: string[];
    weekdays: number[];
    times: { from: string; to: string }[];
    earliestOn: string | null;
    latestOn: string | null;
    expiresOn: string;
    noticeHours: number;
    heldAtMs: number | null;
  };
  settings: WaitlistSettings;
};

/** Said anew, in other words than the rule's: what an offer broke of what its person wished. */
function broken({ offeredAt, startsAt, physicianId, siteId, facts, settings }: Asked): string[] {
  const startMs = Date.parse(startsAt);
  const askedMs = Date.parse(offeredAt);
  const [date, time, asked] = [localDate(startMs, zone), localTime(startMs, zone), localTime(askedMs, zone)];
  const { quietFrom, quietTo } = settings;
  const quiet =
    quietFrom < quietTo ? asked >= quietFrom && asked < quietTo : asked >= quietFrom || asked < quietTo;
  const faults: Record<string, boolean> = {
    physician: facts.physicianIds.length > 0 && !facts.physicianIds.includes(physicianId),
    site: facts.siteIds.length > 0 && !facts.siteIds.includes(siteId),
    weekday: facts.weekdays.length > 0 && !facts.weekdays.includes(isoWeekday(date)),
    time: facts.times.length > 0 && !facts.times.some(({ from, to }) => from <= time && time < to),
    early: facts.earliestOn !== null && date < facts.earliestOn,
    late: facts.latestOn !== null && date > facts.latestOn,
    expired: date > facts.expiresOn,
    notice: (startMs - askedMs) / 3_600_000 < Math.max(facts.noticeHours, settings.noticeHours),
    earlier: facts.heldAtMs !== null && facts.heldAtMs <= startMs,
    quiet: quietFrom !== quietTo && quiet,
  };
  return Object.keys(faults).filter((fault) => faults[fault]);
}

describe.each(eitherStorage)('offers stay fair whatever happens, %s', (storage) => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  afterAll(() => office.close());

  const read = async <T>(practice: TestPractice, query: ReturnType<typeof sql<T>>) =>
    (await practice.tx((tx) => query.execute(tx.db))).rows;

  async function act(practice: TestPractice, plan: TestSchedule, random: Random): Promise<void> {
    const person = random.pick(plan.patients);
    const [offer] = await read(
      practice,
      sql<{ offerId: string }>`
        select offer_id from waitlist_offers where closed_at is null or random() < 0.1
        order by closed_at is not null, md5(offer_id::text || ${random.below(1000)}) limit 1`,
    );
    const [visit] = await read(
      practice,
      sql<{ visitId: string; version: number }>`
        select visit_id, version from visits where state = 'booked'
        order by md5(visit_id::text || ${random.below(1000)}) limit 1`,
    );
    const day = ['05', '06', '09', '10', '11'][random.below(5)];
    const at = `2026-03-${day}T${String(random.between(8, 15)).padStart(2, '0')}:${random.pick(['00', '15', '30'])}:00-05:00`;
    const where = { siteId: plan.main, physicianId: random.pick([plan.lee, plan.okoye]), startsAt: at };
    const roll = random.below(10);
    await practice.tx(async (tx) => {
      if (roll < 2) await joinWaitlist(tx, wish(person, plan, random));
      else if (roll < 4)
        await bookVisit(tx, {
          ...where,
          patientId: person,
          visitTypeId: plan.followUp,
          ...{ resourceIds: [], reason: '', note: '' },
        });
      else if (roll < 6 && visit) {
        const reason = random.pick(['patient-asked', 'physician-away'] as const);
        await cancelVisit(tx, visit.visitId, { version: visit.version, reason, text: '' });
      } else if (roll === 6 && visit)
        await moveVisit(tx, visit.visitId, { version: visit.version, ...where });
      else if (roll === 7 && visit) await undoVisit(tx, visit.visitId, { version: visit.version });
      else if (offer) {
        const answer = random.below(6);
        if (answer < 2) await acceptOffer(tx, offer.offerId);
        else if (answer === 2) await declineOffer(tx, offer.offerId, 'no');
        else if (answer === 3) await declineOffer(tx, offer.offerId, 'not-reached');
        else if (answer === 4) await leaveMessage(tx, offer.offerId);
        else await undoAnswer(tx, offer.offerId);
      } else {
        const { rows } = await sql<{ entryId: string; version: number }>`
          select entry_id, version from waitlist_entries limit 1`.execute(tx.db);
        if (rows[0] && random.chance(0.2))
          await withdrawEntry(tx, rows[0].entryId, { version: rows[0].version, reason: 'moved away' });
      }
    });
  }

  function wish(patientId: string, plan: TestSchedule, random: Random): NewEntry {
    const maybe = <T>(list: T[]) => (random.chance(0.4) ? [random.pick(list)] : []);
    const priority = random.pick(['routine', 'routine', 'soon', 'urgent'] as const);
    return {
      ...{ patientId, visitTypeId: random.pick([plan.followUp, plan.followUp, plan.newPatient]) },
      physicianIds: maybe([plan.lee, plan.okoye]),
      siteIds: maybe([plan.main, plan.west]),
      weekdays: maybe([1, 2, 3, 4, 5]),
      times: maybe([
        { from: '00:00', to: '12:00' },
        { from: '12:00', to: '24:00' },
      ]),
      earliestOn: random.chance(0.2) ? '2026-03-06' : null,
      latestOn: random.chance(0.2) ? '2026-03-10' : null,
      noticeHours: random.pick([0, 2, 24]),
      ...{ priority, priorityReason: priority === 'routine' ? '' : 'as the physician said' },
    };
  }

  it.each(Array.from({ length: seeds }, (_, i) => seed() + i))('seed %i', async (own) => {
    const random = seeded('waitlist', own);
    office.clock.set('2026-03-04T15:00:00.000Z');
    const practice = await office.practice();
    const plan = await setUpSchedule(practice, 10);
    const settings: WaitlistSettings = {
      ...{
        isOn: true,
        atOnce: random.between(1, 3),
        answerMinutes: random.pick([10, 30, 90]),
        offTypeIds: [],
      },
      ...random.pick([
        { quietFrom: '20:00', quietTo: '08:00' },
        { quietFrom: '12:00', quietTo: '13:00' },
        { quietFrom: '00:00', quietTo: '00:00' },
      ]),
      noticeHours: random.pick([0, 2]),
    };
    await practice.tx((tx) => changeSettings(tx, { version: 0, settings }));
    for (let i = 0; i < actions; i++) {
      await act(practice, plan, random).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
      });
      const on = office.clock.now().getTime() + random.between(0, 90) * minuteMs;
      office.clock.set(new Date(on).toISOString());
      await office.runner.drain();
    }
    await checkOffers(practice);
    await checkLog(practice);
    await checkRest(practice);
  });

  async function checkOffers(practice: TestPractice): Promise<void> {
    const asked = await read(
      practice,
      sql<Asked>`
        select o.offered_at, w.starts_at, w.physician_id, w.site_id, c.facts, v.settings
        from waitlist_offers o
        join waitlist_openings w using (practice_id, opening_id)
        join waitlist_waves v on v.practice_id = o.practice_id and v.opening_id = o.opening_id and v.wave = o.wave
        join waitlist_choices c on c.practice_id = o.practice_id and c.opening_id = o.opening_id and c.wave = o.wave
          and c.entry_id = o.entry_id`,
    );
    expect(asked.flatMap(broken)).toEqual([]);
    const won = await read(
      practice,
      sql<{ openings: number; winners: number; right: number }>`
        select count(distinct w.opening_id)::int as openings, count(o.offer_id)::int as winners,
          count(*) filter (where exists (select from visit_steps x where x.visit_id = w.filled_visit_id)
            or exists (select from visits v where v.visit_id = w.filled_visit_id
              and v.starts_at = w.starts_at and v.physician_id = w.physician_id))::int as right
        from waitlist_openings w
        left join waitlist_offers o on o.opening_id = w.opening_id and o.outcome = 'won'
        where w.outcome = 'filled'`,
    );
    expect([won[0]?.winners, won[0]?.right]).toEqual([won[0]?.openings, won[0]?.openings]);
  }

  /** The rule, worked out anew, and once more by hand: nobody was passed over who stood before whoever was asked. */
  async function checkLog(practice: TestPractice): Promise<void> {
    const openings = await read(
      practice,
      sql<{ openingId: string }>`select opening_id from waitlist_openings order by opening_id`,
    );
    const rank = ['urgent', 'soon', 'routine'];
    for (const { openingId } of openings) {
      for (const wave of await practice.tx((tx) => readLog(tx.db, openingId))) {
        expect(wave.agrees).toBe(true);
        const ranked = wave.choices.filter((one) => one.position !== null);
        const byHand = [...ranked].sort(
          (one, other) =>
            rank.indexOf(one.priority) - rank.indexOf(other.priority) ||
            Date.parse(one.addedAt) - Date.parse(other.addedAt) ||
            (one.entryId < other.entryId ? -1 : 1),
        );
        expect(byHand.map((one) => one.position)).toEqual(ranked.map((_, i) => i + 1));
        const offered = ranked.map((one) => one.offered);
        expect(offered).toEqual([...offered].sort((one, other) => Number(other) - Number(one)));
      }
    }
  }

  /** Nothing hangs: what is open has someone to answer or a time to go on, and what is over holds nothing. */
  async function checkRest(practice: TestPractice): Promise<void> {
    const hanging = await read(
      practice,
      sql<{ openingId: string }>`
        select opening_id from waitlist_openings w where closed_at is null and not exists (
          select from jobs j where j.kind = 'waitlist.wave' and j.payload ->> 'openingId' = w.opening_id::text)`,
    );
    expect(hanging).toEqual([]);
    const held = await read(
      practice,
      sql<{ holdId: string }>`
        select hold_id from holds h where not exists (
          select from waitlist_openings w where w.hold_id = h.hold_id and w.closed_at is null)`,
    );
    expect(held).toEqual([]);
    const dead = await read(practice, sql<{ kind: string }>`select kind from jobs where attempts > 1`);
    expect(dead).toEqual([]);
  }
});
