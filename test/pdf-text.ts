import { spawnSync } from 'node:child_process';
import { expect } from 'vitest';

/** The program that reads prints, as another viewer does; undefined: those tests are left out. */
const tools = '../scripts/parts/tools.mjs';
export const pdftotext: string | undefined = (await import(tools)).findPdftotext();

/** What a reader copies out of a PDF: its text, pages divided by form feeds. */
export function textOf(pdf: Buffer, ...options: string[]): string {
  const { stdout, status } = spawnSync(pdftotext ?? 'pdftotext', [...options, '-', '-'], {
    input: pdf,
    encoding: 'utf8',
  });
  expect(status).toBe(0);
  return stdout;
}

/** As a JSON answer carries it. */
export const textOfBase64 = (pdf: string, ...options: string[]) =>
  textOf(Buffer.from(pdf, 'base64'), ...options);

export type Word = { page: number; text: string; x: number; y: number };

/** Where each word stands, in points from the page's upper left corner. */
export function wordsOf(pdf: string): Word[] {
  const html = textOfBase64(pdf, '-bbox');
  return html
    .split('<page ')
    .slice(1)
    .flatMap((page, index) =>
      [...page.matchAll(/<word xMin="([\d.]+)" yMin="([\d.]+)"[^>]*>([^<]*)</g)].map(([, x, y, text]) => ({
        page: index,
        text: text ?? '',
        x: Number(x),
        y: Number(y),
      })),
    );
}
