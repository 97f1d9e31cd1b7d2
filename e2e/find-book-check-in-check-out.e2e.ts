import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listPatientVisits, readVisit } from '../src/features/schedule/visits/api.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { type Job, keepPictures, openJob, password, tabTo } from './desk.ts';

let job: Job;
let schedule: TestSchedule;
let patientId: string;
let email: string;
beforeAll(async () => {
  job = await openJob();
  schedule = await setUpSchedule(job.practice);
  patientId = await job.person('Joanna', 'Smithers');
  email = await job.account('Ana', 'secretary');
});
afterAll(() => job?.close());
keepPictures(() => job);

/** From here on a pointer would be noticed. */
async function watchPointers(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const state = window as unknown as { pointers: number };
    state.pointers = 0;
    for (const kind of ['pointerdown', 'mousedown']) {
      window.addEventListener(kind, () => state.pointers++, true);
    }
  });
  return () => page.evaluate(() => (window as unknown as { pointers: number }).pointers);
}

const focused = (page: Page) =>
  page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset.item ?? '');
const visits = () => job.practice.manager.do(listPatientVisits, { params: { id: patientId } });

describe('the main job, by keyboard alone', () => {
  it('finds by a misspelled scrap, books, moves, checks in and out with a follow-up', async () => {
    const page = await (await job.context()).newPage();
    const pointers = await watchPointers(page);
    await page.goto(job.office.url);
    await page.locator('input[type=email]:focus').waitFor();
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await page.locator('.ui-rail').waitFor();

    await page.keyboard.press('/');
    await page.locator('.ln-field:focus').waitFor();
    await page.keyboard.type('open schedule');
    await page.keyboard.press('Enter');
    await page.getByRole('application').waitFor();

    // The first free time: typing a name on it books.
    await tabTo(page, '.tg-slot');
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('Control+ArrowDown');
    await page.keyboard.press('s');
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await page.keyboard.type('mihters jo');
    await page.keyboard.press('Enter');
    await page.locator('[role=dialog] [type=submit]:focus').waitFor();
    await page.keyboard.press('Enter');
    const card = page.locator('[data-item]').filter({ hasText: 'Smithers' });
    await card.waitFor();
    const [booked] = (await visits()).visits;
    expect(booked).toMatchObject({ state: 'booked', startsAt: '2026-03-04T15:30:00.000Z' });
    await page.waitForFunction(
      (id) => document.activeElement?.matches(`[data-item="${id}"]`),
      booked!.visitId,
    );

    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Alt+ArrowRight');
    await page.getByRole('status').filter({ hasText: 'Moved to 10:40 am with Dr. Okoye' }).first().waitFor();
    await expect
      .poll(async () => (await visits()).visits[0])
      .toMatchObject({ startsAt: '2026-03-04T15:40:00.000Z', physicianId: schedule.okoye });
    await expect.poll(() => focused(page)).toBe(booked!.visitId);

    // A move within the notice asks nothing; one key says that the patient wanted it, and that is undone alone
    const late = async () => {
      const params = { id: booked!.visitId };
      return (await job.practice.manager.do(readVisit, { params })).steps.at(-1)?.detail.late;
    };
    await page.getByRole('button', { name: /^The patient asked/ }).waitFor();
    await page.keyboard.press('y');
    await page.getByText('Late move, asked by the patient').first().waitFor();
    expect(await late()).toBe(true);
    await page.keyboard.press('u');
    await page.getByText('Not late any more').first().waitFor();
    expect(await late()).toBeUndefined();
    expect(await focused(page)).toBe(booked!.visitId);

    for (const [key, words, state] of [
      ['a', 'arrived', 'arrived'],
      ['r', 'in room', 'in_room'],
      ['d', 'with physician', 'with_physician'],
    ] as const) {
      await page.keyboard.press(key);
      await page.locator(`[data-item="${booked!.visitId}"][aria-label*="${words}"]:focus`).waitFor();
      await expect.poll(async () => (await visits()).visits[0]?.state).toBe(state);
    }
    await page.keyboard.press('o');
    await page.locator('.sc-choices button:focus').waitFor();
    await page.keyboard.press('3');
    await page.locator('.sc-openings button:focus').waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await visits()).next?.startsAt.slice(0, 10)).toBe('2026-06-04');
    const after = await visits();
    expect(after.visits.map((visit) => visit.state).sort()).toEqual(['booked', 'checked_out']);
    expect(after.next?.physicianId).toBe(schedule.okoye);
    expect(await pointers()).toBe(0);
  });
});
