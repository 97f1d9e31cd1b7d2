import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Messaging, openMessaging } from '../../../test/messaging.ts';
import { eitherStorage, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { messageDuties } from '../messages/duties.ts';
import { listThread } from '../messages/queries.ts';
import { sayTime } from '../messages/templates/rules.ts';
import { cancelVisit, confirmVisit } from '../schedule/steps/commands.ts';
import * as visits from '../schedule/visits/api.ts';
import { bookVisit, moveVisit } from '../schedule/visits/commands.ts';
import { findVisit } from '../schedule/visits/queries.ts';
import { joinWaitlist } from '../waitlist/commands.ts';
import { findOffer } from '../waitlist/offers/queries.ts';
import * as api from './api.ts';
import { deriveReminders } from './commands.ts';

describe.each(eitherStorage)('reminders on %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let messaging: Messaging;
  let plan: TestSchedule;
  let quarter = 0;
  let pair = 0;
  beforeAll(async () => {
    office = await openTestOffice({ storage, allowInner: true });
    practice = await office.practice();
    messaging = await openMessaging(office, practice);
    plan = await setUpSchedule(practice);
  });
  afterAll(async () => {
    await messaging.close();
    await office.close();
  });

  /** A visit on Monday, March 9, at a time of its own. */
  const book = (
    patientId: string,
    startsAt = new Date(Date.parse('2026-03-09T12:00:00Z') + quarter++ * 900_000),
  ) =>
    practice.tx((tx) =>
      bookVisit(tx, {
        ...{
          patientId,
          visitTypeId: plan.followUp,
          siteId: plan.main,
          physicianId: plan.lee,
          resourceIds: [],
        },
        ...{ startsAt: startsAt.toISOString(), reason: '', note: '' },
      }),
    );
  const at = async (iso: string) => {
    office.clock.set(new Date(iso));
    await practice.tx((tx) => deriveReminders(tx));
    await messaging.drain();
  };
  const textsTo = async (patientId: string) => {
    const thread = await practice.tx((tx) => listThread(tx.db, patientId));
    return thread.filter((one) => one.direction === 'out');
  };
  const visitOf = async (visitId: string) => {
    const found = await practice.tx((tx) => findVisit(tx.db, visitId));
    if (!found) throw new Error('the visit is gone');
    return found;
  };
  const reply = async (patientId: string, body: string) => {
    const [text] = await textsTo(patientId);
    // A thread stands in the order of its moments
    office.clock.set(new Date(office.clock.now().getTime() + 1000));
    await messaging.provider.write(messaging.textUrl, { from: text?.address ?? '', body });
    await messaging.drain();
  };

  it('go out three days and one day before, once each, with a link, until they are confirmed by C', async () => {
    office.clock.set(new Date('2026-03-04T15:00:00Z'));
    const id = await messaging.person({ preferredName: 'Jo' });
    const spanish = await messaging.person({ givenName: 'Núria', language: 'es' });
    const visit = await book(id);
    await book(spanish);
    await at('2026-03-06T14:59:00Z');
    expect(await textsTo(id)).toEqual([]);
    await at('2026-03-06T15:00:00Z');
    await at('2026-03-06T15:05:00Z');
    const [text, ...more] = await textsTo(id);
    expect(more).toEqual([]);
    expect(text).toMatchObject({ state: 'sent', language: 'en', template: 'reminder' });
    expect(text?.body).toMatch(
      /Hi Jo, you have a visit on Mon, Mar 9 at 8:00 am\. Reply C .* http:.*\/my\?k=/,
    );
    expect((await textsTo(spanish))[0]?.body).toMatch(
      /Hola Nuria, tiene cita el lunes 9 de marzo a las 8:15 a\.m\./,
    );
    await at('2026-03-08T14:00:00Z');
    expect(await textsTo(id)).toHaveLength(2);
    await reply(id, 'c');
    expect((await visitOf(visit.visitId)).confirmedAt).not.toBe(null);
    expect((await textsTo(id)).at(-1)?.body).toContain('is confirmed');
    await at('2026-03-09T10:00:00Z');
    expect(await textsTo(id)).toHaveLength(3);
    // The desk may take it back, as any step of a visit
    const { version } = await visitOf(visit.visitId);
    const undone = await practice.tx((tx) => confirmVisit(tx, visit.visitId, { version, confirmed: false }));
    expect(undone.confirmedAt).toBe(null);
  });

  it('R is a message to a human, and so is a C to a visit that was moved meanwhile', async () => {
    office.clock.set(new Date('2026-03-04T15:00:00Z'));
    const asking = await messaging.person();
    const moved = await messaging.person();
    await book(asking);
    const visit = await book(moved);
    await at('2026-03-06T15:00:00Z');
    await reply(asking, 'R');
    await practice.tx((tx) =>
      moveVisit(tx, visit.visitId, {
        ...{ version: visit.version, siteId: plan.main, physicianId: plan.lee },
        startsAt: '2026-03-10T15:00:00.000Z',
      }),
    );
    await reply(moved, 'C');
    expect((await visitOf(visit.visitId)).confirmedAt).toBe(null);
    const owed = await practice.tx(async (tx) => {
      const context = { now: tx.now, practiceTimeZone: 'America/New_York' };
      return (await Promise.all(messageDuties.map((one) => one.list(tx.db, context)))).flat();
    });
    expect(owed.find((one) => one.patientId === asking)?.title).toContain('asked for a call');
    expect(owed.find((one) => one.patientId === moved)?.detail).toContain('changed meanwhile');
    // Its new time is reminded of on its own
    await at('2026-03-09T14:00:00Z');
    expect((await textsTo(moved)).filter((one) => one.template === 'reminder')).toHaveLength(2);
  });

  it('of what was called off stay in; two visits of a day are one message', async () => {
    office.clock.set(new Date('2026-03-04T15:00:00Z'));
    const off = await messaging.person();
    const twice = await messaging.person();
    const visit = await book(off);
    await book(twice);
    await book(twice);
    await practice.tx((tx) =>
      cancelVisit(tx, visit.visitId, { version: visit.version, reason: 'patient-asked', text: '' }),
    );
    await at('2026-03-06T15:00:00Z');
    expect(await textsTo(off)).toEqual([]);
    const texts = await textsTo(twice);
    expect(texts).toHaveLength(1);
    expect(texts[0]?.body).toMatch(/at \d+:\d\d am and \d+:\d\d am/);
  });

  it('that cannot be sent stand on a call list with why, until someone called', async () => {
    office.clock.set(new Date('2026-03-04T15:00:00Z'));
    const unasked = await messaging.person({}, null);
    const visit = await book(unasked);
    await at('2026-03-06T15:00:00Z');
    const ana = await practice.as('secretary');
    const find = async () =>
      (await ana.do(api.listToCall, {})).calls.find((one) => one.patientId === unasked);
    const call = await find();
    expect(call).toMatchObject({ visitId: visit.visitId, why: 'not-asked', tried: '' });
    if (!call) throw new Error('nobody to call');
    const body = {
      step: call.step,
      startsAt: call.startsAt,
      version: call.version,
      tried: 'left-message' as const,
    };
    await ana.do(api.recordReminderTry, { params: { id: visit.visitId }, body });
    expect(await find()).toMatchObject({ tried: 'left-message' });
    const { version } = await visitOf(visit.visitId);
    await practice.tx((tx) => confirmVisit(tx, visit.visitId, { version, confirmed: true }));
    expect(await find()).toBe(undefined);
  });

  it('rules by visit type hold, and two for one type are refused', async () => {
    const rule = {
      name: 'Ultrasound',
      visitTypeIds: [plan.scan],
      steps: [{ daysBefore: 7, at: '09:00' }],
      active: true,
    };
    const manager = await practice.as('manager');
    await manager.do(api.saveReminderRule, { body: { rule } });
    const again = await manager.ask(api.saveReminderRule, { body: { rule } });
    expect(again.status).toBe(409);
    const ana = await practice.as('secretary');
    expect((await ana.ask(api.saveReminderRule, { body: { rule } })).status).toBe(403);
  });

  it('a freed slot is offered by text, given to the first Y, and the rest are told kindly', async () => {
    office.clock.set(new Date('2026-03-04T15:00:00Z'));
    const [first, second, held] = [
      await messaging.person(),
      await messaging.person(),
      await messaging.person(),
    ];
    const visit = await book(held, new Date('2026-03-11T13:00:00Z'));
    for (const patientId of [first, second])
      await practice.tx((tx) => joinWaitlist(tx, { patientId, visitTypeId: plan.followUp }));
    await practice.tx((tx) =>
      cancelVisit(tx, visit.visitId, { version: visit.version, reason: 'patient-asked', text: '' }),
    );
    await messaging.drain();
    const [offer] = await textsTo(first);
    expect(offer).toMatchObject({ template: 'offer', state: 'sent', aboutKind: 'waitlist-offer' });
    expect(offer?.body).toMatch(/Wed, Mar 11 at 9:00 am is open.*http:.*\/my\?k=/);
    const kept = await practice.tx((tx) => findOffer(tx.db, offer?.aboutId ?? ''));
    expect(kept).toMatchObject({ channel: 'message' });
    await reply(second, 'Y');
    expect((await textsTo(second)).at(-1)?.body).toContain('It is yours');
    await messaging.drain();
    expect((await textsTo(first)).at(-1)?.body).toContain('that time is taken');
    await reply(first, 'y');
    expect((await textsTo(first)).at(-1)?.body).toContain('taken');
  });

  it.each([
    ['the second of two visits of a day is moved', 1, 'move'],
    ['the second is called off', 1, 'cancel'],
    ['the first is moved', 0, 'move'],
    ['the first is called off', 0, 'cancel'],
  ] as const)(
    'when %s before their one message is out, it tells of the other alone',
    async (_, nth, what) => {
      office.clock.set(new Date('2026-03-04T15:00:00Z'));
      const id = await messaging.person();
      // In the afternoon, where the others of this file are not
      const afternoon = Date.parse('2026-03-09T17:00:00Z') + 1_800_000 * pair++;
      const both = [await book(id, new Date(afternoon)), await book(id, new Date(afternoon + 900_000))];
      messaging.provider.next(429);
      await at('2026-03-06T15:00:00Z');
      const timeOf = (iso: string) => sayTime(Date.parse(iso), 'America/New_York', 'en');
      const [shared] = await textsTo(id);
      expect(shared).toMatchObject({ state: 'queued' });
      for (const one of both) expect(shared?.body).toContain(timeOf(one.startsAt));
      const [changed, other] = nth === 0 ? both : [...both].reverse();
      if (!changed || !other) throw new Error('nothing was booked');
      const ana = await practice.as('secretary');
      const params = { id: changed.visitId };
      const { version } = changed;
      const startsAt = new Date(Date.parse('2026-03-12T12:00:00Z') + pair * 900_000).toISOString();
      if (what === 'move') await ana.do(visits.moveVisit, { params, body: { version, startsAt } });
      else await ana.do(visits.cancelVisit, { params, body: { version, reason: 'patient-asked' } });
      await messaging.drain();
      await at('2026-03-06T15:05:00Z');
      const left = messaging.provider.texts.filter((one) => one.to === shared?.address);
      expect(left).toHaveLength(1);
      expect(left[0]?.body).toContain(`at ${timeOf(other.startsAt)}.`);
      expect(left[0]?.body).not.toContain(timeOf(changed.startsAt));
      expect((await textsTo(id)).map((one) => one.state).sort()).toEqual(['sent', 'suppressed']);
      // Nobody has to call about either, and C confirms the one that it told of
      const { calls } = await ana.do(api.listToCall, {});
      expect(calls.filter((one) => one.patientId === id)).toEqual([]);
      await messaging.provider.write(messaging.textUrl, { from: shared?.address ?? '', body: 'C' });
      await messaging.drain();
      expect((await visitOf(other.visitId)).confirmedAt).not.toBe(null);
      expect((await visitOf(changed.visitId)).confirmedAt).toBe(null);
    },
  );
});
