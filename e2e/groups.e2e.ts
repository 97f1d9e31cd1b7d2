import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookSeat, planSession, readSession } from '../src/features/schedule/groups/api.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { focusOn, type Job, keepPictures, openJob, openLine } from './desk.ts';

let job: Job;
let schedule: TestSchedule;
let page: Page;
beforeAll(async () => {
  job = await openJob();
  schedule = await setUpSchedule(job.practice);
  page = await job.desk(await job.account('Ana', 'secretary'), '/schedule');
});
afterAll(() => job?.close());
keepPictures(() => job);

describe('a group session', () => {
  it('one block on the day leads to the roster: booking, check-in, and the whole session cancelled and back', async () => {
    const { followUp: visitTypeId, main: siteId, lee: physicianId, patients } = schedule;
    await job.person('Gina', 'Classmate');
    const { session } = await job.practice.manager.do(planSession, {
      body: {
        ...{ name: 'Diabetes class', visitTypeId, siteId, physicianId, minutes: 60, capacity: 3 },
        startsAt: '2026-03-04T18:00:00.000Z',
      },
    });
    const params = { id: session.sessionId };
    for (const patientId of patients.slice(0, 2))
      await job.practice.manager.do(bookSeat, { params, body: { patientId: patientId! } });
    const states = async () =>
      (await job.practice.manager.do(readSession, { params })).members.map((one) => one.state).sort();

    const said = (words: string) => page.locator('.ui-toast-message').filter({ hasText: words }).waitFor();
    const block = page.locator(`[data-item="group:${session.sessionId}"]`).filter({ hasText: '2/3' });
    await focusOn(block);
    await page.keyboard.press('Enter');
    await focusOn(page.getByLabel('Book someone into it'));
    await page.keyboard.type('classm');
    await page.getByRole('option').filter({ hasText: 'Classmate' }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('3/3 full').waitFor();
    await said('Booked into Diabetes class');
    await focusOn(page.getByRole('button', { name: /^Check in Classmate/ }));
    await page.keyboard.press('Enter');
    // The whole session waits until nobody of it is here. Undo waits for the step that is still on its way.
    await page.keyboard.press('u');
    await said('Undone.');
    expect(await states()).toEqual(['booked', 'booked', 'booked']);
    await focusOn(page.getByRole('button', { name: 'Cancel the session' }));
    await page.keyboard.press('Enter');
    await page.locator('.sc-choices button:focus').waitFor();
    await page.keyboard.press('3');
    await said('Cancelled, with 3 visits.');
    expect(await states()).toEqual(['cancelled', 'cancelled', 'cancelled']);
    await focusOn(page.getByRole('button', { name: 'Undo the cancellation' }));
    await page.keyboard.press('Enter');
    await said('It takes place again, with 3 visits.');
    expect(await states()).toEqual(['booked', 'booked', 'booked']);

    // An hour later, with everyone in it; one key takes it back
    await focusOn(page.getByRole('button', { name: 'Move the session' }));
    await page.keyboard.press('Enter');
    await page.getByLabel('Time').fill('2:30 pm');
    await page.keyboard.press('Enter');
    await said('2:30 pm with Dr. Lee, with 3 visits.');
    await page.keyboard.press('u');
    await said('Diabetes class stands where it stood.');
    await focusOn(page.getByRole('button', { name: 'Change the places' }));
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: 'Places' }).fill('2');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: '3 places are taken' }).waitFor();
    await page.getByRole('textbox', { name: 'Places' }).fill('4');
    await page.keyboard.press('Enter');
    await page.getByText('3/4').first().waitFor();
  });

  it('a person and its name in the line take a place', async () => {
    await job.person('Otto', 'Seatless');
    await openLine(page);
    await page.keyboard.type('seatless group diab');
    await page
      .getByRole('option')
      .filter({ hasText: 'Diabetes class' })
      .filter({ hasText: '1 place left' })
      .waitFor();
    await page.getByText('Seatless').first().waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.ui-toast-message').filter({ hasText: 'Booked into Diabetes class' }).waitFor();
    await page.getByText('4/4 full').first().waitFor();
  });
});
