import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPatientFollowUps } from '../src/features/follow-ups/api.ts';
import { cancelVisit, listPatientVisits } from '../src/features/schedule/visits/api.ts';
import { setUpSchedule } from '../test/practice.ts';
import { type Job, keepPictures, openJob } from './desk.ts';

let job: Job;
let page: Page;
let patientId: string;
beforeAll(async () => {
  job = await openJob();
  await setUpSchedule(job.practice);
  patientId = await job.person('Joanna', 'Smithers');
  page = await job.desk(await job.account('Ana', 'secretary'), '/follow-ups');
});
afterAll(() => job?.close());
keepPictures(() => job);

const toast = (text: string | RegExp) =>
  page.locator('.ui-toast-message', { hasText: text }).first().waitFor();
const theirs = async () =>
  (await job.practice.manager.do(listPatientFollowUps, { params: { id: patientId } })).followUps;

describe('a follow-up, by keyboard alone', () => {
  it('is ordered in the line, booked inside its window, and open again when its visit is cancelled', async () => {
    await page.getByText('Nothing is due').waitFor();
    await page.keyboard.press('/');
    await page.locator('.ln-field:focus').waitFor();
    await page.keyboard.type('smithers fu 2w lee mri first urgent');
    await page.locator('.ln-list[aria-busy=false] .ln-item').filter({ hasText: 'first: mri' }).waitFor();
    await page.keyboard.press('Enter');
    await toast('owed until it is kept');
    expect(await theirs()).toMatchObject([
      { state: 'open', targetOn: '2026-03-18', priority: 'urgent', prerequisites: [{ text: 'mri' }] },
    ]);

    const line = page.locator('.fu-line').filter({ hasText: 'Smithers' });
    await line.waitFor();
    await page.keyboard.press('b');
    await page.locator('.sc-openings button:focus').waitFor();
    await page.keyboard.press('Enter');
    await toast(/^Booked/);
    await page.getByText('Nothing is due').waitFor();
    const [booked] = await theirs();
    expect(booked).toMatchObject({ state: 'booked', visit: { physicianName: 'Dr. Lee' } });
    expect(booked?.visit?.startsAt.slice(0, 10)).toBe('2026-03-18');

    const { next } = await job.practice.manager.do(listPatientVisits, { params: { id: patientId } });
    await job.practice.manager.do(cancelVisit, {
      params: { id: next?.visitId ?? '' },
      body: { version: next?.version ?? 0, reason: 'patient-ill' },
    });
    await line.filter({ hasText: 'cancelled' }).waitFor();
  });

  it('notes who tried, and that the patient refuses, which can be taken back', async () => {
    await page.keyboard.press('t');
    await page.locator('[data-path=outcome]:focus').waitFor();
    await page.locator('[data-path=note]').focus();
    await page.keyboard.press('Enter');
    await toast('Noted: call, no answer');
    await page.getByText('call, no answer').last().waitFor();
    await page.keyboard.press('r');
    await page.getByLabel('Why, as the patient says it').waitFor();
    await page.keyboard.type('feels well');
    await page.keyboard.press('Control+Enter');
    await toast('Noted: refused');
    await expect.poll(async () => (await theirs())[0]?.state).toBe('refused');
    await page.getByRole('button', { name: 'Open again' }).press('Enter');
    await expect.poll(async () => (await theirs())[0]?.state).toBe('open');
  });
});
