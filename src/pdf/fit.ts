import { lettersOf } from './letters.ts';

/** How a text stands in a box: it wraps, then shrinks, and only then is cut, which an ellipsis shows. */

export type Box = {
  /** points */
  width: number;
  /** How many lines at most. */
  lines: number;
  /** Font size in points to begin with, and the smallest. */
  size: number;
  least: number;
};
export type Fitted = { lines: string[]; size: number; cut: boolean };

/** Width of a text at font size 1. */
export type Measure = (text: string) => number;

const step = 0.5;
export const ellipsis = '…';

/** Never wider than the box and never more lines, whatever stands in the text. A line feed ends a line. */
export function fitText(text: string, box: Box, measure: Measure): Fitted {
  if (text === '') return { lines: [], size: box.size, cut: false };
  for (let size = box.size; size >= box.least; size -= step) {
    const wrapped = wrap(text, box.width / size, measure);
    // A word is broken only where the smallest size leaves no other way.
    const isWhole = !wrapped.broken || size - step < box.least;
    if (wrapped.lines.length <= box.lines && isWhole) return { lines: wrapped.lines, size, cut: false };
  }
  const width = box.width / box.least;
  const { lines } = wrap(text, width, measure);
  const kept = lines.slice(0, box.lines);
  const rest = lines.slice(box.lines - 1).join(' ');
  kept[box.lines - 1] = cutTo(rest, width, measure);
  return { lines: kept, size: box.least, cut: true };
}

/** As many letters as there is room for, with an ellipsis behind them. */
function cutTo(text: string, width: number, measure: Measure): string {
  const letters = lettersOf(text);
  while (letters.length > 0) {
    const shown = letters.join('').trimEnd() + ellipsis;
    if (measure(shown) <= width) return shown;
    letters.pop();
  }
  return ellipsis;
}

/** Words, each with the blank or hyphen after which a line may end: never inside a phone number. */
function wordsOf(text: string): string[] {
  return text.match(/[^\s-]*-+(?=\p{L})|\S+?(?:-+(?=\p{L})|\s+|$)|\s+/gu) ?? [];
}

type Wrapped = { lines: string[]; broken: boolean };

function wrap(text: string, width: number, measure: Measure): Wrapped {
  const parts = text.split('\n').map((part) => wrapPart(part, width, measure));
  return { lines: parts.flatMap((one) => one.lines), broken: parts.some((one) => one.broken) };
}

function wrapPart(text: string, width: number, measure: Measure): Wrapped {
  const lines: string[] = [];
  let line = '';
  let broken = false;
  const add = (word: string) => {
    if (measure((line + word).trimEnd()) <= width) {
      line += word;
      return;
    }
    if (line.trim() !== '') lines.push(line.trimEnd());
    line = word;
  };
  for (const word of wordsOf(text)) {
    if (measure(word.trimEnd()) <= width) add(word);
    else {
      broken = true;
      for (const letter of lettersOf(word)) add(letter);
    }
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return { lines, broken };
}
