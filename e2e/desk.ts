import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
  type Request,
} from 'playwright-core';
import { afterEach, expect } from 'vitest';
import { registerPatients } from '../src/features/patients/commands.ts';
import { addStaff } from '../src/features/practice/commands.ts';
import type { RoleKey } from '../src/platform/contributions.ts';
import { createAccount } from '../src/platform/session/accounts.ts';
import { openTestOffice, storages, type TestOffice, type TestPractice } from '../test/office.ts';

/** Wed 10:00 in New York: what the office and every browser take for now. */
export const openedAt = '2026-03-04T15:00:00.000Z';
export const password = 'correct horse battery';
const size = { width: 1440, height: 900 };
const built = path.resolve(import.meta.dirname, '../dist/web/desk.html');

/** Starts without asking anyone outside; as in a container, without its own sandbox. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export type Job = {
  office: TestOffice;
  practice: TestPractice;
  browser: Browser;
  /** Someone who can sign in at a browser; answers the e-mail. */
  account(name: string, ...roles: RoleKey[]): Promise<string>;
  /** Someone on the books, with a phone and an address; answers the id. */
  person(givenName: string, familyName: string, bornOn?: string): Promise<string>;
  /** A browser of its own, with the clock of the office. */
  context(options?: { width: number; height: number }): Promise<BrowserContext>;
  /** A page on which this person is signed in, at an address; the sign-in page itself has jobs of its own. */
  desk(email: string, at?: string, context?: BrowserContext): Promise<Page>;
  close(): Promise<void>;
};

/** The real office with the built desk, and a browser to use it with. Call `close` in afterAll. */
export async function openJob({ viewer = false, allowInner = false } = {}): Promise<Job> {
  if (!existsSync(built)) throw new Error('The desk is not built. Run `npm run build`, or `npm test`.');
  const office = await openTestOffice({ web: true, at: openedAt, storage: storages.at(-1), allowInner });
  const practice = await office.practice();
  const browser = await launchBrowser(viewer);
  const context: Job['context'] = async (viewport = size) => {
    const made = await browser.newContext({ viewport });
    made.setDefaultTimeout(15_000);
    await made.clock.setFixedTime(office.clock.now());
    return made;
  };
  return {
    office,
    practice,
    browser,
    account: (name, ...roles) => addAccount(practice, name, roles),
    person: (givenName, familyName, bornOn = '1961-03-14') =>
      addPerson(practice, { givenName, familyName, bornOn }),
    context,
    desk: async (email, at = '/', own) => {
      const kept = own ?? (await context());
      // As the sign-in page asks for it
      const answer = await kept.request.post(`${office.url}/api/session`, {
        data: { email, password, kind: 'browser' },
        headers: { origin: office.url, 'x-frontdesk': '1' },
      });
      if (!answer.ok()) throw new Error(`The sign-in answered ${answer.status()}.`);
      const page = await kept.newPage();
      await page.goto(office.url + at);
      await page.locator('.ui-rail').waitFor();
      return page;
    },
    close: async () => {
      await browser.close();
      await office.close();
    },
  };
}

/** @param viewer one that shows PDFs; else the one without windows, where there is one: half the time */
export function launchBrowser(viewer = false): Promise<Browser> {
  const whole = process.env.TEST_CHROMIUM ?? '/usr/bin/chromium';
  const executablePath = viewer ? whole : (process.env.TEST_CHROMIUM_SHELL ?? whole);
  return chromium.launch({ executablePath, args });
}

/**
 * Waits until the page listens for changes and has an answer to all it asked. One that still loads would be the first to
 * find that its session is gone, and cover itself before the test does what it is about.
 */
export function watchRest(page: Page): () => Promise<void> {
  let listening = true;
  const asking = new Set<Request>();
  const isStream = (request: Request) => request.url().endsWith('/api/live');
  page.on('request', (request) => {
    if (request.isNavigationRequest()) listening = false;
    if (!isStream(request)) asking.add(request);
  });
  page.on('requestfinished', (request) => asking.delete(request));
  page.on('requestfailed', (request) => asking.delete(request));
  page.on('response', (answer) => {
    if (answer.ok() && isStream(answer.request())) listening = true;
  });
  return () => expect.poll(() => listening && asking.size === 0).toBe(true);
}

/** What a failed test saw, in test-results/. Call once at the top of a file. */
export function keepPictures(job: () => Job | undefined): void {
  const folder = path.resolve(import.meta.dirname, '../test-results');
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    mkdirSync(folder, { recursive: true });
    const pages =
      job()
        ?.browser.contexts()
        .flatMap((context) => context.pages()) ?? [];
    for (const [at, page] of pages.entries()) {
      const words = `${path.basename(task.file.name, '.e2e.ts')} ${task.name.slice(0, 40)} ${at}`;
      const file = `${words.replace(/[^\w]+/g, '-')}.png`;
      await page.screenshot({ path: path.join(folder, file) }).catch(() => undefined);
    }
  });
}

/** A staff member with an account and the tests' password. */
async function addAccount(practice: TestPractice, name: string, roles: RoleKey[]): Promise<string> {
  const email = `${name.toLowerCase()}-${randomUUID()}@test.example`;
  await practice.tx(async (tx) => {
    const displayName = `${name} Ruiz`;
    const staffId = await addStaff(tx, {
      givenName: name,
      familyName: 'Ruiz',
      displayName,
      kind: 'front_desk',
    });
    await createAccount(tx, { staffId, displayName, email, roles, password });
  });
  return email;
}

async function addPerson(
  practice: TestPractice,
  name: { givenName: string; familyName: string; bornOn: string },
): Promise<string> {
  const [made] = await practice.tx((tx) =>
    registerPatients(tx, [
      {
        ...name,
        phones: [{ kind: 'mobile', number: '+15185550123' }],
        addresses: [{ kind: 'home', line1: '1 Elm Street', city: 'Albany', state: 'NY', zip: '12207' }],
      },
    ]),
  );
  if (!made) throw new Error('Nobody was registered.');
  return made.patientId;
}

/**
 * Put the focus there and see that it stays: a dialog that still closes, or a list drawn anew, would take the next key
 * elsewhere.
 */
export async function focusOn(place: Locator): Promise<void> {
  const stands = async () => {
    await place.focus();
    return place.evaluate((element) => element === document.activeElement);
  };
  await expect.poll(stands).toBe(true);
}

/** Open the line, once what was saved before has let go of the page. */
export async function openLine(page: Page): Promise<void> {
  await closedDialogs(page);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Who, what, when' }).waitFor();
}

/** Until no dialog is open: the page shows what was saved a moment before its dialog closes, and keys go to it. */
export async function closedDialogs(page: Page): Promise<void> {
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
}

/** Press Tab until the focus stands where it is wanted. */
export async function tabTo(page: Page, selector: string, most = 60): Promise<void> {
  const reached = () => page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
  for (let times = 0; times < most; times++) {
    await page.keyboard.press('Tab');
    if (await reached()) return;
  }
  throw new Error(`Tab did not reach ${selector}.`);
}

export type Counts = { clicks: number; keys: number; text: number };

/**
 * Counts as BASELINES.md does: every click 1, every key or chord 1, a drop-down 2 clicks; what is typed counts its
 * length, apart from the rest.
 */
export function counted(page: Page) {
  const counts: Counts = { clicks: 0, keys: 0, text: 0 };
  return {
    counts,
    click: async (place: Locator) => {
      counts.clicks += 1;
      await place.click();
    },
    press: async (keys: string) => {
      counts.keys += 1;
      await page.keyboard.press(keys);
    },
    type: async (text: string) => {
      counts.text += text.length;
      await page.keyboard.type(text);
    },
  };
}
