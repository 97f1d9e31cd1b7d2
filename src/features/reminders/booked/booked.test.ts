import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Messaging, openMessaging } from '../../../../test/messaging.ts';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../../test/practice.ts';
import { listThread } from '../../messages/queries.ts';
import { queueNotice } from '../../messages/queueing/commands.ts';
import { openPatient } from '../../patients/api.ts';
import { recordConsents } from '../../patients/consents/commands.ts';
import { listAnswers } from '../../patients/consents/queries.ts';
import { bookVisit } from '../../schedule/visits/commands.ts';
import { askForTime } from '../../self-service/requests/commands.ts';
import { changeSettings, changeType } from '../../self-service/settings/commands.ts';
import { listOnlineTypes } from '../../self-service/settings/queries.ts';
import { listTimes } from '../../self-service/times/queries.ts';
import { listPatientTasks } from '../../tasks/api.ts';
import { tellBooked } from './commands.ts';

let office: TestOffice;
let practice: TestPractice;
let messaging: Messaging;
let plan: TestSchedule;
beforeAll(async () => {
  office = await openTestOffice({ allowInner: true, at: '2026-03-04T15:00:00.000Z' });
  practice = await office.practice();
  messaging = await openMessaging(office, practice);
  plan = await setUpSchedule(practice);
  await practice.tx(async (tx) => {
    await changeSettings(tx, { version: 0, settings: { isOn: true, holdHours: 4 } });
    const found = (await listOnlineTypes(tx.db)).find((one) => one.visitTypeId === plan.followUp);
    if (!found) throw new Error('no follow-up');
    const { visitTypeId, version, name: _, active: __, ...type } = found;
    const open = { ...type, openTo: 'known', noticeHours: 24, mostOpen: 2, nameEn: 'Visit' } as const;
    await changeType(tx, visitTypeId, { version, type: open });
  });
});
afterAll(async () => {
  await messaging?.close();
  await office?.close();
});

/** Someone of ours asks for the first free time on the booking page. */
async function ask(patientId: string): Promise<void> {
  const { patient } = await practice.manager.do(openPatient, { params: { id: patientId } });
  const { givenName, familyName, bornOn, phones } = patient;
  const asker = { givenName, familyName, bornOn: bornOn ?? '', phone: phones[0]?.number ?? '' };
  await practice.tx(async (tx) => {
    const allowed = { visitTypeId: plan.followUp, noticeHours: 24, daysAhead: 30, now: tx.now };
    const { times } = await listTimes(tx.db, { ...allowed, timeZone: 'America/New_York' }, null);
    if (!times[0]) throw new Error('no time');
    const wanted = { visitTypeId: plan.followUp, time: times[0], language: 'en' };
    expect(await askForTime(tx, { asker: { ...asker, text: '', saysNew: false }, ...wanted })).toBe(true);
  });
  await messaging.drain();
}

it('who asked for a time online hears once that it is theirs, with a link', async () => {
  const id = await messaging.person({ preferredName: 'Jo' });
  await ask(id);
  await messaging.drain();
  const thread = await practice.tx((tx) => listThread(tx.db, id));
  expect(thread).toHaveLength(1);
  expect(thread[0]).toMatchObject({ template: 'booked', state: 'sent', direction: 'out' });
  expect(thread[0]?.body).toMatch(
    /Hi Jo, your visit on Thu, Mar 5 at .* is booked\. Reply R .* http:.*\/my\?k=/,
  );
});

it('who could not be written to after all is called, once', async () => {
  const id = await messaging.person();
  // The provider is busy, and meanwhile they say that they want no texts
  messaging.provider.next(429);
  await ask(id);
  await practice.tx(async (tx) => {
    const history = await listAnswers(tx.db, id);
    const answers = [{ channel: 'text', purpose: 'appointments', state: 'refused' } as const];
    await recordConsents(tx, id, { answers, how: 'phone', lastId: history[0]?.consentId ?? null });
  });
  office.clock.advance(120_000);
  await messaging.drain();
  const [notice] = await practice.tx((tx) => listThread(tx.db, id));
  expect(notice).toMatchObject({ template: 'booked', state: 'suppressed', why: 'refused' });
  const { tasks } = await practice.manager.do(listPatientTasks, { params: { id } });
  expect(tasks).toHaveLength(1);
  expect(tasks[0]?.text).toContain('asked for online is booked');
  office.clock.set(new Date('2026-03-04T15:00:00.000Z'));
});

it('who may not be written to is called: the desk owes it within the hour', async () => {
  const id = await messaging.person({}, null);
  await ask(id);
  expect(await practice.tx((tx) => listThread(tx.db, id))).toEqual([]);
  const { tasks } = await practice.manager.do(listPatientTasks, { params: { id } });
  expect(tasks).toMatchObject([{ ownerRole: 'secretary', dueAt: '2026-03-04T16:00:00.000Z' }]);
  expect(tasks[0]?.text).toContain('asked for online is booked');
});

it('of a visit that began while the office was down nobody is told, and nothing fails for it', async () => {
  const id = await messaging.person();
  const where = { siteId: plan.main, physicianId: plan.lee, startsAt: '2026-03-10T18:00:00.000Z' };
  const visit = await practice.tx((tx) =>
    bookVisit(tx, {
      ...{ patientId: id, visitTypeId: plan.followUp, ...where },
      ...{ resourceIds: [], reason: '', note: '' },
    }),
  );
  office.clock.set(new Date('2026-03-10T18:01:00.000Z'));
  await practice.tx((tx) => tellBooked(tx, visit.visitId));
  const notice = {
    template: 'booked',
    aboutKind: 'visit',
    aboutId: visit.visitId,
    uniqueKey: 'late',
  } as const;
  const queued = await practice.tx((tx) =>
    queueNotice(tx, { ...notice, patientId: id, fields: () => ({}), expiresAt: new Date(visit.startsAt) }),
  );
  expect(queued).toEqual({ kind: 'none', why: 'too-late' });
  expect(await practice.tx((tx) => listThread(tx.db, id))).toEqual([]);
});
