import { closeSync, createReadStream, createWriteStream, openSync, readSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parse } from 'csv-parse/sync';

export type Place = { offset: number; line: number };
/** A record as it stands in the file; `cells` is null where the quotes do not fit together. */
export type FileRecord = { line: number; text: string; cells: string[] | null };
type Line = { text: string; line: number; end: Place };

/** What a record in quotes may span before it counts as a quote that was never closed. */
const linesAtMost = 100;
const lettersAtMost = 100_000;

/**
 * The encoding of a file by its mark, else by its bytes: UTF-8 where all of it is, or where only a few bytes are not
 * (their lines are faults); else Windows-1252.
 */
async function encodingOf(file: string): Promise<string> {
  const head = Buffer.alloc(1024);
  const handle = openSync(file, 'r');
  const length = readSync(handle, head, 0, 1024, 0);
  closeSync(handle);
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const zeros = (odd: number) =>
    head.subarray(0, length).filter((byte, at) => byte === 0 && at % 2 === odd).length;
  if (zeros(1) > length / 4) return 'utf-16le';
  if (zeros(0) > length / 4) return 'utf-16be';
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(file)) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch {
    const { bad, good } = await countUtf8(file);
    return bad <= good ? 'utf-8' : 'windows-1252';
  }
}

/** Letters beyond ASCII that are well written in UTF-8, and places that are not. */
async function countUtf8(file: string): Promise<{ good: number; bad: number }> {
  const decoder = new TextDecoder('utf-8');
  const counts = { good: 0, bad: 0 };
  const count = (text: string) => {
    const beyond = text.match(/\P{ASCII}/gu) ?? [];
    const bad = beyond.filter((letter) => letter === '\ufffd').length;
    counts.bad += bad;
    counts.good += beyond.length - bad;
  };
  for await (const chunk of createReadStream(file)) count(decoder.decode(chunk, { stream: true }));
  count(decoder.decode());
  return counts;
}

/** Write a file anew in UTF-8 without a mark, and remove the one that came. */
export async function settleFile(from: string, to: string): Promise<void> {
  const decoder = new TextDecoder(await encodingOf(from));
  async function* decoded() {
    for await (const chunk of createReadStream(from)) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  }
  await pipeline(Readable.from(decoded()), createWriteStream(to, { mode: 0o600 }));
}

export async function forgetFile(file: string): Promise<void> {
  await rm(file, { force: true });
}

async function* readLines(file: string, from: Place): AsyncGenerator<Line> {
  let { offset, line } = from;
  let rest = '';
  const made = (text: string, whole: string): Line => {
    offset += Buffer.byteLength(whole);
    line += 1;
    return { text, line: line - 1, end: { offset, line } };
  };
  for await (const chunk of createReadStream(file, { start: offset, encoding: 'utf8' })) {
    let text = rest + String(chunk);
    // A carriage return at the end may be half of a line's end.
    const half = text.endsWith('\r') ? '\r' : '';
    text = text.slice(0, text.length - half.length);
    let at = 0;
    for (const found of text.matchAll(/\r\n|\n|\r/g)) {
      yield made(text.slice(at, found.index), text.slice(at, found.index + found[0].length));
      at = found.index + found[0].length;
    }
    rest = text.slice(at) + half;
    if (rest.length > 10 * lettersAtMost) {
      yield made(rest, rest);
      rest = '';
    }
  }
  if (rest !== '') yield made(rest.replace(/\r$/, ''), rest);
}

export function parseText(text: string, delimiter: string): string[][] | null {
  try {
    return parse(text, { delimiter, relax_column_count: true, record_delimiter: '\n' });
  } catch {
    return null;
  }
}

const quotesOf = (text: string) => text.split('"').length - 1;

type Shape = { delimiter: string; width: number };

/**
 * The next records of a file, at most so many, each with the line where it begins. A quote that is never closed
 * costs its own line and no other.
 */
export async function readRecords(
  file: string,
  from: Place,
  shape: Shape & { most: number },
): Promise<{ records: FileRecord[]; next: Place; ended: boolean }> {
  const source = readLines(file, from);
  const waiting: Line[] = [];
  const take = async () => waiting.shift() ?? (await source.next()).value ?? undefined;
  const records: FileRecord[] = [];
  let next = from;
  let ended = false;
  try {
    while (records.length < shape.most) {
      const first: Line | undefined = await take();
      if (!first) {
        ended = true;
        break;
      }
      const { record, last } =
        quotesOf(first.text) % 2 === 0 ? single(first) : await joined(first, take, waiting, shape);
      next = last.end;
      if (record.text.split(shape.delimiter).some((cell) => cell.trim() !== '')) records.push(record);
    }
  } finally {
    await source.return(undefined);
  }
  return { records: parsed(records, shape.delimiter), next, ended };
}

type Read = { record: FileRecord & { joined?: boolean }; last: Line };

function single(line: Line): Read {
  return { record: { line: line.line, text: line.text, cells: null }, last: line };
}

/** A record whose quotes go on over the next lines, or a broken one that is its own line alone. */
async function joined(
  first: Line,
  take: () => Promise<Line | undefined>,
  waiting: Line[],
  { delimiter, width }: Shape,
): Promise<Read> {
  const lines = [first];
  let odd = true;
  let letters = first.text.length;
  while (odd && lines.length < linesAtMost && letters < lettersAtMost) {
    const more = await take();
    if (!more) break;
    lines.push(more);
    letters += more.text.length;
    if (quotesOf(more.text) % 2 === 1) odd = false;
  }
  const text = lines.map((line) => line.text).join('\n');
  const [cells] = (odd ? null : parseText(text, delimiter)) ?? [];
  if (cells && (width === 0 || cells.length === width)) {
    return { record: { line: first.line, text, cells, joined: true }, last: lines.at(-1) ?? first };
  }
  waiting.unshift(...lines.slice(1));
  return { record: { line: first.line, text: first.text, cells: null, joined: true }, last: first };
}

/** The cells of records of one line: all at once, or one by one where the parser refuses some. */
function parsed(records: (FileRecord & { joined?: boolean })[], delimiter: string): FileRecord[] {
  const plain = records.filter((record) => !record.joined);
  const all = parseText(plain.map((record) => record.text).join('\n'), delimiter);
  for (const [index, record] of plain.entries()) {
    const own = all?.length === plain.length ? all[index] : parseText(record.text, delimiter)?.[0];
    record.cells = own ?? null;
  }
  return records.map(({ line, text, cells }) => ({ line, text, cells }));
}

/** The delimiter that divides the first lines into the most columns, the same number in each. */
export async function readHead(file: string): Promise<{
  delimiter: string;
  headings: string[];
  next: Place;
  samples: string[][];
} | null> {
  const start = { offset: 0, line: 1 };
  const tries = [',', ';', '\t', '|'].map(async (delimiter) => {
    const { records } = await readRecords(file, start, { delimiter, width: 0, most: 20 });
    const width = records[0]?.cells?.length ?? 0;
    const alike = records.filter((record) => record.cells?.length === width).length;
    return { delimiter, width, weight: width > 1 ? (width * alike) / records.length : 0 };
  });
  const [best] = (await Promise.all(tries)).sort((one, other) => other.weight - one.weight);
  const delimiter = best && best.weight > 0 ? best.delimiter : ',';
  const { records, next } = await readRecords(file, start, { delimiter, width: 0, most: 1 });
  const headings = records[0]?.cells;
  if (!headings) return null;
  const shape = { delimiter, width: headings.length, most: 5 };
  const below = await readRecords(file, next, shape);
  const samples = below.records.flatMap((record) => (record.cells ? [record.cells] : []));
  return { delimiter, headings: headings.map((heading) => heading.trim()), next, samples };
}
