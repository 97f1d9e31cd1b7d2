import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeTask } from '../src/features/tasks/api.ts';
import { readTeam } from '../src/features/team/api.ts';
import { type Job, keepPictures, openJob, openLine } from './desk.ts';

let job: Job;
let ana: string;
let ben: string;
beforeAll(async () => {
  job = await openJob();
  [ana, ben] = [await job.account('Ana', 'secretary'), await job.account('Ben', 'secretary')];
  const { members } = await job.practice.manager.do(readTeam, {});
  const staffId = members.find((one) => one.displayName === 'Ana Ruiz')?.staffId ?? null;
  for (const [text, hour] of [
    ['Call the lab', '20'],
    ['Order appointment cards', '21'],
  ] as const) {
    const dueAt = `2026-03-04T${hour}:00:00.000Z`;
    await job.practice.manager.do(makeTask, { body: { text, dueAt, ownerStaffId: staffId } });
  }
});
afterAll(() => job?.close());
keepPictures(() => job);

const dutyOf = (page: Page, words: string) => page.locator('.td-duty').filter({ hasText: words });

describe('hand-off and cover', () => {
  it('Ana hands her shift to Ben, who acknowledges it; her vacation gives him the rest', async () => {
    const [hers, his] = [await job.desk(ana, '/today'), await job.desk(ben, '/today')];
    await dutyOf(hers, 'Call the lab').waitFor();
    await openLine(hers);
    await hers.locator('.ln-field:focus').waitFor();
    await hers.keyboard.type('hand off to ben');
    await hers.locator('.ln-list[aria-busy=false] .ln-item').filter({ hasText: 'Ben Ruiz' }).waitFor();
    await hers.keyboard.press('Enter');
    // Drafted from what is hers; one of the two can wait until she is back.
    await hers.getByRole('checkbox', { name: /Order appointment cards/ }).uncheck();
    await hers.getByLabel('What the next one needs to know').fill('The lab calls back before three.');
    await hers.getByRole('button', { name: 'Hand off 1 thing' }).click();
    await hers.getByText('not acknowledged').waitFor();

    // He has it on Today by a live event, reads it and goes on.
    await dutyOf(his, 'Take over from Ana Ruiz').getByRole('button', { name: /^Read/ }).click();
    await his.getByText('The lab calls back before three.').waitFor();
    await his.keyboard.press('a');
    await his.getByText('acknowledged by Ben Ruiz').waitFor();
    await hers.getByText('acknowledged by Ben Ruiz').waitFor();

    // She is away from today on, and asks him.
    await hers.keyboard.press('n');
    const dialog = hers.getByRole('dialog', { name: 'Away' });
    await dialog.getByLabel('Cover', { exact: true }).click();
    await hers.getByRole('option', { name: 'Ben Ruiz' }).click();
    await dialog.getByRole('button', { name: 'Set' }).click();
    await hers.getByText('Ben Ruiz asked').waitFor();
    await his.goto(`${job.office.url}/today`);
    await dutyOf(his, 'Call the lab').waitFor();
    await dutyOf(his, 'Cover for Ana Ruiz?')
      .getByRole('button', { name: /^I will/ })
      .click();
    await dutyOf(his, 'Order appointment cards')
      .getByText('yours because you cover for Ana Ruiz until Wed, Mar 4')
      .waitFor();
    await Promise.all([hers.context().close(), his.context().close()]);
  });

  it('each sees who else has a record open, and that they edit it, without asking again and again', async () => {
    const patientId = await job.person('Marta', 'Quill');
    const hers = await job.desk(ana, `/patients/${patientId}`);
    const note = hers.locator('.ui-presence');
    let asked = 0;
    hers.on('request', (request) => {
      if (new URL(request.url()).pathname === '/api/presence') asked += 1;
    });
    await hers.getByRole('heading', { name: /Quill/, level: 1 }).waitFor();
    const his = await job.desk(ben, `/patients/${patientId}`);
    await note.filter({ hasText: 'Ben Ruiz has this open' }).waitFor();
    await his.keyboard.press('p');
    const dialog = his.getByRole('dialog', { name: 'Phones and e-mail' });
    await dialog.getByLabel('E-mail').fill('marta@example.com');
    await note.filter({ hasText: 'Ben Ruiz is editing' }).waitFor();
    await his.context().close();
    // Her own coming, his, and his editing; a beat or two on a slow machine. Nobody polls.
    expect(asked).toBeLessThanOrEqual(6);

    // A note with a name, chosen by keys alone.
    const field = hers.getByLabel('New note');
    await field.focus();
    await hers.keyboard.type('please call her @be');
    await hers.getByRole('option', { name: '@Ben Ruiz' }).waitFor();
    await hers.keyboard.press('Enter');
    await hers.keyboard.press('Tab');
    await hers.getByRole('button', { name: 'Add note' }).click();
    await hers.locator('.team-notes li').filter({ hasText: 'please call her @Ben Ruiz' }).waitFor();
    await hers.context().close();
  });
});
