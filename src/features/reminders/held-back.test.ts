import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Messaging, openMessaging } from '../../../test/messaging.ts';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { changeTemplate } from '../messages/api.ts';
import { listThread } from '../messages/queries.ts';
import { cancelVisit } from '../schedule/steps/commands.ts';
import { bookVisit, moveVisit } from '../schedule/visits/commands.ts';
import { joinWaitlist } from '../waitlist/commands.ts';
import { acceptOffer } from '../waitlist/offers/commands.ts';
import { stopOpening } from '../waitlist/offers/opening/commands.ts';
import { findOffer } from '../waitlist/offers/queries.ts';
import { deriveReminders } from './commands.ts';

describe('messages about visits and openings', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let messaging: Messaging;
  let plan: TestSchedule;
  beforeEach(async () => {
    office ??= await openTestOffice({ allowInner: true });
    await messaging?.close();
    office.clock.set(new Date('2026-03-04T15:00:00Z'));
    practice = await office.practice();
    messaging = await openMessaging(office, practice);
    plan = await setUpSchedule(practice);
  });
  afterAll(async () => {
    await messaging.close();
    await office.close();
  });

  const book = (patientId: string, startsAt: string) => {
    const where = { siteId: plan.main, physicianId: plan.lee, resourceIds: [], startsAt };
    return practice.tx((tx) =>
      bookVisit(tx, { patientId, visitTypeId: plan.followUp, ...where, reason: '', note: '' }),
    );
  };
  const at = async (iso: string) => {
    office.clock.set(new Date(iso));
    await practice.tx((tx) => deriveReminders(tx));
    await messaging.drain();
  };
  const textsTo = async (patientId: string) => {
    const thread = await practice.tx((tx) => listThread(tx.db, patientId));
    return thread.filter((one) => one.direction === 'out');
  };
  /** Someone waits, and a visit of someone else is called off. */
  const freed = async () => {
    const [waiting, held] = [await messaging.person(), await messaging.person()];
    const { visitId, version } = await book(held, '2026-03-11T14:00:00.000Z');
    await practice.tx((tx) => joinWaitlist(tx, { patientId: waiting, visitTypeId: plan.followUp }));
    await practice.tx((tx) => cancelVisit(tx, visitId, { version, reason: 'patient-asked', text: '' }));
    await messaging.drain();
    const [offer] = await textsTo(waiting);
    expect(offer).toMatchObject({ template: 'offer', state: 'queued' });
    return { waiting, offerId: offer?.aboutId ?? '' };
  };
  const told = async (patientId: string) =>
    (await textsTo(patientId)).map((one) => [one.template, one.state]);

  it('whose offer was not out when the opening went is not told that it is gone', async () => {
    messaging.provider.next(429);
    const { waiting, offerId } = await freed();
    const offer = await practice.tx((tx) => findOffer(tx.db, offerId));
    await practice.tx((tx) => stopOpening(tx, offer?.openingId ?? ''));
    office.clock.advance(120_000);
    await messaging.drain();
    expect(await told(waiting)).toEqual([['offer', 'suppressed']]);
  });

  it('an offer that waits for the morning does not go out once they have it', async () => {
    messaging.provider.next(429);
    const { waiting, offerId } = await freed();
    expect(await practice.tx((tx) => acceptOffer(tx, offerId))).toMatchObject({ result: 'won' });
    office.clock.advance(20_000);
    await practice.tx((tx) => deriveReminders(tx));
    office.clock.advance(120_000);
    await messaging.drain();
    expect(await told(waiting)).toEqual([['offer', 'suppressed']]);
  });

  it('say the place where the practice wants it, and lead nowhere who has no birth date to open it', async () => {
    const usual = { template: 'reminder', language: 'en', subject: '' } as const;
    const body = '{practice}: {day} {time} at {place}. C or R.[ {link}] STOP to end texts.';
    await practice.manager.do(changeTemplate, { body: { ...usual, body, version: 0 } });
    const id = await messaging.person({ bornOn: null });
    await book(id, '2026-03-09T19:00:00.000Z');
    await at('2026-03-06T15:00:00Z');
    const [text] = await textsTo(id);
    expect(text?.body).toContain('3:00 pm at Elm Street Family Practice.');
    expect(text?.body).not.toContain('http');
  });

  it('of more visits than one statement reads go out all the same', async () => {
    const ids = [await messaging.person(), await messaging.person(), await messaging.person()];
    for (const [nth, id] of ids.entries())
      await book(id, new Date(Date.parse('2026-03-09T19:00:00Z') + nth * 900_000).toISOString());
    office.clock.set(new Date('2026-03-06T15:00:00Z'));
    await practice.tx((tx) => deriveReminders(tx, 2));
    for (const id of ids) expect(await textsTo(id)).toHaveLength(1);
  });

  it('stop when they asked for a call, for the time at which the visit stands', async () => {
    const id = await messaging.person();
    const visit = await book(id, '2026-03-09T19:15:00.000Z');
    await at('2026-03-06T15:00:00Z');
    const [text] = await textsTo(id);
    await messaging.provider.write(messaging.textUrl, { from: text?.address ?? '', body: 'R' });
    await messaging.drain();
    await at('2026-03-08T15:00:00Z');
    const reminders = async () => (await textsTo(id)).filter((one) => one.template === 'reminder').length;
    expect(await reminders()).toBe(1);
    await practice.tx((tx) =>
      moveVisit(tx, visit.visitId, {
        ...{ version: visit.version, siteId: plan.main, physicianId: plan.lee },
        startsAt: '2026-03-13T19:00:00.000Z',
      }),
    );
    await messaging.drain();
    await at('2026-03-12T15:00:00Z');
    expect(await reminders()).toBe(2);
  });
});
