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
