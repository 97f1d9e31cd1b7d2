import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookVisit, moveVisit } from '../src/features/schedule/visits/api.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { type Job, keepPictures, openJob } from './desk.ts';

let job: Job;
let schedule: TestSchedule;
let email: string;
beforeAll(async () => {
  job = await openJob();
  schedule = await setUpSchedule(job.practice);
  await job.person('Marta', 'Quill');
  email = await job.account('Ana', 'secretary');
});
afterAll(() => job?.close());
keepPictures(() => job);

/** The requests for the day that this page makes from now on: whether each is a live refresh. */
function dayRequests(page: Page): boolean[] {
  const seen: boolean[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/day') seen.push('x-frontdesk-live' in request.headers());
  });
  return seen;
}

/** When the page shows a visit with these words, by the page's own clock of frames, not by asking it again. */
const shows = (page: Page, words: string) =>
  page.locator(`[data-item][aria-label*="${words}"]`).first().waitFor({ timeout: 5000 });

describe('two desks', () => {
  it('see each other’s changes by a live event, within a second', async () => {
    const [first, second] = [await job.desk(email, '/schedule'), await job.desk(email, '/schedule')];
    for (const page of [first, second]) await page.getByRole('application').waitFor();
    await second.waitForLoadState('networkidle', { timeout: 1500 }).catch(() => undefined);
    const asked = dayRequests(second);

    // By hand on the first desk: a click on free time, a scrap of the name, Enter, Enter.
    await first
      .locator('[data-column]')
      .nth(1)
      .click({ position: { x: 80, y: 560 } });
    await first.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await first.keyboard.type('quil ma');
    await first.keyboard.press('Enter');
    await first.locator('[role=dialog] [type=submit]:focus').waitFor();
    const answered = first.waitForResponse(
      (response) => response.request().method() === 'POST' && response.url().endsWith('/api/visits'),
    );
    await first.keyboard.press('Enter');
    await answered;
    const bookedAt = performance.now();
    await shows(second, 'Quill');
    expect(performance.now() - bookedAt).toBeLessThan(3000);
    // One for the booking, two more where the form stood open so long that its time was held
    expect([asked.includes(false), asked.length <= 3]).toEqual([false, true]);
    asked.length = 0;

    // And what another program does is seen by both.
    const { visit } = await job.practice.manager.do(bookVisit, {
      body: {
        patientId: schedule.patients[0]!,
        visitTypeId: schedule.followUp,
        physicianId: schedule.lee,
        siteId: schedule.main,
        resourceIds: [],
        startsAt: '2026-03-04T18:00:00.000Z',
      },
    });
    await Promise.all([first, second].map((page) => shows(page, '1:00 pm, ')));
    await job.practice.manager.do(moveVisit, {
      params: { id: visit.visitId },
      body: { version: visit.version, startsAt: '2026-03-04T19:00:00.000Z' },
    });
    await Promise.all([first, second].map((page) => shows(page, '2:00 pm, ')));
    expect(asked).toEqual([true, true]);
    for (const page of [first, second]) await page.context().close();
  });

  it('as two tabs of one browser share one stream; when its tab closes, the other listens on', async () => {
    const context = await job.context();
    const streams: string[] = [];
    context.on('request', (request) => {
      if (request.url().endsWith('/api/live')) streams.push(request.url());
    });
    const first = await job.desk(email, '/schedule', context);
    await first.getByRole('application').waitFor();
    const second = await context.newPage();
    await second.goto(`${job.office.url}/schedule`);
    await second.getByRole('application').waitFor();
    const book = (patientId: string, startsAt: string) =>
      job.practice.manager.do(bookVisit, {
        body: {
          patientId,
          visitTypeId: schedule.followUp,
          physicianId: schedule.okoye,
          siteId: schedule.main,
          resourceIds: [],
          startsAt,
        },
      });
    await book(schedule.patients[3]!, '2026-03-04T20:00:00.000Z');
    await Promise.all([first, second].map((page) => shows(page, '3:00 pm, ')));
    expect(streams).toHaveLength(1);

    await first.close();
    await expect.poll(() => streams.length, { timeout: 5000 }).toBe(2);
    await book(schedule.patients[4]!, '2026-03-04T21:00:00.000Z');
    await shows(second, '4:00 pm, ');
    expect(streams).toHaveLength(2);
    await context.close();
  });
});
