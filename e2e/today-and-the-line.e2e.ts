import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookVisit, confirmVisit, listPatientVisits } from '../src/features/schedule/visits/api.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { focusOn, type Job, keepPictures, openJob, openLine, password } from './desk.ts';

let job: Job;
let schedule: TestSchedule;
let email: string;
beforeAll(async () => {
  job = await openJob();
  schedule = await setUpSchedule(job.practice);
  email = await job.account('Ana', 'secretary');
});
afterAll(() => job?.close());
keepPictures(() => job);

const book = (patientId: string, startsAt: string) =>
  job.practice.manager.do(bookVisit, {
    body: {
      patientId,
      visitTypeId: schedule.followUp,
      physicianId: schedule.lee,
      siteId: schedule.main,
      resourceIds: [],
      startsAt,
    },
  });
const dutyOf = (page: Page, words: string) => page.locator('.td-duty').filter({ hasText: words });

describe('the line', () => {
  it('shows five openings with their reasons for who, what, when, and Enter books the first', async () => {
    const patientId = await job.person('Joanna', 'Smith');
    await job.person('Peter', 'Smith', '1948-07-02');
    const page = await job.desk(email, '/today');
    await openLine(page);
    await page.locator('.ln-field:focus').waitFor();
    await page.keyboard.type('smith jo fu 3m lee am');
    const choices = page.locator('.ln-list[aria-busy=false] .ln-item');
    await expect.poll(() => choices.count()).toBe(5);
    const shown = await choices.evaluateAll((items) =>
      items.map((item) => ({
        lead: item.querySelector('b')?.textContent ?? '',
        who: item.querySelector('span')?.firstChild?.textContent ?? '',
        why: item.querySelector('small')?.textContent ?? '',
      })),
    );
    for (const { lead, who, why } of shown) {
      expect(lead).toMatch(/am$/);
      expect(who).toContain('Dr. Lee');
      expect(why).not.toBe('');
    }
    await page.keyboard.press('Enter');
    const visits = () => job.practice.manager.do(listPatientVisits, { params: { id: patientId } });
    await expect.poll(async () => (await visits()).next).toMatchObject({ physicianId: schedule.lee });
    const { next } = await visits();
    expect(next?.startsAt.slice(0, 10)).toBe('2026-06-04');
    await page.getByRole('region', { name: 'Notes' }).getByText('Booked Thu Jun 4').waitFor();
    await page.locator('.ln-field').waitFor({ state: 'detached' });
    await page.context().close();
  });
});

describe('Today', () => {
  it('closes a duty by itself when its fact becomes true, and puts one off with a reason', async () => {
    const [first, second] = [await job.person('Lena', 'Abbot'), await job.person('Omar', 'Baxter')];
    // Booked before 4 pm of the day before: both are to be confirmed by then.
    const { visit } = await book(first, '2026-03-05T15:00:00.000Z');
    await book(second, '2026-03-05T16:00:00.000Z');
    const page = await job.desk(email, '/today');
    await dutyOf(page, 'Abbot').waitFor();
    await dutyOf(page, 'Baxter').waitFor();

    // Another desk confirms: nobody ticks the duty off.
    await job.practice.manager.do(confirmVisit, {
      params: { id: visit.visitId },
      body: { version: visit.version, confirmed: true },
    });
    await dutyOf(page, 'Abbot').waitFor({ state: 'detached', timeout: 5000 });

    await focusOn(page.getByRole('button', { name: /^Confirmed.*Baxter/ }));
    await page.keyboard.press('s');
    await page.getByLabel('Why').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Say why in a few words.').waitFor();
    await page.getByLabel('Why').fill('waits for a call back');
    await page.keyboard.press('Enter');
    await page.locator('summary').filter({ hasText: 'Snoozed (1)' }).waitFor();
    expect(await dutyOf(page, 'Baxter').filter({ visible: true }).count()).toBe(0);

    // Its time comes: it stands there again, for who unlocks the desk that nobody touched meanwhile.
    job.office.clock.advance(61 * 60_000);
    await page.context().clock.setFixedTime(job.office.clock.now());
    await page.reload();
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.keyboard.press('Enter');
    await dutyOf(page, 'Baxter').filter({ visible: true }).waitFor();
    await page.context().close();
  });
});
