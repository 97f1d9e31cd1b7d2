import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCallsOfDay, listOpenCalls } from '../src/features/calls/api.ts';
import { addCustody } from '../src/features/patients/custody/api.ts';
import { addRelation } from '../src/features/patients/relations/api.ts';
import { setUpSchedule } from '../test/practice.ts';
import { type Job, keepPictures, openJob, openLine } from './desk.ts';

let job: Job;
let page: Page;
let patientId: string;
beforeAll(async () => {
  job = await openJob();
  await setUpSchedule(job.practice);
  patientId = await job.person('Lena', 'Abbot', '2019-05-02');
  const { manager } = job.practice;
  const params = { id: patientId };
  await manager.do(addRelation, {
    params,
    body: {
      name: 'Vera Abbot',
      relationship: 'mother',
      phone: '5185550144',
      mayHear: ['all'],
      proof: 'parent',
    },
  });
  await manager.do(addCustody, { params, body: { mustNotTell: ['Ray Abbot'], courtOrder: true } });
  page = await job.desk(await job.account('Ana', 'secretary'), '/schedule');
});
afterAll(() => job?.close());
keepPictures(() => job);

const open = async () => (await job.practice.manager.do(listOpenCalls, {})).calls;
const dialog = () => page.locator('[role=dialog]');

describe('a call, by keyboard alone', () => {
  it('shows what an authorized person may hear, and becomes a duty that is read back and settled', async () => {
    await page.getByRole('application').waitFor();
    await page.keyboard.press('F2');
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await page.keyboard.type('518 555 0144');
    await dialog().getByText('mother of Lena Abbot, may hear everything').waitFor();
    await page.keyboard.press('Enter');
    await dialog().getByText('Vera Abbot may hear everything, after two identifiers.').waitFor();
    await page.locator('[data-path=text]:focus').waitFor();
    await page.keyboard.type('refill of the inhaler by 3pm to nurse');
    await dialog()
      .getByText('owed Wed Mar 4, 3:00 pm · any nurse')
      .or(dialog().getByText('any nurse'))
      .first()
      .waitFor();
    await dialog().getByLabel('birth date').focus();
    await page.keyboard.press('Space');
    await dialog().getByLabel('record number').focus();
    await page.keyboard.press('Space');
    await dialog().getByText('Vera Abbot may hear everything.').waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
    const [call] = await open();
    expect(call).toMatchObject({
      ...{ callerName: 'Vera Abbot', patientId, text: 'refill of the inhaler', reason: 'refill' },
      ...{ promisedAt: '2026-03-04T20:00:00.000Z', ownerRole: 'nurse', identity: 'verified' },
    });
    // In view now, with what waits
    await page.getByRole('region', { name: 'Calls' }).getByText('refill of the inhaler').waitFor();
    await page.goto(`${job.office.url}/today?who=everyone`);
    await page.locator('.td-duty').filter({ hasText: 'Call Vera Abbot: refill of the inhaler' }).waitFor();
    await page.goto(`${job.office.url}/calls`);
    await page.locator('.cl-line[data-selected]').filter({ hasText: 'Vera Abbot' }).waitFor();
    await page.keyboard.press('Enter');
    await dialog().getByText('518 · 555 · 0144').waitFor();
    await page.keyboard.press('n');
    await dialog().locator('.cl-steps').getByText('no answer').waitFor();
    await page.keyboard.press('d');
    await page.getByText('Nobody waits for a call').waitFor();
    await dialog().waitFor({ state: 'detached' });
    expect(await open()).toEqual([]);
  });

  it('warns of words of danger and of whom a custody note names', async () => {
    await page.keyboard.press('F2');
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await page.keyboard.type('abbot lena');
    await dialog()
      .getByRole('option', { name: /Lena Abbot/ })
      .first()
      .waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[data-path=text]:focus').waitFor();
    await page.keyboard.type('chest pain');
    await dialog().getByRole('alert').getByText('Possible emergency').waitFor();
    await dialog().locator('[data-path=callerKind]').focus();
    await page.keyboard.type('fam');
    await page.keyboard.press('Enter');
    await expect.poll(() => dialog().locator('[data-path=callerKind]').inputValue()).toMatch(/family/i);
    await dialog().getByLabel('Name of who calls').focus();
    await page.keyboard.type('Ray');
    await dialog().getByText('do NOT tell Ray Abbot').first().waitFor();
    await dialog().getByText('Custody: Ray must not be told anything about Lena Abbot.').waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog().waitFor({ state: 'detached' });
    expect(await open()).toMatchObject([{ urgent: true, ownerRole: 'nurse' }]);
    await page.locator('.cl-line').filter({ hasText: 'urgent' }).waitFor();
  });

  it('takes a stranger in one line, who is registered without typing name and number again', async () => {
    await openLine(page);
    await page.locator('.ln-field:focus').waitFor();
    await page.keyboard.type('call Dana Quill 518 555 0199: new patient, wants a visit by fri');
    await page.locator('.ln-list[aria-busy=false] .ln-item').filter({ hasText: 'kept as typed' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.ln-field').waitFor({ state: 'detached' });
    const query = { date: '2026-03-04' };
    const [call] = (await job.practice.manager.do(listCallsOfDay, { query })).calls;
    expect(call).toMatchObject({
      callerName: 'Dana Quill',
      callbackPhone: '+15185550199',
      ownerRole: 'secretary',
    });
    await page.goto(`${job.office.url}/calls?call=${call?.callId}`);
    await dialog().getByRole('button', { name: 'Register as a patient' }).click();
    await page.waitForURL(/\/patients\/register$/);
    expect(await page.getByLabel('Last name').inputValue()).toBe('Quill');
    expect(await page.getByLabel('Phone', { exact: true }).inputValue()).toBe('(518) 555-0199');
  });
});
