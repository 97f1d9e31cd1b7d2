import { describe, expect, it } from 'vitest';
import { readablePassword, roleCells } from './rules.ts';

describe('a password to read out', () => {
  it('is four words and two digits', () => {
    expect(readablePassword((limit) => Math.floor(Math.random() * limit))).toMatch(/^([a-z]+-){4}[1-9]\d$/);
  });
});

describe('the role matrix', () => {
  const catalog = [{ key: 'tea.make', label: 'Make tea', roles: ['nurse'] as const }];
  const cellOf = (role: string, changes: Parameters<typeof roleCells>[1]) =>
    roleCells(catalog, changes)[0]?.cells.find((cell) => cell.role === role);

  it('holds the defaults', () => {
    expect(cellOf('nurse', [])).toMatchObject({ allowed: true, byDefault: true });
    expect(cellOf('biller', [])).toMatchObject({ allowed: false, byDefault: false });
  });
  it('shows a change beside its default', () => {
    const changes = [{ role: 'biller', permission: 'tea.make', allowed: true }];
    expect(cellOf('biller', changes)).toMatchObject({ allowed: true, byDefault: false });
  });
});
