import { describe, expect, it } from 'vitest';
import { Memory } from './memory.ts';

const practiceId = 'elm';
const of = { topics: ['visits'], days: ['2026-03-05'] };

function counted() {
  let made = 0;
  return { make: async () => ++made, count: () => made };
}

describe('what is remembered', () => {
  it('is made once, also while it is being made', async () => {
    const memory = new Memory();
    const { make, count } = counted();
    const ask = () => memory.find('day', { practiceId, of }, make);
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
    expect(await ask()).toBe(1);
    expect(count()).toBe(1);
  });

  it.each([
    ['a topic that it is made of, on its day', { topic: 'visits', keys: ['2026-03-05', 'id'] }, true],
    ['the topic on another day', { topic: 'visits', keys: ['2026-03-06', 'id'] }, false],
    ['the topic on no day in particular', { topic: 'visits', keys: ['id'] }, true],
    ['another topic', { topic: 'tasks', keys: [] }, false],
  ])('is forgotten, or not, when somebody touches %s', async (_, touch, forgotten) => {
    const memory = new Memory();
    const { make } = counted();
    const ask = () => memory.find('day', { practiceId, of }, make);
    await ask();
    memory.forget([{ practiceId, ...touch }]);
    expect(await ask()).toBe(forgotten ? 2 : 1);
  });

  it('is another practice’s own', async () => {
    const memory = new Memory();
    const { make } = counted();
    await memory.find('day', { practiceId, of }, make);
    expect(await memory.find('day', { practiceId: 'oak', of }, make)).toBe(2);
    memory.forget([{ practiceId: 'oak', topic: 'visits', keys: [] }]);
    expect(await memory.find('day', { practiceId, of }, make)).toBe(1);
  });

  it('is not kept when it was touched while it was being made', async () => {
    const memory = new Memory();
    let release: (value: number) => void = () => undefined;
    const slow = memory.find(
      'day',
      { practiceId, of },
      () => new Promise<number>((done) => (release = done)),
    );
    memory.forget([{ practiceId, topic: 'visits', keys: [] }]);
    release(1);
    expect(await slow).toBe(1);
    expect(await memory.find('day', { practiceId, of }, async () => 2)).toBe(2);
  });

  it('is asked for again after a fault', async () => {
    const memory = new Memory();
    const fail = memory.find('day', { practiceId, of }, async () => Promise.reject(new Error('cut')));
    await expect(fail).rejects.toThrow('cut');
    expect(await memory.find('day', { practiceId, of }, async () => 3)).toBe(3);
  });

  it('takes no more room than it may: the oldest goes', async () => {
    const memory = new Memory();
    const weigh = () => 9 * 1024 * 1024;
    await memory.find('one', { practiceId, of, weigh }, async () => 1);
    await memory.find('two', { practiceId, of, weigh }, async () => 1);
    expect(await memory.find('one', { practiceId, of, weigh }, async () => 2)).toBe(2);
  });
});
