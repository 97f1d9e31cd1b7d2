import { describe, expect, it } from 'vitest';
import { hearingText, isInForce, mayHear } from './rules.ts';
import { type Hearing, RelationDraft } from './schema.ts';

const today = '2026-03-04';
const may = (...hearings: Hearing[]) => ({ mayHear: hearings, since: null, until: null, revokedAt: null });

describe('what someone may hear', () => {
  it.each([
    ['nothing agreed', may(), 'results', false],
    ['appointments only, asked for results', may('appointments'), 'results', false],
    ['appointments only, asked for them', may('appointments'), 'appointments', true],
    ['everything', may('all'), 'billing', true],
    ['from tomorrow on', { ...may('all'), since: '2026-03-05' }, 'billing', false],
    ['from today on', { ...may('all'), since: today }, 'billing', true],
    ['until yesterday', { ...may('all'), until: '2026-03-03' }, 'billing', false],
    ['until today', { ...may('all'), until: today }, 'billing', true],
    ['revoked', { ...may('all'), revokedAt: '2026-03-01T10:00:00Z' }, 'billing', false],
  ] as const)('%s', (_, relation, what, expected) => {
    expect(mayHear({ ...relation, mayHear: [...relation.mayHear] }, what, today)).toBe(expected);
  });

  it('says it in words', () => {
    expect(hearingText(may(), today)).toBe('may hear nothing');
    expect(hearingText(may('billing', 'appointments'), today)).toBe('may hear appointments and billing');
    expect(hearingText(may('all', 'results'), today)).toBe('may hear everything');
    expect(hearingText({ ...may('all'), until: '2026-03-03' }, today)).toBe('may hear nothing');
    expect(isInForce(may(), today)).toBe(true);
  });

  it('asks how the office knows, and for days in order', () => {
    const faults = (more: object) =>
      RelationDraft.safeParse({ name: 'Ray Doe', ...more }).error?.issues.map((one) => one.path.join('.'));
    expect(faults({ mayHear: ['all'] })).toEqual(['proof']);
    expect(faults({ mayHear: ['all'], proof: 'form' })).toBeUndefined();
    expect(faults({ since: '2026-03-04', until: '2026-03-03' })).toEqual(['until']);
    expect(faults({ phone: '555' })).toEqual(['phone']);
  });
});
