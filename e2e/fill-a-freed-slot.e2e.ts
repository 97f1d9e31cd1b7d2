import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookVisit } from '../src/features/schedule/visits/api.ts';
import { joinWaitlist, listOpenings, listWaitlist, readOpening } from '../src/features/waitlist/api.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { type Job, keepPictures, openJob, openLine } from './desk.ts';

let job: Job;
let page: Page;
let plan: TestSchedule;
let freed: string;
beforeAll(async () => {
  job = await openJob();
  plan = await setUpSchedule(job.practice);
  const { manager } = job.practice;
  const body = {
    ...{ patientId: plan.patients[0]!, visitTypeId: plan.followUp, siteId: plan.main },
    ...{ physicianId: plan.lee, startsAt: '2026-03-04T14:00:00-05:00' },
  };
  freed = (await manager.do(bookVisit, { body })).visit.visitId;
  for (const [who, priority] of [
    ['Vera', 'soon'],
    ['Omar', 'routine'],
  ] as const) {
    const patientId = await job.person(who, 'Quill');
    const priorityReason = priority === 'soon' ? 'pain at night' : '';
    await manager.do(joinWaitlist, {
      body: { patientId, visitTypeId: plan.followUp, priority, priorityReason },
    });
  }
  page = await job.desk(await job.account('Ana', 'secretary'), '/schedule');
});
afterAll(() => job?.close());
keepPictures(() => job);

const dialog = () => page.locator('[role=dialog]');
const duty = (words: string) => page.locator('.td-duty').filter({ hasText: words });
const manager = () => job.practice.manager;
const toast = (words: string) => page.locator('.ui-toast-message', { hasText: words }).waitFor();

describe('a freed slot is filled, by keyboard alone', () => {
  it('puts someone on the waitlist in one line, and shows them on the page', async () => {
    await job.person('Lena', 'Abbot');
    await page.getByRole('application').waitFor();
    await openLine(page);
    await page.locator('.ln-field:focus').waitFor();
    await page.keyboard.type('abbot lena wait fu lee mornings');
    await page.locator('.ln-list[aria-busy=false] .ln-item').filter({ hasText: 'mornings' }).waitFor();
    await page.keyboard.press('Enter');
    await toast('On the waitlist for Follow-up: Lena Abbot');
    await page.goto(`${job.office.url}/waitlist`);
    await page
      .locator('.wl-line')
      .filter({ hasText: 'Lena Abbot' })
      .getByText('Dr. Lee · mornings')
      .waitFor();
    const { entries } = await manager().do(listWaitlist, { query: {} });
    expect(entries.map((one) => one.patientName)).toEqual(['Vera Quill', 'Omar Quill', 'Lena Abbot']);
  });

  it('cancels a visit at the desk, calls from Today, and a yes books it; who has a message is told', async () => {
    await page.goto(`${job.office.url}/schedule?date=2026-03-04`);
    await page.locator(`[data-item="${freed}"]`).focus();
    await page.keyboard.press('Enter');
    await page.locator('.sc-acts').getByRole('button', { name: 'Earlier if possible' }).waitFor();
    await page.keyboard.press('x');
    await dialog().locator('button:focus').filter({ hasText: 'Patient asked' }).waitFor();
    await page.keyboard.press('1');
    await dialog().waitFor({ state: 'detached' });
    await toast('Cancelled');
    await job.office.runner.drain();
    await page.goto(`${job.office.url}/today?who=everyone`);
    await duty('Offer Wed, Mar 4, 2:00 pm with Dr. Lee: Vera Quill').getByText('(518) 555-0123').waitFor();
    await duty('Omar Quill').waitFor();
    // The first one has a machine: a message is left, by the keys of Today
    const more = duty('Vera Quill').getByRole('button', { name: 'More for' });
    await more.focus();
    await page.keyboard.press('Enter');
    await dialog().getByRole('button', { name: 'Left a message' }).focus();
    await page.keyboard.press('Enter');
    await duty('Vera Quill').getByText('message left').waitFor();
    await duty('Omar Quill').getByRole('button', { name: 'Yes – book it' }).focus();
    await page.keyboard.press('Enter');
    await toast('Booked: Wed, Mar 4, 2:00 pm with Dr. Lee.');
    await duty('Tell Vera Quill that the opening is gone').waitFor();
    await duty('Tell Vera Quill').getByRole('button', { name: 'Told' }).focus();
    await page.keyboard.press('Enter');
    await toast('Told: Tell Vera Quill');
    await duty('Tell Vera Quill').waitFor({ state: 'detached' });
    const [opening] = (await manager().do(listOpenings, { query: {} })).openings;
    expect(opening).toMatchObject({ outcome: 'filled', wave: 1 });
    const { offers } = await manager().do(readOpening, { params: { id: opening!.openingId } });
    expect(offers.map((one) => [one.patientName, one.outcome, one.toldAt !== null])).toEqual([
      ['Vera Quill', 'lost', true],
      ['Omar Quill', 'won', true],
    ]);
  });

  it('proves that the order was fair, and counts what was filled', async () => {
    await page.goto(`${job.office.url}/waitlist?view=openings`);
    await page.locator('.wl-line[data-selected]').filter({ hasText: '2:00 pm with Dr. Lee' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog().getByText('the rule gives the same order').waitFor();
    await dialog()
      .locator('.wl-choices li')
      .filter({ hasText: 'Lena Abbot' })
      .getByText('not at that time of day')
      .waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await page.goto(`${job.office.url}/waitlist?view=figures`);
    await page.locator('.wl-sum').getByText('100%').waitFor();
    await page.goto(`${job.office.url}/waitlist`);
    await page.locator('.wl-line[data-selected]').filter({ hasText: 'Vera Quill' }).waitFor();
    await page.keyboard.press('x');
    await dialog().waitFor();
    await page.keyboard.type('Goes elsewhere');
    await page.keyboard.press('Control+Enter');
    await toast('Off the waitlist: Vera Quill');
  });
});
