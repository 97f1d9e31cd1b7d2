import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Answer } from './packed-answer.ts';

const long = Buffer.from(JSON.stringify({ names: Array.from({ length: 2000 }, (_, at) => `Test ${at}`) }));

it('is the same plain and packed, whoever asks first', async () => {
  const answer = new Answer(long, []);
  expect(answer.text.equals(long)).toBe(true);
  const [one, other] = await Promise.all([answer.gzipped(), answer.gzipped()]);
  expect(other).toBe(one);
  expect(gunzipSync(one).equals(long)).toBe(true);
  expect(answer.text.equals(long)).toBe(true);
  expect(answer.size).toBe(long.length);
  expect(one.length).toBeLessThan(long.length / 3);
});

it('is worth packing when it is long', () => {
  expect([new Answer(Buffer.from('{}'), []).isLarge, new Answer(long, []).isLarge]).toEqual([false, true]);
});
