import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Lane, layoutLanes, type Span } from './layout.ts';

const span = (startMinutes: number, endMinutes: number, laneHint?: number): Span => ({
  startMinutes,
  endMinutes,
  laneHint,
});
const lanes = (...spans: Span[]) => layoutLanes(spans).map(({ lane, lanes }) => `${lane}/${lanes}`);

test('one after the other, each has the whole width', () => {
  expect(lanes(span(60, 90), span(90, 120), span(130, 140))).toEqual(['0/1', '0/1', '0/1']);
});

test('two at once share it', () => {
  expect(lanes(span(60, 90), span(75, 105))).toEqual(['0/2', '1/2']);
});

test('a freed lane is taken again, and the group shares one width', () => {
  expect(lanes(span(60, 120), span(60, 80), span(80, 100), span(100, 130))).toEqual([
    '0/2',
    '1/2',
    '1/2',
    '1/2',
  ]);
});

test('the order given does not matter; the lower hint stands left', () => {
  expect(lanes(span(75, 105), span(60, 90))).toEqual(['1/2', '0/2']);
  expect(lanes(span(60, 90, 1), span(60, 70, 0))).toEqual(['1/2', '0/2']);
});

test('a new group begins when all lanes are free', () => {
  expect(lanes(span(60, 90), span(60, 90), span(90, 100))).toEqual(['0/2', '1/2', '0/1']);
});

test('items without length do not hide one another', () => {
  expect(lanes(span(60, 60), span(60, 60))).toEqual(['0/2', '1/2']);
});

const anySpans = fc.array(
  fc
    .tuple(fc.nat({ max: 600 }), fc.integer({ min: 1, max: 180 }))
    .map(([at, length]) => span(at, at + length)),
  { maxLength: 60 },
);

test('whatever overlaps stands in different lanes of equal width, and no lane is wasted', () => {
  fc.assert(
    fc.property(anySpans, (spans) => {
      const placed = layoutLanes(spans);
      for (const [i, a] of spans.entries()) {
        const own: Lane = placed[i]!;
        expect(own.lane).toBeLessThan(own.lanes);
        for (const [j, b] of spans.entries()) {
          if (i >= j || a.startMinutes >= b.endMinutes || b.startMinutes >= a.endMinutes) continue;
          expect(placed[j]!.lane).not.toBe(own.lane);
          expect(placed[j]!.lanes).toBe(own.lanes);
        }
        const most = Math.max(
          ...spans.map(
            (b) =>
              spans.filter((c) => c.startMinutes <= b.startMinutes && b.startMinutes < c.endMinutes).length,
          ),
        );
        expect(own.lanes).toBeLessThanOrEqual(most);
      }
    }),
    { numRuns: 60 },
  );
});
