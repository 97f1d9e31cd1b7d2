import { readFileSync } from 'node:fs';
import { sql } from 'kysely';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patientTable } from '../test/import-tables.ts';
import { type Job, keepPictures, openJob } from './desk.ts';

let job: Job;
let page: Page;
beforeAll(async () => {
  job = await openJob();
  page = await job.desk(await job.account('Mara', 'manager'), '/settings/imports');
});
afterAll(() => job?.close());
keepPictures(() => job);

const countPeople = () =>
  job.practice.tx(async (tx) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from patients`.execute(tx.db);
    return rows[0]?.count;
  });

/** Plays the jobs that a press queued, as the office does by itself. */
async function settle(): Promise<void> {
  await page
    .getByRole('progressbar')
    .waitFor({ timeout: 3000 })
    .catch(() => undefined);
  await job.office.runner.drain();
}

describe('records of another system', () => {
  const table = patientTable(120, 7, 20);

  it('are checked before anything goes in, and each bad line is named', async () => {
    await page.getByText('Nothing yet').waitFor();
    const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(table.csv) };
    await page.getByLabel('CSV file').setInputFiles(file);
    await page.getByText('C0 · C1 · C2').waitFor();
    expect(await page.getByRole('combobox', { name: 'DOB' }).inputValue()).toBe('Birth date');
    await page.getByRole('button', { name: 'Check the file' }).click();
    await settle();
    await page
      .getByText(`${table.good} can go in, ${table.planted.length} lines with something wrong`)
      .waitFor();
    await page.getByText('DOB lies ahead').waitFor();
    expect(await countPeople()).toBe(0);
  });

  it('go in, and what stays out is saved as a file', async () => {
    await page.getByRole('button', { name: `Bring in ${table.good} lines` }).click();
    await settle();
    await page.getByText(`${table.good} went in`).waitFor();
    expect(await countPeople()).toBe(table.good);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save these lines as a file' }).click();
    const text = readFileSync(await (await saved).path(), 'utf8');
    expect(text.trim().split('\r\n')).toHaveLength(table.planted.length + 1);
  });

  it('are taken back', async () => {
    await page.getByRole('button', { name: 'Take it back' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take it back' }).click();
    await settle();
    await page.getByText(`${table.good} taken back`).waitFor();
    expect(await countPeople()).toBe(0);
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await page.getByRole('grid', { name: 'Imports' }).getByText('taken back').first().waitFor();
  });
});
