import { expect, test } from 'vitest';
import { findPhysicians, readRescueLine } from './rules.ts';

const physicians = ['Dr. Lee', 'Dr. Okoye', 'Dr. Zieliński'].map((name) => ({ id: name, name }));

test.each([
  ['lee out today', { word: 'lee', when: 'today', minutes: null, days: 0 }],
  ['Dr. Lee is out', { word: 'lee', when: 'today', minutes: null, days: 0 }],
  ['lee out now', { word: 'lee', when: 'now', minutes: null, days: 0 }],
  ['okoye out afternoon', { word: 'okoye', when: 'afternoon', minutes: null, days: 0 }],
  ['lee late 40', { word: 'lee', when: 'late', minutes: 40, days: 0 }],
  ['lee late by 40 min', { word: 'lee', when: 'late', minutes: 40, days: 0 }],
  ['lee late', { word: 'lee', when: 'late', minutes: 30, days: 0 }],
  ['zielinski sick tomorrow', { word: 'zielinski', when: 'today', minutes: null, days: 1 }],
  ['rescue okoye tomorrow', { word: 'okoye', when: 'today', minutes: null, days: 1 }],
  ['rescue', { word: '', when: 'today', minutes: null, days: 0 }],
])('%s', (text, expected) => {
  expect(readRescueLine(text, physicians)).toEqual(expected);
});

test.each(['smith out of town note', 'lee fu 3m', 'late', 'book lee out'])('%s is something else', (text) => {
  expect(readRescueLine(text, physicians)).toBeUndefined();
});

test('a name by its beginning, without its accents', () => {
  expect(findPhysicians('ziel', physicians).map((one) => one.name)).toEqual(['Dr. Zieliński']);
  expect(findPhysicians('', physicians).length).toBe(3);
});
