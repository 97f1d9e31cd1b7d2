import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changePatient, markDeceased, openPatient } from '../src/features/patients/api.ts';
import { bookVisit, listPatientVisits } from '../src/features/schedule/visits/api.ts';
import { setUpSchedule } from '../test/practice.ts';
import { type Job, keepPictures, openJob, tabTo } from './desk.ts';

let job: Job;
let fuller: string;
let other: string;
let page: Page;
beforeAll(async () => {
  job = await openJob();
  const schedule = await setUpSchedule(job.practice);
  fuller = await job.person('Joanna', 'Smithers', '1961-03-14');
  // Of two as full the older stays.
  job.office.clock.advance(1000);
  other = await job.person('Johanna', 'Smithers', '1961-03-14');
  await job.practice.manager.do(bookVisit, {
    body: {
      patientId: other,
      visitTypeId: schedule.followUp,
      physicianId: schedule.lee,
      siteId: schedule.main,
      resourceIds: [],
      startsAt: '2026-03-05T15:00:00.000Z',
    },
  });
  page = await job.desk(await job.account('Ana', 'secretary'));
});
afterAll(() => job?.close());
keepPictures(() => job);

const open = async (id: string) => (await job.practice.manager.do(openPatient, { params: { id } })).patient;
const visitsOf = async (id: string) =>
  (await job.practice.manager.do(listPatientVisits, { params: { id } })).visits.length;

describe('two records of one person, by keyboard alone', () => {
  it('finds the pair, chooses a field, merges, sees the visit moved, and takes the two apart again', async () => {
    await page.keyboard.press('/');
    await page.locator('.ln-field:focus').waitFor();
    await page.keyboard.type('likely dup');
    await page.locator('.ln-item').filter({ hasText: 'Likely duplicates' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[data-compare]:focus').waitFor();
    await page.keyboard.press('Enter');

    // The one field that differs has the focus: choose the other side of it.
    await page.locator('.mg-row input:focus').waitFor();
    await page.getByText('1 visit of record').waitFor();
    const first = (await page.locator('.mg-side:has(:checked)').first().innerText()).trim();
    await page.keyboard.press(
      (await page.locator('.mg-side input').first().isChecked()) ? 'ArrowRight' : 'ArrowLeft',
    );
    const chosen = (await page.locator('.mg-side:has(:checked)').first().innerText()).trim();
    expect(chosen).not.toBe(first);
    const nameOf = (text: string) => text.split(',')[0]?.trim();
    await page.keyboard.press('Control+Enter');
    await page.getByText('is part of record').first().waitFor();
    await page.locator('.mg-record').first().waitFor();
    await page.locator('.mg-record').filter({ hasText: 'Smithers' }).first().waitFor({ state: 'detached' });
    const survivor = (await open(fuller)).mergedInto ?? fuller;
    const gone = survivor === fuller ? other : fuller;
    expect((await open(gone)).mergedInto).toBe(survivor);
    expect((await open(survivor)).givenName).toBe(nameOf(chosen));
    expect([await visitsOf(survivor), await visitsOf(gone)]).toEqual([1, 0]);

    // The old address leads to the survivor, whose page says what became part of it.
    await page.goto(`${job.office.url}/patients/${gone}`);
    await page.waitForURL(`**/patients/${survivor}`);
    await page.getByText('became part of this one').waitFor();
    await tabTo(page, '[aria-label^="Take record"]');
    await page.keyboard.press('Enter');
    await page.locator('[role=dialog] [type=submit]:focus').filter({ hasText: 'Take apart' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Everything that had moved went back.').waitFor();
    expect((await open(gone)).mergedInto).toBeNull();
    expect([await visitsOf(fuller), await visitsOf(other)]).toEqual([0, 1]);
    expect([(await open(fuller)).givenName, (await open(other)).givenName]).toEqual(['Joanna', 'Johanna']);
  });

  it('shows both again when a colleague changed one meanwhile, and keeps what was chosen', async () => {
    await page.goto(`${job.office.url}/patients/${fuller}/merge-with/${other}`);
    await page.locator('.mg-row input:focus').waitFor();
    const inputs = page.locator('[role=radiogroup][aria-label="First name"] input');
    const was = await inputs.first().isChecked();
    await page.keyboard.press(was ? 'ArrowRight' : 'ArrowLeft');
    const { version } = await open(other);
    const body = { version, change: { maritalStatus: 'Widowed' } };
    await job.practice.manager.do(changePatient, { params: { id: other }, body });
    await page.getByText('Someone changed one of these records').waitFor();
    await page.getByText('Widowed').waitFor();
    expect(await inputs.first().isChecked()).toBe(!was);
  });

  it('says before merging that one of them has died, and leads to both', async () => {
    const { version } = await open(other);
    const told = { version, deceased: true, deceasedOn: null };
    await job.practice.manager.do(markDeceased, { params: { id: other }, body: told });
    await page.getByText('says that this person has died').waitFor();
    await page
      .getByRole('button', { name: /^Open MRN/ })
      .nth(1)
      .waitFor();
    await job.practice.manager.do(markDeceased, {
      params: { id: other },
      body: { ...told, version: version + 1, deceased: false },
    });
    await page.locator('.mg-row').first().waitFor();
  });

  it('keeps two as two people by one key, and takes that back by another', async () => {
    await page.goto(`${job.office.url}/patients/duplicates`);
    await page.locator('[data-compare]:focus').waitFor();
    const pair = page.locator('.mg-pairs > li').filter({ hasText: 'Smithers' });
    await page.keyboard.press('x');
    await pair.waitFor({ state: 'detached' });
    await page.keyboard.press('u');
    await page.getByText('Listed as likely duplicates again').first().waitFor();
    await pair.waitFor();
    // From the comparison too, which leads back to the list.
    await page.goto(`${job.office.url}/patients/${fuller}/merge-with/${other}?from=duplicates`);
    await page.locator('.mg-row').first().waitFor();
    await page.keyboard.press('x');
    await page.locator('[data-compare]:focus').waitFor();
    expect(await pair.count()).toBe(0);
    await page.keyboard.press('u');
    await pair.waitFor();
    // What stood marked stays so, though the pair came back above it.
    const marked = page.locator('.mg-pairs > li').nth(1);
    await expect.poll(() => marked.getAttribute('data-selected')).toBe('true');
    await marked.locator('[data-compare]:focus').waitFor();
  });

  it('takes a merge back with one key right after it', async () => {
    await page.goto(`${job.office.url}/patients/${fuller}/merge-with/${other}`);
    await page.locator('.mg-row input:focus').waitFor();
    await page.keyboard.press('s');
    await page.keyboard.press('Control+Enter');
    await page.getByText('is part of record').first().waitFor();
    await page.keyboard.press('u');
    await page.getByText('both records stand on their own again').first().waitFor();
    expect([(await open(fuller)).mergedInto, (await open(other)).mergedInto]).toEqual([null, null]);
  });
});
