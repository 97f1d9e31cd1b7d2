import { expect, test } from 'vitest';
import { Id, newId } from './id.ts';

test('ids of one millisecond sort as they were made', () => {
  const made = Array.from({ length: 1500 }, () => newId(1_772_636_400_000));
  expect(made).toEqual([...made].sort());
  expect(new Set(made).size).toBe(1500);
  expect(Id.safeParse(made[7]).success).toBe(true);
});

test('ids of later milliseconds sort behind', () => {
  const ids = Array.from({ length: 200 }, (_, index) => newId(1_772_636_400_000 + index));
  expect(ids).toEqual([...ids].sort());
});

test('more ids than one millisecond counts sort as they were made, and so do those of the next', () => {
  const nowMs = 1_772_636_500_000;
  const ids = Array.from({ length: 20_000 }, (_, index) => newId(index < 15_000 ? nowMs : nowMs + 1));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(ids.length);
});
