/**
 * How fast the time grid draws: mount to the next painted frame, and one moved item to the next painted frame, in
 * Chromium, production build. Usage: node bench/grid.bench.mjs. Writes bench/results/grid.json.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';

const here = import.meta.dirname;
const cases = [
  { columns: 8, items: 240, limitMs: 150, aimMs: 120 },
  { columns: 20, items: 1200, limitMs: 400, aimMs: 300 },
  { columns: 50, items: 1500, limitMs: 500, aimMs: 375 },
];
const runs = 5;
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];
const executablePath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const round = (ms) => Math.round(ms * 10) / 10;

async function measure(page, { columns, items }) {
  const measured = [];
  for (let run = 0; run < runs; run++) {
    // A fresh page each time, so that no run profits from the code that the last one warmed.
    await page.reload();
    await page.waitForFunction(() => typeof window.measure === 'function');
    measured.push(await page.evaluate(([c, i]) => window.measure(c, i), [columns, items]));
  }
  if (measured.some((one) => one.drawn !== items)) throw new Error('The grid did not draw every item.');
  return {
    renderMs: round(median(measured.map((one) => one.renderMs))),
    // With the columns beyond the edge of the screen, which are laid out in the frame after the first.
    completeMs: round(median(measured.map((one) => one.completeMs))),
    updateMs: round(median(measured.map((one) => one.updateMs))),
    runs: measured.map((one) => ({ renderMs: round(one.renderMs), updateMs: round(one.updateMs) })),
  };
}

const outDir = await mkdtemp(join(tmpdir(), 'grid-bench-'));
const common = { configFile: false, root: join(here, 'grid-page'), logLevel: 'error' };
await build({ ...common, build: { outDir, emptyOutDir: true } });
const server = await preview({ ...common, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
const browser = await chromium.launch({ executablePath, args });
const results = [];
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(server.resolvedUrls.local[0]);
  for (const one of cases) {
    const result = { ...one, ...(await measure(page, one)) };
    results.push(result);
    const verdict = result.renderMs <= one.limitMs ? 'ok' : 'TOO SLOW';
    console.log(
      `${one.items} items in ${one.columns} columns: drawn in ${result.renderMs} ms (limit ${one.limitMs}), ` +
        `all in ${result.completeMs} ms, ` +
        `one moved in ${result.updateMs} ms  ${verdict}`,
    );
  }
} finally {
  await browser.close();
  await server.close();
  await rm(outDir, { recursive: true, force: true });
}
await mkdir(join(here, 'results'), { recursive: true });
await writeFile(
  join(here, 'results', 'grid.json'),
  `${JSON.stringify({ measuredAt: new Date(), results }, null, 2)}\n`,
);
if (results.some((one) => one.renderMs > one.limitMs)) process.exitCode = 1;
