import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restrictRecord } from '../src/features/privacy/restricted/commands.ts';
import { startSettings } from '../src/features/privacy/rules.ts';
import { changePrivacySettings } from '../src/features/privacy/settings/commands.ts';
import { findSettings } from '../src/features/privacy/settings/queries.ts';
import { focusOn, type Job, keepPictures, openJob } from './desk.ts';

let job: Job;
let page: Page;
let id: string;
beforeAll(async () => {
  job = await openJob();
  await job.practice.tx(async (tx) => {
    const { version } = await findSettings(tx.db);
    await changePrivacySettings(tx, { ...startSettings, glassMinutes: 5, version });
  });
  id = await job.person('Joanna', 'Smith');
  page = await job.desk(await job.account('Mara', 'secretary'), '/patients');
});
afterAll(() => job?.close());
keepPictures(() => job);

describe('someone who is not near today is looked up', () => {
  it('the office asks why, by one key, and shows nothing before', async () => {
    await page.goto(`${job.office.url}/patients/${id}`);
    const dialog = page.getByRole('dialog', { name: 'Why do you open this record?' });
    await dialog.waitFor();
    expect(await page.getByText('Smith, Joanna').count()).toBe(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('heading', { name: 'Patients' }).waitFor();
    await page.goto(`${job.office.url}/patients/${id}`);
    await dialog.waitFor();
    await page.keyboard.press('1');
    await page.getByRole('heading', { name: 'Smith, Joanna' }).waitFor();
    await dialog.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: 'Smith, Joanna' }).waitFor();
  });

  it('the manager reads it and marks it as reviewed', async () => {
    const manager = await job.desk(await job.account('Iris', 'manager'), '/privacy');
    const row = manager.getByRole('row', { name: /Smith, Joanna.*Patient is calling/ });
    await focusOn(row);
    await manager.keyboard.press('Enter');
    const review = manager.getByRole('dialog', { name: 'Mara Ruiz looked up Smith, Joanna' });
    await review.getByLabel('Note, if any').fill('She called about a form');
    await manager.keyboard.press('Control+Enter');
    await manager.getByText('Nothing to review').waitFor();
    await manager.close();
  });
});

describe('a restricted record', () => {
  it('opens with a reason typed, and goes from the screen when its time is over', async () => {
    const listed = { kind: 'vip' as const, note: '', roles: ['manager' as const], accountIds: [] };
    await job.practice.tx((tx) => restrictRecord(tx, id, { ...listed, careTeam: false, version: 0 }));
    const nurse = await job.desk(await job.account('Noor', 'nurse'), '/patients');
    await nurse.clock.install({ time: job.office.clock.now() });
    await nurse.goto(`${job.office.url}/patients/${id}`);
    const dialog = nurse.getByRole('dialog', { name: 'This record is restricted' });
    await dialog.getByLabel('Why can it not wait?').fill('She fell in the waiting room');
    expect(await nurse.getByText('Smith, Joanna').count()).toBe(0);
    await nurse.keyboard.press('Control+Enter');
    await nurse.getByRole('heading', { name: 'Smith, Joanna' }).waitFor();
    job.office.clock.advance(5 * 60_000 + 1000);
    await nurse.clock.fastForward('05:02');
    await dialog.waitFor();
    await expect.poll(() => nurse.getByText('Smith, Joanna').count()).toBe(0);
    await nurse.close();
  });
});
