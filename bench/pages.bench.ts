/**
 * Lighthouse over the patients' pages at 390×844, in both languages: performance and accessibility of each page as a
 * phone on a slow line gets it (Lighthouse's own simulated 4G and four times slower processor), each reached by its
 * button; the middle of BENCH_ROUNDS walks (3), since one walk measures the machine as well. The baseline of the same run is an empty page of a bare server: what that misses of 100 is the machine's.
 * Lighthouse is none of the project's parts, since only this measures with it:
 * `npm install --no-save lighthouse@12.8.2` first. Writes bench/results/pages.json.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { sql } from 'kysely';
import { bookVisit, cancelVisit } from '../src/features/schedule/visits/api.ts';
import {
  joinWaitlist,
  listOpenings,
  listWaitlist,
  readOpening,
  withdrawEntry,
} from '../src/features/waitlist/api.ts';
import { openTestOffice } from '../test/office.ts';
import { linkTo, openBookingPage } from '../test/patient-pages.ts';
import { setUpSchedule } from '../test/practice.ts';
import { makeEmbeddedTemplate } from '../test/templates.ts';

type Scored = { score: number | null };
type Report = {
  lhr: { categories: Record<string, Scored>; audits: Record<string, { numericValue?: number }> };
};
type Step = (() => Promise<unknown>) | string;
type Flow = { navigate(step: Step): Promise<void>; createFlowResult(): Promise<{ steps: Report[] }> };
type Tab = {
  $eval(selector: string, run: (element: Element) => void): Promise<void>;
  evaluate(run: (fields: Record<string, string>) => void, fields: Record<string, string>): Promise<void>;
  title(): Promise<string>;
};

const need = async (name: string) =>
  import(name).catch(() => {
    console.error('Lighthouse is not here: npm install --no-save lighthouse@12.8.2');
    process.exit(1);
  });
const { startFlow } = await need('lighthouse');
const { default: puppeteer } = await need('puppeteer-core');

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
await makeEmbeddedTemplate();
const office = await openTestOffice({ at: '2026-03-04T15:00:00.000Z', storage: 'embedded' });
await office.openPublic();
const practice = await office.practice();
const plan = await setUpSchedule(practice, 2 * rounds + 8);
await practice.tx((tx) => sql`update patients set born_on = '1961-03-14'`.execute(tx.db));
const { manager } = practice;
const booking = await openBookingPage(office, practice, plan);

async function visitLink(person: number, startsAt: string): Promise<string> {
  const patientId = plan.patients[person]!;
  const where = { siteId: plan.main, physicianId: plan.lee, startsAt };
  const { visit } = await manager.do(bookVisit, {
    body: { patientId, visitTypeId: plan.followUp, ...where },
  });
  return linkTo(practice, { subjectId: visit.visitId, patientId });
}

/** A time that someone's cancellation opened, offered to whoever waits. */
async function offerLink(person: number): Promise<string> {
  const patientId = plan.patients[person]!;
  const body = { visitTypeId: plan.followUp, siteId: plan.main, physicianId: plan.lee };
  const startsAt = new Date(Date.UTC(2026, 2, 5, 18, person * 15)).toISOString();
  const { visit } = await manager.do(bookVisit, {
    body: { ...body, patientId: plan.patients.at(-1)!, startsAt },
  });
  // Who joined on a walk before does not stand before this one.
  for (const { entryId, version } of (await manager.do(listWaitlist, {})).entries)
    await manager.do(withdrawEntry, { params: { id: entryId }, body: { version, reason: 'walked' } });
  await manager.do(joinWaitlist, { body: { patientId, visitTypeId: plan.followUp } });
  await manager.do(cancelVisit, {
    params: { id: visit.visitId },
    body: { version: visit.version, reason: 'patient-ill' },
  });
  await office.runner.drain();
  const { openings } = await manager.do(listOpenings, {});
  for (const { openingId } of openings) {
    const { offers } = await manager.do(readOpening, { params: { id: openingId } });
    const offer = offers.find((one) => one.patientId === patientId && one.answer === null);
    if (offer) return linkTo(practice, { purpose: 'offer', subjectId: offer.offerId, patientId });
  }
  throw new Error('Nothing was offered.');
}

const bare = createServer((_request, answer) => {
  answer.setHeader('content-type', 'text/html; charset=utf-8');
  answer.end(
    '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Empty</title><h1>Empty</h1></html>',
  );
});
await new Promise<void>((done) => bare.listen(0, '127.0.0.1', done));
const bareUrl = `http://127.0.0.1:${(bare.address() as AddressInfo).port}/`;

const executablePath =
  process.env.TEST_CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-sync'];
const args = [...flags, '--disable-background-networking', '--disable-component-update'];
const browser = await puppeteer.launch({ executablePath, args });

const config = {
  extends: 'lighthouse:default',
  settings: {
    onlyCategories: ['performance', 'accessibility'],
    disableFullPageScreenshot: true,
    formFactor: 'mobile',
    screenEmulation: { mobile: true, width: 390, height: 844, deviceScaleFactor: 3, disabled: false },
  },
};
type Row = Record<'performance' | 'accessibility' | 'lcpMs' | 'tbtMs' | 'speedIndex' | 'bytes', number> & {
  page: string;
};

/** Fill in what is asked, then measure what the button leads to. */
const fill = (tab: Tab, fields: Record<string, string>) =>
  tab.evaluate((wanted) => {
    for (const [name, value] of Object.entries(wanted)) {
      const all = [...document.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)];
      // The last: the first may be too soon by the time it is asked for
      const chosen = value === '' ? all.at(-1) : all.find((one) => one.value === value);
      if (chosen?.type === 'radio') chosen.checked = true;
      else if (all[0]) all[0].value = value;
    }
  }, fields);

const press = (tab: Tab, act: string) => () =>
  tab.$eval(act === '' ? 'main form:not(.switch) button' : `button[value="${act}"]`, (element) =>
    (element as HTMLButtonElement).click(),
  );

async function measured(walk: (tab: Tab, look: (step: Step) => Promise<void>) => Promise<void>) {
  const tab = await browser.newPage();
  const titles: string[] = [];
  const flow: Flow = await startFlow(tab, { config });
  await walk(tab, async (step) => {
    // An address may ask so often in one minute.
    office.clock.advance(60_000);
    await flow.navigate(step);
    titles.push(await tab.title());
  });
  const { steps } = await flow.createFlowResult();
  await tab.close();
  return steps.map(({ lhr }, at): Row => {
    const score = (name: string) => Math.round((lhr.categories[name]?.score ?? 0) * 100);
    const figure = (name: string) => Math.round(lhr.audits[name]?.numericValue ?? 0);
    return {
      page: titles[at] ?? '',
      performance: score('performance'),
      accessibility: score('accessibility'),
      lcpMs: figure('largest-contentful-paint'),
      tbtMs: figure('total-blocking-time'),
      speedIndex: figure('speed-index'),
      bytes: figure('total-byte-weight'),
    };
  });
}

const born = { year: '1961', month: '3', day: '14' };
const days = ['03-12', '03-13', '03-16', '03-17', '03-18', '03-19', '03-20', '03-23', '03-24', '03-25'];
const walks: (Row & { language: string })[] = [];

/** All pages of one language, as somebody whose visits nobody else has. */
async function walkAll(language: 'en' | 'es', person: number): Promise<void> {
  const lang = `lang=${language}`;
  const own: Row[] = [];
  const byLink = async (url: string, walk: Parameters<typeof measured>[0]) =>
    own.push(
      ...(await measured(async (tab, look) => {
        await look(`${url}&${lang}`);
        await fill(tab, born);
        await look(press(tab, ''));
        await walk(tab, look);
      })),
    );
  const day = `2026-${days[person]}`;
  await byLink(await visitLink(person, `${day}T10:00:00-04:00`), async (tab, look) => {
    await look(press(tab, 'confirm'));
    await look(press(tab, 'look'));
    await look(press(tab, 'times'));
    await fill(tab, { slot: '' });
    await look(press(tab, 'move'));
    await look(press(tab, 'look'));
    await look(press(tab, 'ask-cancel'));
    await fill(tab, { why: '' });
    await look(press(tab, 'cancel'));
  });
  await byLink(await visitLink(person, `${day}T11:00:00-04:00`), async (tab, look) => {
    await look(press(tab, 'ask-wait'));
    await look(press(tab, 'join'));
  });
  await byLink(await offerLink(person), async (tab, look) => {
    await look(press(tab, 'yes'));
  });
  own.push(
    ...(await measured(async (tab, look) => {
      await look(`${booking}?${lang}`);
      await fill(tab, { new: 'yes', type: '' });
      await look(press(tab, 'times'));
      await fill(tab, { slot: '' });
      await look(press(tab, 'who'));
      await fill(tab, { given: 'Nora', family: 'Quill', phone: `(212) 555-01${70 + person}` });
      await fill(tab, { month: '6', day: '2', year: '1990' });
      await look(press(tab, 'send'));
    })),
  );
  walks.push(...own.map((row) => ({ language, ...row })));
}

async function baseline(): Promise<void> {
  const [row] = await measured(async (_tab, look) => {
    await look(bareUrl);
  });
  if (row) walks.push({ language: 'none', ...row });
}

for (let round = 0; round < rounds; round += 1) {
  await baseline();
  await walkAll('en', 2 * round);
  await walkAll('es', 2 * round + 1);
}

/** The median; of an even number the mean of the two in the middle. */
const middle = (numbers: number[]) => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
};
const seen = new Map<string, typeof walks>();
for (const walk of walks) {
  // A page that is met several times on a walk is one page
  const key = `${walk.language} ${walk.page}`;
  seen.set(key, [...(seen.get(key) ?? []), walk]);
}
const rows = [...seen.values()].map((same) => {
  const of = (name: keyof Omit<Row, 'page'>) => middle(same.map((one) => one[name]));
  return {
    language: same[0]?.language ?? '',
    page: same[0]?.page ?? '',
    performance: of('performance'),
    'each load': same.map((one) => one.performance).join(' '),
    accessibility: of('accessibility'),
    lcpMs: of('lcpMs'),
    tbtMs: of('tbtMs'),
    speedIndex: of('speedIndex'),
    bytes: of('bytes'),
  };
});

await browser.close();
bare.close();
await office.close();
const folder = resolve(import.meta.dirname, 'results');
mkdirSync(folder, { recursive: true });
writeFileSync(resolve(folder, 'pages.json'), `${JSON.stringify(rows, null, 2)}\n`);
console.table(rows);
