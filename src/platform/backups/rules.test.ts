import { describe, expect, it } from 'vitest';
import { backupName, lastDue, nextDrill, nextDue, outdated } from './rules.ts';

const zone = 'America/New_York';
const plan = { atLocal: '02:30', since: '2026-03-01T00:00:00Z', askedAt: null, drillDays: 90 };
const at = (text: string) => new Date(text);

describe('a backup is due', () => {
  it.each([
    ['today, once its time has passed', '2026-03-04T07:30:00Z', '2026-03-04T07:30:00.000Z'],
    ['yesterday, before its time', '2026-03-04T07:29:00Z', '2026-03-03T07:30:00.000Z'],
    ['by the wall clock, also after the clocks went on', '2026-03-09T12:00:00Z', '2026-03-09T06:30:00.000Z'],
  ])('%s', (_, now, due) => {
    expect(lastDue(plan, at(now), zone)?.toISOString()).toBe(due);
  });
  it('not for a time before it was planned', () => {
    expect(lastDue({ ...plan, since: '2026-03-04T12:00:00Z' }, at('2026-03-04T13:00:00Z'), zone)).toBeNull();
  });
  it('when someone asks', () => {
    const asked = { ...plan, since: '2026-03-04T12:00:00Z', askedAt: '2026-03-04T12:30:00.000Z' };
    expect(lastDue(asked, at('2026-03-04T13:00:00Z'), zone)?.toISOString()).toBe(asked.askedAt);
  });
  it('next tomorrow, or later today', () => {
    expect(nextDue(plan, at('2026-03-04T12:00:00Z'), zone).toISOString()).toBe('2026-03-05T07:30:00.000Z');
    expect(nextDue(plan, at('2026-03-04T06:00:00Z'), zone).toISOString()).toBe('2026-03-04T07:30:00.000Z');
  });
});

describe('a restore is tried', () => {
  it('some days after the last, or after the plan was made', () => {
    expect(nextDrill(plan, null)?.toISOString()).toBe('2026-05-30T00:00:00.000Z');
    expect(nextDrill(plan, '2026-03-10T00:00:00Z')?.toISOString()).toBe('2026-06-08T00:00:00.000Z');
  });
  it('never where nobody wants to be reminded', () => {
    expect(nextDrill({ ...plan, drillDays: 0 }, null)).toBeNull();
  });
});

describe('backups in a folder', () => {
  it('are named by their time, and never over another', () => {
    const name = backupName(at('2026-03-04T07:30:05Z'), new Set());
    expect(name).toBe('frontdesk-2026-03-04-0730.frontdesk');
    expect(backupName(at('2026-03-04T07:30:05Z'), new Set([name]))).toBe(
      'frontdesk-2026-03-04-0730-2.frontdesk',
    );
  });
  it('go when there are more than are kept; other files stay', () => {
    const files = [
      'frontdesk-2026-03-02-0730.frontdesk',
      'frontdesk-2026-03-01-0730.frontdesk',
      'before-migrating-2026-01-01.frontdesk',
      'notes.txt',
      'frontdesk-2026-03-03-0730.frontdesk',
    ];
    expect(outdated(files, 2)).toEqual(['frontdesk-2026-03-01-0730.frontdesk']);
    expect(outdated(files, 3)).toEqual([]);
  });
});
