import { formatClock } from '../../../../ui/format.ts';
import { clockMinutes, parseTime } from '../../../../ui/parse.ts';

/** `code`: the slot code that stands behind the hours, in capitals. */
export type Span = { startsLocal: string; endsLocal: string; code?: string };

/**
 * Hours as they are typed: `8-12`, `8-12, 1-5`, `9a to 12:30p`; '' is no hours. null for what cannot be read.
 * A slot code may stand behind: `8-9 NP`. An end that reads as before its start is the afternoon: `8-7` is 8 am to 7 pm; `midnight` ends the day.
 */
export function parseSpans(typed: string): Span[] | null {
  const parts = typed
    .split(/[,;&]|\band\b/i)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const spans = parts.map(parseSpan);
  return spans.every((span) => span !== null) ? spans : null;
}

const partsOfTime = /^(a|p|am|pm|noon|midnight)$/i;

function parseSpan(whole: string): Span | null {
  const behind = /^(.+)\s([a-z][a-z0-9]{0,3})$/i.exec(whole);
  const code = behind?.[2] && !partsOfTime.test(behind[2]) ? behind[2].toUpperCase() : undefined;
  const typed = code ? (behind?.[1] ?? '').trim() : whole;
  const match = /^(.+?)\s*(?:-|–|—|\bto\b|\buntil\b)\s*(.+)$/i.exec(typed);
  const startsLocal = parseTime(match?.[1] ?? '');
  const ends = parseTime(match?.[2] ?? '');
  if (startsLocal === null || ends === null) return null;
  return { startsLocal, endsLocal: laterThan(startsLocal, ends), ...(code ? { code } : {}) };
}

function laterThan(starts: string, ends: string): string {
  if (ends === '00:00') return '24:00';
  const hour = Number(ends.slice(0, 2));
  return ends <= starts && hour < 12 ? `${hour + 12}${ends.slice(2)}` : ends;
}

const clock = (time: string) => formatClock(clockMinutes(time));

/** `8:00 am – 12:00 pm`, `8:00 am – 9:00 am NP` */
export function spanWords({ startsLocal, endsLocal, code }: Span): string {
  const span = `${clock(startsLocal)} – ${endsLocal === '24:00' ? 'midnight' : clock(endsLocal)}`;
  return code ? `${span} ${code}` : span;
}

/** As it would be typed again: `8:00 am - 12:00 pm, 1:00 pm - 5:00 pm`. */
export function spansText(spans: readonly Span[]): string {
  return spans.map((span) => spanWords(span).replace('–', '-')).join(', ');
}
