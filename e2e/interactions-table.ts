import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Counts } from './desk.ts';

const folder = path.resolve(import.meta.dirname, '../bench/interactions');

export type CountedJob = {
  job: string;
  how: string;
  ours: Counts;
  /** The most that is accepted of clicks and keys; what is typed is counted beside it. */
  atMost: number;
  /** Clicks, keys (what is typed counts as keys) of OpenEMR 8.2 for the same job, where it was measured. */
  openemr?: { clicks: number; keys: number };
};

const row = ({ job, how, ours, atMost, openemr }: CountedJob): string => {
  const total = ours.clicks + ours.keys + ours.text;
  const theirs = openemr ? [openemr.clicks, openemr.keys, openemr.clicks + openemr.keys] : ['–', '–', '–'];
  const cells = [job, ours.clicks, ours.keys, ours.text, total, `≤ ${atMost}`, ...theirs, how];
  return `| ${cells.join(' | ')} |`;
};

/** The table as it is checked in; the same counts make the same files. */
export function writeTable(jobs: readonly CountedJob[]): void {
  mkdirSync(folder, { recursive: true });
  const sorted = [...jobs].sort((a, b) => (a.job < b.job ? -1 : 1));
  writeFileSync(path.join(folder, 'interactions.json'), `${JSON.stringify(sorted, null, 2)}\n`);
  const text = `# Interactions per job

Written by \`e2e/interactions.e2e.ts\`: every click is 1, every key or chord 1, a drop-down 2 clicks; what is typed counts
its length, in a column of its own. The limit is for clicks and keys without what is typed. OpenEMR's keys hold what was
typed there.

| job | clicks | keys | typed | total | limit | OpenEMR clicks | keys | total | how |
|---|---|---|---|---|---|---|---|---|---|
${sorted.map(row).join('\n')}
`;
  writeFileSync(path.join(folder, 'README.md'), text);
}
