import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Job, keepPictures, openJob } from './desk.ts';

let job: Job;
let page: Page;
beforeAll(async () => {
  job = await openJob();
  const id = await job.person('Joanna', 'Smith');
  page = await job.desk(await job.account('Mara', 'secretary'), `/patients/${id}`);
});
afterAll(() => job?.close());
keepPictures(() => job);

describe('a record is handed out', () => {
  it('as one file, once it is said who receives it and what for', async () => {
    await page.getByRole('button', { name: 'Export record …' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Export the whole record' });
    await dialog.waitFor();
    await page.keyboard.press('Control+Enter');
    await dialog.getByText('Say who receives it.').waitFor();
    await dialog.getByLabel('Who receives it').fill('The person');
    await dialog.getByLabel('What for').fill('Asked for a copy');
    const saved = page.waitForEvent('download');
    await page.keyboard.press('Control+Enter');
    const download = await saved;
    expect(download.suggestedFilename()).toMatch(/^record-[0-9a-f]{8}-2026-03-04\.zip$/);
    const files = unzipSync(readFileSync(await download.path()));
    const text = Object.entries(files).find(([name]) => name.endsWith('/record.txt'))?.[1];
    expect(strFromU8(text ?? new Uint8Array())).toContain('Joanna');
    await dialog.waitFor({ state: 'detached' });
  });
});
