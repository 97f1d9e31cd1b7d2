import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deriveReminders } from '../src/features/reminders/commands.ts';
import { bookVisit } from '../src/features/schedule/visits/commands.ts';
import { findVisit } from '../src/features/schedule/visits/queries.ts';
import { type Messaging, openMessaging } from '../test/messaging.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { counted, type Job, keepPictures, openJob, openLine } from './desk.ts';

let job: Job;
let page: Page;
let messaging: Messaging;
let plan: TestSchedule;
beforeAll(async () => {
  job = await openJob({ allowInner: true });
  plan = await setUpSchedule(job.practice, 0);
  messaging = await openMessaging(job.office, job.practice);
  page = await job.desk(await job.account('Ana', 'secretary'), '/messages');
});
afterAll(async () => {
  await messaging?.close();
  await job?.close();
});
keepPictures(() => job);

const number = (last: string) => [{ kind: 'mobile' as const, number: `+1518557${last}` }];
const write = (last: string, body: string) =>
  messaging.provider.write(messaging.textUrl, { from: `+1518557${last}`, body });
const bubbles = () => page.getByRole('list', { name: 'Messages', exact: true });

describe('a patient’s text', () => {
  it('stands first where it is of danger, is answered by keyboard, and is seen to arrive', async () => {
    await messaging.person({ givenName: 'Mia', familyName: 'Ortiz', phones: number('0001') });
    await messaging.person({ givenName: 'Noah', familyName: 'Reed', phones: number('0002') });
    await write('0001', 'Is there parking?');
    await write('0002', 'I have chest pain');
    const threads = page.getByRole('list', { name: 'Threads' }).getByRole('listitem');
    await threads.nth(1).waitFor();
    expect(await threads.first().textContent()).toContain('Noah Reed');
    await threads.nth(1).getByRole('button').click();
    await bubbles().getByText('Is there parking?').waitFor();
    await page.keyboard.press('r');
    await page.keyboard.type('Yes, behind the “house”');
    await page.getByText('goes out with plain letters').waitFor();
    await page.getByRole('button', { name: 'Send' }).click();
    await bubbles().getByText('Yes, behind the "house"').waitFor();
    await messaging.drain();
    await bubbles().locator('.ui-tag', { hasText: 'sent' }).waitFor();
    const text = messaging.provider.texts.find((one) => one.to === '+15185570001');
    if (!text) throw new Error('nothing was sent');
    await messaging.provider.tell(text, 'delivered');
    await bubbles().locator('.ui-tag', { hasText: 'delivered' }).waitFor();
  });

  it('STOP is shown where one would write, and nothing can be sent there', async () => {
    await write('0001', 'stop');
    await page.getByText('They opted out').waitFor();
    const send = page.getByRole('button', { name: 'Send' });
    expect(await send.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('Not possible: they answered STOP').first().waitFor();
  });
});

describe('one typed line', () => {
  it('sends a text, and hands a longer one with its words to the dialog', async () => {
    // One agreed to texts about visits alone, the other to all
    await messaging.person({ givenName: 'Ivo', familyName: 'Stone', phones: number('0006') });
    await messaging.person(
      { givenName: 'Ida', familyName: 'Stone', phones: number('0005') },
      { channel: 'text', purpose: 'results' },
    );
    await openLine(page);
    await page.keyboard.type('stone ivo text your form is ready');
    await page.locator('.ln-item').filter({ hasText: 'to Ivo Stone' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Not sent: nobody asked them yet').first().waitFor();
    const typed = page.getByRole('combobox', { name: 'Who, what, when' });
    expect(await typed.inputValue()).toBe('stone ivo text your form is ready');
    // Both fit: Enter looks at it first, and nothing is sent to whoever happens to stand first
    await typed.fill('stone text your form is ready');
    await page.getByText('More than one person fits').first().waitFor();
    await page.locator('.ln-item').first().filter({ hasText: 'More …' }).waitFor();
    await typed.fill('');
    const hand = counted(page);
    await hand.type('stone ida text your form is ready');
    await page.locator('.ln-item').filter({ hasText: 'to Ida Stone' }).waitFor();
    await hand.press('Enter');
    await page.getByText('It goes out to Ida Stone').first().waitFor();
    expect(hand.counts).toMatchObject({ clicks: 0, keys: 1 });
    await messaging.drain();
    const sent = messaging.provider.texts.find((one) => one.to === '+15185570005');
    expect(sent?.body).toBe('your form is ready');
    // Ida is in view now: no name is needed
    await openLine(page);
    await page.keyboard.type('email the letter is at the desk');
    await page.locator('.ln-item').filter({ hasText: 'More …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Write to a patient' });
    const box = dialog.getByRole('textbox', { name: 'Message' });
    await expect.poll(() => box.inputValue()).toBe('the letter is at the desk');
    await dialog.getByText('Not possible').first().waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });
});

describe('a reminder', () => {
  it('goes out by itself, C confirms the visit, and who cannot be reached is called', async () => {
    const book = (patientId: string, startsAt: string) =>
      job.practice.tx((tx) =>
        bookVisit(tx, {
          ...{
            patientId,
            visitTypeId: plan.followUp,
            siteId: plan.main,
            physicianId: plan.lee,
            resourceIds: [],
          },
          ...{ startsAt, reason: '', note: '' },
        }),
      );
    const mia = await messaging.person({ givenName: 'Lea', familyName: 'Nowak', phones: number('0003') });
    const unasked = await messaging.person(
      { givenName: 'Otto', familyName: 'Klein', phones: number('0004') },
      null,
    );
    job.office.clock.set(new Date('2026-03-03T12:00:00Z'));
    const visit = await book(mia, '2026-03-05T15:00:00.000Z');
    await book(unasked, '2026-03-05T15:15:00.000Z');
    job.office.clock.set(new Date('2026-03-04T15:00:01Z'));
    await job.practice.tx((tx) => deriveReminders(tx));
    await messaging.drain();
    await page.getByRole('button', { name: 'Outbox' }).click();
    await page
      .getByRole('list', { name: 'Outbox' })
      .getByText('Hi Lea, you have a visit on Thu, Mar 5')
      .waitFor();
    await write('0003', 'C');
    await messaging.drain();
    const kept = await job.practice.tx((tx) => findVisit(tx.db, visit.visitId));
    expect(kept?.confirmedAt).not.toBe(null);
    await page.getByRole('link', { name: 'Reminders' }).click();
    const line = page
      .getByRole('list', { name: 'To call' })
      .getByRole('listitem')
      .filter({ hasText: 'Otto Klein' });
    await line.getByText('nobody asked them yet').waitFor();
    await line.getByRole('button', { name: 'Confirmed' }).click();
    await page.getByText('Nobody to call').waitFor();
  });
});
