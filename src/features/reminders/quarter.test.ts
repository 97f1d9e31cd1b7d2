import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Messaging, openMessaging } from '../../../test/messaging.ts';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { rounds, seed } from '../../../test/rounds.ts';
import { localDate, localMinutes } from '../../platform/calendar/zones.ts';
import { type Random, seeded } from '../../platform/random.ts';
import { Refusal } from '../../platform/refusal.ts';
import { sendMessage } from '../messages/commands.ts';
import { NewMessage } from '../messages/schema.ts';
import { recordConsents } from '../patients/consents/commands.ts';
import { listAnswers } from '../patients/consents/queries.ts';
import { cancelVisit } from '../schedule/steps/commands.ts';
import { bookVisit, moveVisit } from '../schedule/visits/commands.ts';
import { deriveReminders } from './commands.ts';

/** What the test itself knows of a person, kept beside the office. */
type Known = {
  patientId: string;
  number: string;
  zone: string;
  /** May be texted about visits, by what they said at the desk. */
  consents: boolean;
  optedOut: boolean;
  dead: boolean;
};
type Sent = { key: string; number: string; body: string; atMs: number; allowed: boolean };

let office: TestOffice;
let practice: TestPractice;
let messaging: Messaging;
let plan: TestSchedule;
beforeAll(async () => {
  office = await openTestOffice({ allowInner: true });
  practice = await office.practice();
  messaging = await openMessaging(office, practice);
  plan = await setUpSchedule(practice, 0);
});
afterAll(async () => {
  await messaging.close();
  await office.close();
});

const homes = [
  ['NY', '12207', 'America/New_York'],
  ['CA', '90001', 'America/Los_Angeles'],
  ['HI', '96801', 'Pacific/Honolulu'],
] as const;

async function makePeople(random: Random, count: number): Promise<Known[]> {
  const people: Known[] = [];
  for (let index = 0; index < count; index++) {
    const [state, zip, zone] = random.pick(homes);
    const consents = random.chance(0.75);
    const number = `+1518556${String(1000 + index)}`;
    const patientId = await messaging.person(
      {
        phones: [{ kind: 'mobile', number }],
        addresses: [{ kind: 'home', line1: '1 Elm', city: 'X', state, zip }],
      },
      consents ? undefined : null,
    );
    people.push({ patientId, number, zone, consents, optedOut: false, dead: false });
  }
  return people;
}

const refusedIsFine = (error: unknown) => {
  if (!(error instanceof Refusal)) throw error;
  return undefined;
};

it('over a quarter every message respects consent, purpose, quiet hours and limits, and none goes twice', async () => {
  const random = seeded(seed(), 'quarter of messages');
  const days = rounds(8, 92);
  const people = await makePeople(random, rounds(14, 40));
  const byNumber = new Map(people.map((one) => [one.number, one]));
  const sent: Sent[] = [];
  let seen = 0;
  const look = () => {
    for (const text of messaging.provider.texts.slice(seen)) {
      const person = byNumber.get(text.to);
      const key = new URL(text.statusUrl).searchParams.get('message') ?? '';
      const isConfirming = /no more texts|texts about your visits again/.test(text.body);
      const allowed = isConfirming || (person?.consents === true && !person.optedOut && !person.dead);
      sent.push({ key, number: text.to, body: text.body, atMs: office.clock.now().getTime(), allowed });
    }
    seen = messaging.provider.texts.length;
  };
  const visits: { visitId: string; patientId: string }[] = [];
  const startMs = Date.parse('2026-03-04T10:00:00Z');
  const act = async () => {
    const person = random.pick(people);
    const what = random.below(12);
    const nowMs = office.clock.now().getTime();
    if (what < 4 && !person.dead) {
      const at = new Date(Math.floor((nowMs + random.between(1, 6) * 86_400_000) / 86_400_000) * 86_400_000);
      at.setUTCHours(13 + random.below(7), random.below(4) * 15);
      const visit = await practice
        .tx((tx) =>
          bookVisit(tx, {
            ...{
              patientId: person.patientId,
              visitTypeId: plan.followUp,
              siteId: plan.main,
              physicianId: plan.lee,
            },
            ...{ resourceIds: [], startsAt: at.toISOString(), reason: '', note: '' },
          }),
        )
        .catch(refusedIsFine);
      if (visit) visits.push(visit);
    } else if (what === 4 && visits.length > 0) {
      const { visitId } = random.pick(visits);
      await practice
        .tx(async (tx) => {
          const { rows } = await sql<{
            version: number;
          }>`select version from visits where visit_id = ${visitId}`.execute(tx.db);
          const version = rows[0]?.version ?? 0;
          if (random.chance(0.5))
            return cancelVisit(tx, visitId, { version, reason: 'patient-asked', text: '' });
          const startsAt = new Date(Math.ceil((nowMs + 2 * 86_400_000) / 900_000) * 900_000).toISOString();
          return moveVisit(tx, visitId, { version, siteId: plan.main, physicianId: plan.lee, startsAt });
        })
        .catch(refusedIsFine);
    } else if (what === 5) {
      await messaging.provider.write(messaging.textUrl, {
        from: person.number,
        body: random.pick(['STOP', 'stop texting me', 'QUIT']),
      });
      person.optedOut = true;
      if (!person.dead) person.consents = false;
    } else if (what === 6) {
      await messaging.provider.write(messaging.textUrl, { from: person.number, body: 'START' });
      if (person.optedOut) person.consents = true;
      person.optedOut = false;
    } else if (what === 7) {
      const state = random.chance(0.6) ? 'given' : 'refused';
      await practice.tx(async (tx) => {
        const history = await listAnswers(tx.db, person.patientId);
        const answers = [{ channel: 'text' as const, purpose: 'appointments' as const, state } as const];
        await recordConsents(tx, person.patientId, {
          answers,
          how: 'phone',
          lastId: history[0]?.consentId ?? null,
        });
      });
      person.consents = state === 'given';
    } else if (what === 8) {
      await messaging.provider.write(messaging.textUrl, {
        from: person.number,
        body: random.pick(['C', 'R', 'where do I park?']),
      });
    } else if (what === 9) {
      const draft = {
        patientId: person.patientId,
        body: `Please call us, ${visits.length}`,
        purpose: 'reminder' as const,
      };
      await practice.tx((tx) => sendMessage(tx, NewMessage.parse(draft))).catch(refusedIsFine);
    } else if (what === 10)
      messaging.provider.next(random.pick([429, 503, 'drop-before', 'drop-after'] as const));
    else if (random.chance(0.05)) {
      person.dead = true;
      await practice.tx(async (tx) => {
        await sql`update patients set deceased = true, version = version + 1 where patient_id = ${person.patientId}`.execute(
          tx.db,
        );
      });
    }
  };
  for (let step = 0; step < days * 24; step++) {
    office.clock.set(new Date(startMs + step * 3_600_000 + random.below(3_000_000)));
    await practice.tx((tx) => deriveReminders(tx));
    await messaging.drain();
    look();
    for (let acts = random.below(3); acts > 0; acts--) await act();
    await messaging.drain();
    look();
  }
  // What was unclear is asked of the provider until it is known
  for (let more = 0; more < 40; more++) {
    office.clock.set(new Date(office.clock.now().getTime() + 3_600_000));
    await messaging.drain();
    look();
  }
  expect(sent.length).toBeGreaterThan(days);
  const kept = await practice.tx(async (tx) => {
    const { rows } = await sql<{
      messageId: string;
      isAnswer: boolean;
      state: string;
      template: string;
      purpose: string;
    }>`
      select message_id, is_answer, state, template, purpose from messages where direction = 'out' order by message_id`.execute(
      tx.db,
    );
    return new Map(rows.map((row) => [row.messageId, row]));
  });
  // None twice, and each that left is known as sent
  expect(new Set(sent.map((one) => one.key)).size).toBe(sent.length);
  expect(sent.filter((one) => !['sent', 'delivered'].includes(kept.get(one.key)?.state ?? ''))).toEqual([]);
  // None lost: nothing is on its way for ever
  expect([...kept.values()].filter((one) => one.state === 'sending')).toEqual([]);
  const notices = sent.filter((one) => !kept.get(one.key)?.isAnswer);
  expect(sent.filter((one) => !one.allowed && !kept.get(one.key)?.isAnswer)).toEqual([]);
  const atNight = notices.filter(({ number, atMs }) => {
    const minutes = localMinutes(atMs, byNumber.get(number)?.zone ?? 'UTC');
    return minutes < 8 * 60 || minutes >= 21 * 60;
  });
  expect(atNight).toEqual([]);
  for (const person of people) {
    const mine = notices.filter(
      (one) => one.number === person.number && kept.get(one.key)?.purpose === 'reminder',
    );
    const perDay = new Map<string, number>();
    for (const { atMs } of mine) {
      const day = localDate(atMs, person.zone);
      perDay.set(day, (perDay.get(day) ?? 0) + 1);
      expect(
        mine.filter((one) => one.atMs <= atMs && one.atMs > atMs - 7 * 86_400_000).length,
      ).toBeLessThanOrEqual(3);
    }
    expect(Math.max(0, ...perDay.values())).toBeLessThanOrEqual(1);
  }
}, 1_800_000);
