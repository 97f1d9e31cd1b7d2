import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listRescues, readRescue } from '../src/features/rescue/api.ts';
import { bookVisit, listPatientVisits } from '../src/features/schedule/visits/api.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { counted, type Job, keepPictures, openJob } from './desk.ts';

const people = 30;
let job: Job;
let plan: TestSchedule;
let page: Page;
beforeAll(async () => {
  job = await openJob();
  plan = await setUpSchedule(job.practice, people);
  // Tomorrow, from eight on, with an hour for lunch
  for (const [index, patientId] of plan.patients.entries()) {
    const minutes = 8 * 60 + index * 15 + (index >= 16 ? 60 : 0);
    const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
    const startsAt = `2026-03-05T${time}:00-05:00`;
    const what = { visitTypeId: plan.followUp, physicianId: plan.lee, siteId: plan.main, resourceIds: [] };
    await job.practice.manager.do(bookVisit, { body: { ...what, patientId, startsAt } });
  }
  page = await job.desk(await job.account('Ana', 'secretary'), '/schedule?date=2026-03-05');
});
afterAll(() => job?.close());
keepPictures(() => job);

const placeOf = async (person: number) => {
  const { next } = await job.practice.manager.do(listPatientVisits, {
    params: { id: plan.patients[person]! },
  });
  return [next?.startsAt, next?.physicianId];
};

describe('a physician is out', () => {
  it(`${people} visits, the proposals as they are: 3 keys and a few letters; all of it taken back by one`, async () => {
    await page.locator('[data-item]').first().waitFor();
    const before = await placeOf(0);
    const hand = counted(page);
    await hand.press('Control+k');
    await page.locator('.ln-field:focus').waitFor();
    await hand.type('lee out tomorrow');
    await page.locator('.ln-list[aria-busy=false] .ln-item').filter({ hasText: 'Dr. Lee' }).waitFor();
    await hand.press('Enter');
    await page.getByText(`${people} visits: ${people} with a new time`).waitFor();
    await hand.press('Control+Enter');
    await page.getByText(`${people} without an answer`).waitFor();
    const { clicks, keys, text } = hand.counts;
    console.log(`physician out, ${people} visits: ${clicks} clicks, ${keys} keys, ${text} typed (limit 5)`);
    expect(clicks + keys).toBeLessThanOrEqual(5);
    expect(await placeOf(0)).not.toEqual(before);
    await page.keyboard.press('Shift+Z');
    await page.getByText('Taken back: every visit is where it was.').waitFor();
    expect(await placeOf(0)).toEqual(before);
  });

  it('line by line with keys, then the calls: agreed, no answer, another time', async () => {
    await page.goto(`${job.office.url}/rescue?physician=${plan.lee}&when=today&date=2026-03-05`);
    const first = page.locator('.rs-line[data-selected]');
    await first.waitFor();
    // Another time, or the same with another physician
    const place = first.locator('.rs-to');
    const was = await place.textContent();
    await page.keyboard.press('n');
    await expect.poll(() => place.textContent()).not.toBe(was);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.getByText(`${people} visits: ${people - 1} with a new time · 1 cancelled`).waitFor();
    await page.keyboard.press('b');
    await page.keyboard.press('c');
    await page.getByText(`${people - 1} with a new time · 1 to call`).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText(`${people} without an answer`).waitFor();

    await page.keyboard.press('a');
    await page.getByText(`${people - 1} without an answer`).waitFor();
    await page.keyboard.press('n');
    await page.getByText('has not answered, tried once').first().waitFor();
    await page.keyboard.press('w');
    await page.getByText('1 wants another time').waitFor();
    await page.keyboard.press('t');
    await page.locator('.sc-openings button:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('2 agreed').waitFor();
    const { rescues } = await job.practice.manager.do(listRescues, {});
    const standing = rescues.find((one) => one.undoneAt === null)!;
    const { rescue } = await job.practice.manager.do(readRescue, { params: { id: standing.rescueId } });
    expect(rescue.counts).toEqual({ all: people, agreed: 2, waiting: people - 2, refused: 0, owed: 0 });

    // Today holds it until all have an answer
    await page.goto(`${job.office.url}/today`);
    await page
      .locator('.td-duty')
      .filter({ hasText: `Tell ${people - 2} people: Dr. Lee is out` })
      .waitFor();
  });

  it('from a column of the day by Shift O', async () => {
    await page.goto(`${job.office.url}/schedule?date=2026-03-06`);
    await page.locator(`[data-column="${plan.lee}"]`).first().waitFor();
    await page.locator(`[data-column="${plan.lee}"]`).first().focus();
    await page.keyboard.press('Shift+O');
    await page.getByRole('heading', { name: 'Day rescue' }).waitFor();
    await expect.poll(() => new URL(page.url()).searchParams.get('date')).toBe('2026-03-06');
  });
});
