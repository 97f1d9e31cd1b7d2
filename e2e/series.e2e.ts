import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookSeries, readSeries } from '../src/features/schedule/series/api.ts';
import { bookVisit } from '../src/features/schedule/visits/api.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { focusOn, type Job, keepPictures, openJob, tabTo } from './desk.ts';

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

describe('a series of visits', () => {
  it('one that is taken is owed; those after it are moved together, and it is all undone', async () => {
    const { patients, followUp, main, lee } = schedule;
    const common = { visitTypeId: followUp, siteId: main, physicianId: lee };
    await job.practice.manager.do(bookVisit, {
      body: { ...common, patientId: patients[1]!, startsAt: '2026-03-17T09:00:00-04:00' },
    });
    const pattern = { startsOn: '2026-03-10', time: '09:00', count: 4 };
    const body = { ...common, patientId: patients[0]!, pattern };
    const { seriesId, booked } = await job.practice.manager.do(bookSeries, { body });
    expect(booked).toBe(3);
    const read = async () => (await job.practice.manager.do(readSeries, { params: { id: seriesId } })).series;
    const said = (words: string) => page.locator('.ui-toast-message').filter({ hasText: words }).waitFor();
    const times = async () =>
      (await read()).places.map((one) => one.visit?.startsAt.slice(5, 16) ?? one.state);

    // Today says what is missing, and leads there
    await page.goto(`${job.office.url}/today`);
    await page.getByText('3 of 4 booked').first().waitFor();
    await page.goto(`${job.office.url}/schedule/series?id=${seriesId}`);
    await page.getByText('3 of 4 booked').waitFor();
    await focusOn(page.getByRole('button', { name: 'Find a time' }));
    await page.keyboard.press('Enter');
    await page.locator('.sc-openings button:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('4 of 4 booked').waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await read()).places[1]?.visit?.movedByHand).toBe(true);

    // By the keyboard alone: from the third visit on, an hour later
    await focusOn(page.getByRole('button', { name: 'Change from here' }).nth(2));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, '[role=dialog] .se-fields input');
    await page.keyboard.type('10');
    await page
      .getByRole('dialog')
      .getByText(/→ .*10:00 am with/)
      .last()
      .waitFor();
    await page.getByRole('button', { name: 'Change 2 visits' }).waitFor();
    await page.keyboard.press('Enter');
    await said('Changed: 2 visits of the series.');
    expect(await times()).toEqual([
      ...['03-10T13:00', expect.stringContaining('03-17'), '03-24T14:00', '03-31T14:00'],
    ]);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('u');
    await said('Undone.');
    expect((await times()).slice(2)).toEqual(['03-24T13:00', '03-31T13:00']);
  });
});
