import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOpenCalls } from '../src/features/calls/api.ts';
import { listPatientFollowUps } from '../src/features/follow-ups/api.ts';
import { openPatient, openPatientCard, searchPatients } from '../src/features/patients/api.ts';
import { startSettings } from '../src/features/privacy/rules.ts';
import { changePrivacySettings } from '../src/features/privacy/settings/commands.ts';
import { findSettings } from '../src/features/privacy/settings/queries.ts';
import { arriveVisit, bookVisit, listPatientVisits } from '../src/features/schedule/visits/api.ts';
import { setUpSchedule, type TestSchedule } from '../test/practice.ts';
import { counted, focusOn, type Job, keepPictures, openJob } from './desk.ts';
import { type CountedJob, writeTable } from './interactions-table.ts';

let job: Job;
let schedule: TestSchedule;
let page: Page;
const done: CountedJob[] = [];
beforeAll(async () => {
  job = await openJob();
  schedule = await setUpSchedule(job.practice);
  page = await job.desk(await job.account('Ana', 'secretary'), '/schedule');
});
afterAll(() => job?.close());
keepPictures(() => job);

const visitsOf = (patientId: string) =>
  job.practice.manager.do(listPatientVisits, { params: { id: patientId } });
const book = (patientId: string, startsAt: string) =>
  job.practice.manager.do(bookVisit, {
    body: {
      patientId,
      visitTypeId: schedule.followUp,
      physicianId: schedule.lee,
      siteId: schedule.main,
      resourceIds: [],
      startsAt,
    },
  });

function accept(counted: CountedJob): void {
  done.push(counted);
  const { clicks, keys, text } = counted.ours;
  console.log(`${counted.job}: ${clicks} clicks, ${keys} keys, ${text} typed (limit ${counted.atMost})`);
  expect(clicks + keys).toBeLessThanOrEqual(counted.atMost);
}

describe('interactions of a job', () => {
  it('book an existing patient, with day and physician in view: 5 and a scrap of the name', async () => {
    const patientId = await job.person('Joanna', 'Smithers');
    const free = page.locator('[data-column]').first();
    await free.waitFor();
    const hand = counted(page);
    await hand.click(free.locator('.tg-band.free').last());
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await hand.type('smithe');
    await hand.press('Enter');
    await page.locator('[role=dialog] [type=submit]:focus').waitFor();
    await hand.press('Enter');
    await expect.poll(async () => (await visitsOf(patientId)).next).toBeTruthy();
    const how = 'a free time, a scrap of the name, Enter takes the person, Enter books';
    const openemr = { clicks: 7, keys: 8 };
    accept({ job: 'book an existing patient', how, ours: hand.counts, atMost: 5, openemr });
  });

  it('check in: 1', async () => {
    const patientId = await job.person('Lena', 'Abbot');
    const { visit } = await book(patientId, '2026-03-04T15:05:00.000Z');
    const card = page.locator(`[data-item="${visit.visitId}"]`);
    await card.waitFor();
    const hand = counted(page);
    await hand.click(card.locator('[data-action=arrive]'));
    await expect.poll(async () => (await visitsOf(patientId)).visits[0]?.state).toBe('arrived');
    const how = 'the mark on the visit (or A on the visit with the focus)';
    accept({ job: 'check in', how, ours: hand.counts, atMost: 1, openemr: { clicks: 5, keys: 0 } });
  });

  it('check out with a follow-up in three months: 8', async () => {
    const patientId = await job.person('Omar', 'Baxter');
    const { visit } = await book(patientId, '2026-03-04T15:30:00.000Z');
    const here = { params: { id: visit.visitId }, body: { version: visit.version } };
    await job.practice.manager.do(arriveVisit, here);
    const card = page.locator(`[data-item="${visit.visitId}"][aria-label*="arrived"]`);
    await card.waitFor();
    const hand = counted(page);
    await hand.click(card);
    await page.getByRole('region', { name: /^Visit of/ }).waitFor();
    await hand.press('o');
    await page.locator('.sc-choices button:focus').waitFor();
    await hand.press('3');
    await page.locator('.sc-openings button:focus').waitFor();
    await hand.press('Enter');
    await expect.poll(async () => (await visitsOf(patientId)).next?.startsAt.slice(0, 10)).toBe('2026-06-04');
    expect((await visitsOf(patientId)).visits.map((one) => one.state)).toContain('checked_out');
    const { followUps } = await job.practice.manager.do(listPatientFollowUps, { params: { id: patientId } });
    expect(followUps).toMatchObject([{ state: 'booked', said: '3 months', fromVisitId: visit.visitId }]);
    const how = 'the visit, O, 3 for three months, Enter books the first';
    const openemr = { clicks: 15, keys: 11 };
    accept({ job: 'check out and book the follow-up', how, ours: hand.counts, atMost: 8, openemr });
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  });

  it('first available of all physicians: 3', async () => {
    const patientId = await job.person('Ruth', 'Calder');
    await page.keyboard.press('/');
    await page.locator('.ln-field:focus').waitFor();
    await page.keyboard.type('calder');
    await page.locator('.ln-list[aria-busy=false] .ln-item').filter({ hasText: 'Calder' }).waitFor();
    await page.keyboard.press('Enter');
    await page
      .getByRole('heading', { name: /Calder/ })
      .first()
      .waitFor();
    await page.goBack();
    await page.getByRole('application').waitFor();
    // With the person on the phone in view, as the card at the right says.
    const hand = counted(page);
    await hand.press('f');
    await page.locator('.sc-openings button:focus').waitFor();
    await hand.press('Enter');
    await expect.poll(async () => (await visitsOf(patientId)).next).toBeTruthy();
    const how = 'with the person in view: F shows the first of all, Enter books it';
    const openemr = { clicks: 80, keys: 0 };
    accept({ job: 'first available of all physicians', how, ours: hand.counts, atMost: 3, openemr });
  });

  it('a series of six, from a free time: 6 and two scraps of text', async () => {
    const patientId = await job.person('Nadia', 'Lopezal');
    await page.goto(`${job.office.url}/schedule?date=2026-03-10`);
    const free = page.locator('[data-column]').first().locator('.tg-band.free').last();
    await free.waitFor();
    const hand = counted(page);
    await hand.click(free);
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await hand.type('lopezal');
    await hand.press('Enter');
    await page.locator('[role=dialog] [type=submit]:focus').waitFor();
    await hand.click(page.getByLabel('Repeat'));
    await hand.type('weekly x6');
    await hand.press('Enter');
    await page.locator('[role=dialog] [type=submit]:focus').filter({ hasText: 'Book 6 visits' }).waitFor();
    await hand.press('Enter');
    await expect.poll(async () => (await visitsOf(patientId)).visits.length).toBe(6);
    const how =
      'a free time, a scrap of the name, Enter, Repeat “weekly x6”, Enter shows each visit, Enter books';
    accept({ job: 'book a series of six', how, ours: hand.counts, atMost: 6 });
  });

  it('a series of six, from the line: 6 and what is said', async () => {
    const patientId = await job.person('Nadia', 'Quintero');
    await page.goto(`${job.office.url}/schedule`);
    await page.getByRole('application').waitFor();
    const hand = counted(page);
    await hand.press('/');
    await page.locator('.ln-field:focus').waitFor();
    await hand.type('quintero fu weekly x6 tue 11 lee');
    await page.locator('.ln-list[aria-busy=false] .ln-item').filter({ hasText: 'Book a series' }).waitFor();
    await hand.press('Enter');
    await page.locator('[role=dialog] [type=submit]:focus').filter({ hasText: 'Book 6 visits' }).waitFor();
    await hand.press('Enter');
    await expect.poll(async () => (await visitsOf(patientId)).visits.length).toBe(6);
    const how = '“quintero fu weekly x6 tue 11 lee”, Enter shows each visit, Enter books';
    accept({ job: 'book a series of six, from the line', how, ours: hand.counts, atMost: 6 });
    await page.goto(`${job.office.url}/schedule`);
  });

  it('a walk-in: 4 and a scrap of the name', async () => {
    const patientId = await job.person('Greta', 'Walkerton');
    await page.goto(`${job.office.url}/schedule`);
    await page.getByRole('application').waitFor();
    const hand = counted(page);
    await hand.press('h');
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await hand.type('walkert');
    await hand.press('Enter');
    await page.locator('[role=dialog] [type=submit]:focus').waitFor();
    await hand.press('Enter');
    await expect.poll(async () => (await visitsOf(patientId)).visits[0]?.state).toBe('arrived');
    const how = 'H, a scrap of the name, Enter takes the person, Enter registers with the next available';
    accept({ job: 'register a walk-in as arrived', how, ours: hand.counts, atMost: 4 });
  });

  it('a walk-in from the line: 4 and a scrap of the name', async () => {
    const patientId = await job.person('Greta', 'Hollisway');
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    const hand = counted(page);
    await hand.press('Control+k');
    await page.locator('.ln-field:focus').waitFor();
    await hand.type('hollisw walkin');
    await page.locator('.ln-list[aria-busy=false] .ln-item').filter({ hasText: 'Walk-in now' }).waitFor();
    await hand.press('Enter');
    await expect.poll(async () => (await visitsOf(patientId)).visits[0]?.state).toBe('arrived');
    const how = '“hollisw walkin”, Enter';
    accept({ job: 'register a walk-in, from the line', how, ours: hand.counts, atMost: 4 });
  });

  it('move the visit in view to another day: 2', async () => {
    const patientId = await job.person('Iris', 'Dellamove');
    const { visit } = await book(patientId, '2026-03-04T19:00:00.000Z');
    const card = page.locator(`[data-item="${visit.visitId}"]`);
    await page.locator('.ln-field').waitFor({ state: 'detached' });
    await focusOn(card);
    const hand = counted(page);
    await hand.press('l');
    await page.locator('.sc-openings button:focus').waitFor();
    await hand.press('Enter');
    await expect.poll(async () => (await visitsOf(patientId)).next?.startsAt.slice(0, 10)).toBe('2026-03-05');
    const how = 'L shows the next free of the same physician from the next day on, Enter moves it there';
    accept({ job: 'move a visit to another day', how, ours: hand.counts, atMost: 2 });
  });

  it('register a person by name, birth date and phone: 40 with all that is typed', async () => {
    await page.goto(`${job.office.url}/patients`);
    await page.locator('main input[role=combobox]:focus').waitFor();
    const hand = counted(page);
    await hand.type('moss eli 4/2/70 5185550171');
    await hand.press('Control+Enter');
    await page.getByLabel('Last name').waitFor();
    await hand.press('Control+Enter');
    await page.waitForURL(/\/patients\/[0-9a-f-]{36}$/);
    const { hits } = await job.practice.manager.do(searchPatients, { body: { text: 'moss eli' } });
    expect(hits[0]).toMatchObject({ fileName: 'Moss, Eli', bornOn: '1970-04-02', phone: '+15185550171' });
    const { clicks, keys, text } = hand.counts;
    expect(clicks + keys + text).toBeLessThanOrEqual(40);
    const how =
      'what the caller says into the search, Ctrl Enter, Ctrl Enter; the address becomes a duty before the visit';
    const openemr = { clicks: 22, keys: 105 };
    accept({ job: 'register a person on the phone', how, ours: hand.counts, atMost: 40, openemr });
  });

  it('register a person without coverage: 40', async () => {
    await page.goto(`${job.office.url}/patients`);
    await page.locator('main input[role=combobox]:focus').waitFor();
    const hand = counted(page);
    // What the caller says goes into the search first; nobody is found, and it is all in the form.
    await hand.type('vance ida 3/14/61 5185550142');
    await hand.press('Control+Enter');
    await page.getByLabel('Last name').waitFor();
    for (const [path, text] of [
      ['sex', 'f'],
      ['email', 'ida@vance.us'],
      ['addresses.0.line1', '9 Oak St'],
      ['addresses.0.zip', '12207'],
    ] as const) {
      const field = page.locator(`[data-path="${path}"]`);
      while (!(await field.evaluate((element) => element === document.activeElement)))
        await hand.press('Tab');
      await hand.type(text);
      if (path === 'sex') await hand.press('Enter');
    }
    await expect.poll(() => page.getByLabel('City').inputValue()).toBe('Albany');
    await hand.press('Control+Enter');
    await page.waitForURL(/\/patients\/[0-9a-f-]{36}$/);
    const { hits } = await job.practice.manager.do(searchPatients, { body: { text: 'vance ida' } });
    const made = await job.practice.manager.do(openPatientCard, { params: { id: hits[0]!.patientId } });
    expect(made.card).toMatchObject({ fileName: 'Vance, Ida', bornOn: '1961-03-14' });
    const how =
      'what the caller says into the search, Ctrl Enter, the rest by Tab, Ctrl Enter (OpenEMR: with primary insurance)';
    const openemr = { clicks: 22, keys: 105 };
    accept({
      job: 'register a person with sex, e-mail and address',
      how,
      ours: hand.counts,
      atMost: 40,
      openemr,
    });
  });

  const takenCalls = async () => (await job.practice.manager.do(listOpenCalls, {})).calls;

  it('log a call and route it: 6 with who, what and the promise typed', async () => {
    const patientId = await job.person('Greta', 'Novak');
    await page.goto(`${job.office.url}/schedule`);
    await page.getByRole('application').waitFor();
    const hand = counted(page);
    await hand.press('F2');
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await hand.type('novak');
    await hand.press('Enter');
    await page.locator('[data-path=text]:focus').waitFor();
    // As long as OpenEMR's message of 47 letters
    await hand.type('asks whether to stop the tablets before Tuesday');
    await hand.press('Tab');
    await hand.type('3pm nurse');
    await hand.press('Enter');
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    expect(await takenCalls()).toMatchObject([
      { patientId, ownerRole: 'nurse', promisedAt: '2026-03-04T20:00:00.000Z' },
    ]);
    const how = 'F2, a scrap of the name, Enter, the message, Tab, “3pm nurse”, Enter';
    const openemr = { clicks: 13, keys: 56 };
    accept({ job: 'phone message, routed', how, ours: hand.counts, atMost: 6, openemr });
  });

  it('log a call and route it in the line: 3', async () => {
    const before = (await takenCalls()).length;
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    const hand = counted(page);
    await hand.press('Control+k');
    await page.locator('.ln-field:focus').waitFor();
    await hand.type('call 5185550123 refill of lisinopril, back by 3pm to nurse');
    await hand.press('Enter');
    await page.locator('.ln-field').waitFor({ state: 'detached' });
    expect(await takenCalls()).toHaveLength(before + 1);
    const how = 'Ctrl K, “call 5185550123 refill of lisinopril, back by 3pm to nurse”, Enter';
    const openemr = { clicks: 13, keys: 56 };
    accept({ job: 'phone message, routed, in the line', how, ours: hand.counts, atMost: 3, openemr });
  });

  const isPartOf = async (otherId: string) =>
    (await job.practice.manager.do(openPatient, { params: { id: otherId } })).patient.mergedInto;

  it('merge two records of one person, from the likely pair: 6', async () => {
    await job.person('Wanda', 'Kestrel', '1958-01-09');
    await job.person('Wanda', 'Kestral', '1958-01-09');
    await page.goto(`${job.office.url}/patients/duplicates`);
    await page.locator('[data-compare]:focus').waitFor();
    const hand = counted(page);
    await hand.press('Enter');
    await page.locator('.mg-row input:focus').waitFor();
    await hand.press('Control+Enter');
    await page.getByText('is part of record').first().waitFor();
    const how =
      'the likeliest pair has the focus: Enter shows both, the likelier values chosen, Ctrl Enter merges';
    accept({ job: 'merge two records, from the likely pair', how, ours: hand.counts, atMost: 6 });
  });

  it('merge two records of one person, from the patient page: 6 and a scrap of the name', async () => {
    const stays = await job.person('Yusuf', 'Larkin', '1966-10-30');
    const other = await job.person('Joseph', 'Larkin-Reed', '1949-02-17');
    await page.goto(`${job.office.url}/patients/${stays}`);
    await page
      .getByRole('heading', { name: /Larkin/ })
      .first()
      .waitFor();
    const hand = counted(page);
    await hand.press('m');
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await hand.type('larkin-r');
    await hand.press('Enter');
    await page.locator('.mg-row input:focus').waitFor();
    await hand.press('Control+Enter');
    await expect.poll(async () => Boolean((await isPartOf(other)) ?? (await isPartOf(stays)))).toBe(true);
    const how = 'M, a scrap of the other name, Enter, Ctrl Enter';
    accept({ job: 'merge two records, from the patient page', how, ours: hand.counts, atMost: 6 });
  });
});

/**
 * The same with need to know on: whoever has a visit near today is asked for nothing, and for anyone else the reason is
 * one key more.
 */
describe('interactions of a job, with need to know on', () => {
  beforeAll(() =>
    job.practice.tx(async (tx) => {
      const { version } = await findSettings(tx.db);
      // The manager only prepares and looks afterwards.
      await changePrivacySettings(tx, { ...startSettings, roleModes: { manager: 'off' }, version });
    }),
  );
  type Hand = ReturnType<typeof counted>;
  const question = () => page.getByRole('dialog', { name: 'Why do you open this record?' });
  const sayWhy = async (hand: Hand) => {
    await question().waitFor();
    // The next question may stand there at once: this one has to go.
    const asked = await question().elementHandle();
    await hand.press('1');
    await asked?.waitForElementState('hidden');
  };
  const openDay = async (date: string) => {
    await page.goto(`${job.office.url}/schedule?date=${date}`);
    await page.getByRole('application').waitFor();
  };
  const unknown = 'need to know on, nobody near today';
  const near = 'need to know on, a visit near today';
  let nearAt = 15;
  /** Someone new each time, with a visit near today or without. */
  const someone = async (familyName: string, isNear: boolean) => {
    const patientId = await job.person('Vera', familyName, '1970-05-06');
    if (isNear) await book(patientId, `2026-03-06T${nearAt++}:00:00.000Z`);
    return patientId;
  };

  it.each([
    ['Ostrander', unknown, false],
    ['Pennington', near, true],
  ] as const)('log a call and route it: %s, %s', async (name, when, isNear) => {
    const patientId = await someone(name, isNear);
    await openDay('2026-03-04');
    const hand = counted(page);
    await hand.press('F2');
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await hand.type(name.toLowerCase());
    await hand.press('Enter');
    if (!isNear) await sayWhy(hand);
    await page.locator('[data-path=text]:focus').waitFor();
    await hand.type('asks for the form');
    await hand.press('Tab');
    await hand.type('3pm nurse');
    await hand.press('Enter');
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    const { calls } = await job.practice.manager.do(listOpenCalls, {});
    expect(calls.map((one) => one.patientId)).toContain(patientId);
    const how = `F2, a scrap of the name, Enter, ${isNear ? '' : '1 says why, '}the message, Tab, “3pm nurse”, Enter`;
    accept({ job: `phone message, routed: ${when}`, how, ours: hand.counts, atMost: 15 });
  });

  it('a series of six: nobody near today', async () => {
    const patientId = await someone('Quimby', false);
    await openDay('2026-03-11');
    const hand = counted(page);
    await hand.click(page.locator('[data-column]').first().locator('.tg-band.free').last());
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await hand.type('quimby');
    await hand.press('Enter');
    await sayWhy(hand);
    await page.locator('[role=dialog] [type=submit]:focus').waitFor();
    await hand.click(page.getByLabel('Repeat'));
    await hand.type('weekly x6');
    await hand.press('Enter');
    await page.locator('[role=dialog] [type=submit]:focus').filter({ hasText: 'Book 6 visits' }).waitFor();
    await hand.press('Enter');
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    await expect.poll(async () => (await visitsOf(patientId)).visits.length).toBeGreaterThanOrEqual(6);
    const how = 'a free time, a scrap of the name, Enter, 1 says why, Repeat “weekly x6”, Enter, Enter';
    accept({ job: `book a series of six: ${unknown}`, how, ours: hand.counts, atMost: 6 });
  });

  it.each([
    ['Underhill', unknown, false],
    ['Vandermeer', near, true],
  ] as const)('a walk-in: %s, %s', async (name, when, isNear) => {
    const patientId = await someone(name, isNear);
    await openDay('2026-03-04');
    const hand = counted(page);
    await hand.press('h');
    await page.locator('[role=dialog] input[role=combobox]:focus').waitFor();
    await hand.type(name.toLowerCase());
    await hand.press('Enter');
    await page.locator('[role=dialog] [type=submit]:focus').waitFor();
    await hand.press('Enter');
    if (!isNear) await sayWhy(hand);
    await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    const states = async () => (await visitsOf(patientId)).visits.map((one) => one.state);
    await expect.poll(states).toContain('arrived');
    const how = `H, a scrap of the name, Enter, Enter registers${isNear ? '' : ', 1 says why'}`;
    accept({ job: `register a walk-in as arrived: ${when}`, how, ours: hand.counts, atMost: 4 });
  });

  // Who moves a visit of a day far off sees whose it is: there the question is one key more than the two of the job.
  it.each([
    ['Wexford', unknown, '2026-03-25', 3],
    ['Yarborough', near, '2026-03-05', 2],
  ] as const)('move a visit to another day: %s, %s', async (name, when, date, atMost) => {
    const patientId = await someone(name, false);
    const { visit } = await book(patientId, `${date}T20:30:00.000Z`);
    await openDay(date);
    await focusOn(page.locator(`[data-item="${visit.visitId}"]`));
    const hand = counted(page);
    await hand.press('l');
    if (atMost === 3) await sayWhy(hand);
    await page.locator('.sc-openings button:focus').waitFor();
    await hand.press('Enter');
    const day = async () => (await visitsOf(patientId)).next?.startsAt.slice(0, 10) ?? date;
    await expect.poll(async () => (await day()) > date).toBe(true);
    const how = `L, ${atMost === 3 ? '1 says why, ' : ''}Enter moves it to the next free of the same physician`;
    accept({ job: `move a visit to another day: ${when}`, how, ours: hand.counts, atMost });
  });

  it('merge two records, from the likely pair: nobody near today', async () => {
    await job.person('Wilma', 'Castellan', '1958-01-09');
    await job.person('Wilma', 'Castellane', '1958-01-09');
    await page.goto(`${job.office.url}/patients/duplicates`);
    await page.locator('[data-compare]:focus').waitFor();
    const hand = counted(page);
    await hand.press('Enter');
    // Once for each of the two.
    await sayWhy(hand);
    await sayWhy(hand);
    await page.locator('.mg-row input:focus').waitFor();
    await hand.press('Control+Enter');
    await page.getByText('is part of record').first().waitFor();
    const how = 'the likeliest pair has the focus: Enter, 1 says why for each of the two, Ctrl Enter merges';
    accept({ job: `merge two records, from the likely pair: ${unknown}`, how, ours: hand.counts, atMost: 6 });
  });
  // Not after a run of some of them.
  afterAll(() => {
    if (done.length === 23) writeTable(done);
  });
});
