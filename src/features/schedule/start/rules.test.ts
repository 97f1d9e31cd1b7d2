import { describe, expect, it } from 'vitest';
import { NewVisitType } from '../setup/schema.ts';
import { colorAt, roomNames, specialtyKeys, stepAfter, stepBefore, stepKeys, templates } from './rules.ts';

describe('what a specialty begins with', () => {
  it.each(specialtyKeys)('%s can be kept as it is proposed', (key) => {
    const { types, rooms } = templates[key];
    expect(rooms).toBeGreaterThan(0);
    expect(types.length).toBeGreaterThanOrEqual(4);
    expect(new Set(types.map((type) => type.code)).size).toBe(types.length);
    expect(new Set(types.map((type) => type.name)).size).toBe(types.length);
    for (const [index, { after, room: _, ...type }] of types.entries())
      NewVisitType.parse({ ...type, bufferAfterMinutes: after, color: colorAt(index) });
    // The grid is of five minutes.
    expect(types.every((type) => type.minutes % 5 === 0 && type.after % 5 === 0)).toBe(true);
  });
});

describe('the steps', () => {
  it('follow each other, forth and back', () => {
    const forth = stepKeys.map(stepAfter);
    expect(forth).toEqual([...stepKeys.slice(1), 'visit']);
    expect(stepKeys.map(stepBefore)).toEqual([null, ...stepKeys.slice(0, -1)]);
  });
});

describe('rooms', () => {
  it('are numbered on, whatever is there already', () => {
    expect(roomNames(2, new Set())).toEqual(['Room 1', 'Room 2']);
    expect(roomNames(2, new Set(['room 1', 'procedure']))).toEqual(['Room 2', 'Room 3']);
    expect(roomNames(0, new Set())).toEqual([]);
  });
});
