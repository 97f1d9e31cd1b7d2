import { describe, expect, it } from 'vitest';
import { findRedFlags, isOneSlip } from '../../messages/danger/rules.ts';
import { guessReason, usualSettings } from './rules.ts';
import { CallSettings } from './schema.ts';

const flagged = (text: string) => findRedFlags(text, usualSettings.redFlags).length > 0;

describe('words of danger', () => {
  it.each([
    'Chest pain since this morning',
    'pain and pressure in the chest',
    "He can't breathe well",
    'trouble with breathing',
    'troble breathing again',
    'SHORT OF BREATH',
    'she passed out in the kitchen',
    'worst headache of her life',
    'feels suicidal',
    'took too many pills',
    'having a seizure',
    'chest feels very tight',
    'asks whether to call 911',
    'no chest pain, just asking',
  ])('“%s” goes to the top', (text) => {
    expect(flagged(text)).toBe(true);
  });

  it.each([
    'refill of lisinopril',
    'wants to move the visit to Friday',
    'question about the bill',
    'chest X-ray results',
    'new insurance card',
    'shortage of forms',
    'pain medication refill',
    'the vendor brings paper for the chest freezer',
  ])('“%s” does not', (text) => {
    expect(flagged(text)).toBe(false);
  });

  it('forgives one slip in long words, none in short ones', () => {
    expect(isOneSlip('brething', 'breathing')).toBe(true);
    expect(isOneSlip('braething', 'breathing')).toBe(true);
    expect(isOneSlip('breathingg', 'breathing')).toBe(true);
    expect(isOneSlip('bretahinx', 'breathing')).toBe(false);
    expect(findRedFlags('chat pain', ['chest pain'])).toEqual([]);
  });

  it('keeps the usual settings within their own shape', () => {
    expect(CallSettings.safeParse(usualSettings).error).toBeUndefined();
  });
});

describe('the reason of a call', () => {
  it.each([
    ['refill of lisinopril', 'refill'],
    ['about lab results', 'results'],
    ['insurance did not pay the bill', 'billing'],
    ['fever and rash', 'question'],
    ['hello', null],
  ])('“%s” means %s', (text, expected) => {
    expect(guessReason(text, usualSettings.reasons)).toBe(expected);
  });
});
