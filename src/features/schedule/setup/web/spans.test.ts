import { describe, expect, it } from 'vitest';
import { parseSpans, spansText } from './spans.ts';

const read = (typed: string) =>
  parseSpans(typed)
    ?.map((span) => `${span.startsLocal}-${span.endsLocal}`)
    .join(' ') ?? null;

describe('hours as they are typed', () => {
  it.each([
    ['8-12', '08:00-12:00'],
    ['8-12, 1-5', '08:00-12:00 13:00-17:00'],
    ['8-5', '08:00-17:00'],
    ['8-7', '08:00-19:00'],
    ['9a to 12:30p', '09:00-12:30'],
    ['730-1130 and 1-4', '07:30-11:30 13:00-16:00'],
    ['13:00–17:30', '13:00-17:30'],
    ['noon-midnight', '12:00-24:00'],
    ['morning', null],
    ['8', null],
    ['8-', null],
    ['8-12, x', null],
  ])('%s', (typed, hours) => {
    expect(read(typed)).toBe(hours);
  });

  it('may be none at all', () => {
    expect(read('')).toBe('');
  });

  it('reads back what it wrote', () => {
    const spans = parseSpans('8-12, 1-12a') ?? [];
    expect(parseSpans(spansText(spans))).toEqual(spans);
  });
});
