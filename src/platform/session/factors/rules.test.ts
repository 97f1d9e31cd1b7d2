import { describe, expect, it } from 'vitest';
import {
  type Factors,
  kindOfCode,
  mayRemove,
  mustSetUp,
  plainRecoveryCode,
  recoveryCodeOf,
  setUpBefore,
  stepAfterPassword,
} from './rules.ts';

const now = new Date('2026-03-04T15:00:00Z');
const [past, coming] = ['2026-03-01T00:00:00+00:00', '2026-03-09T00:00:00+00:00'];
const none: Factors = { authenticator: false, passkeys: 0, requiredFrom: null };

describe('a right password', () => {
  it.each<[string, Partial<Factors>, string]>([
    ['is enough where nothing else is set up', {}, 'none'],
    ['is enough while a role asks only from a later day on', { requiredFrom: coming }, 'none'],
    ['lets in to set up what a role asks for', { requiredFrom: past }, 'none'],
    ['needs the code of an app that is set up', { authenticator: true }, 'code'],
    ['needs the code also beside passkeys', { authenticator: true, passkeys: 2, requiredFrom: past }, 'code'],
    ['stays enough beside a passkey that nobody asks for', { passkeys: 1 }, 'none'],
    ['is not enough where a passkey is the second step', { passkeys: 1, requiredFrom: past }, 'recovery'],
  ])('%s', (_, factors, step) => {
    expect(stepAfterPassword({ ...none, ...factors }, now)).toBe(step);
  });
});

describe('a role that asks for a second step', () => {
  it('lets a desk that was open before go on', () => {
    expect(mustSetUp({ ...none, requiredFrom: past }, new Date('2026-02-28T12:00:00Z'))).toBe(false);
  });
  it('has it set up at the next sign-in', () => {
    expect(mustSetUp({ ...none, requiredFrom: past }, now)).toBe(true);
  });
  it.each([{ authenticator: true }, { passkeys: 1 }])('is content with %o', (has) => {
    expect(mustSetUp({ ...none, requiredFrom: past, ...has }, now)).toBe(false);
  });
  it('says until when it may wait, and nothing once it is there or due', () => {
    expect(setUpBefore({ ...none, requiredFrom: coming }, now)).toBe(coming);
    expect(setUpBefore({ ...none, requiredFrom: coming, passkeys: 1 }, now)).toBeNull();
    expect(setUpBefore({ ...none, requiredFrom: past }, now)).toBeNull();
    expect(setUpBefore(none, now)).toBeNull();
  });
  it('keeps the last one', () => {
    const asked = { ...none, requiredFrom: past };
    expect(mayRemove({ ...asked, authenticator: true }, 'authenticator', now)).toBe(false);
    expect(mayRemove({ ...asked, passkeys: 1 }, 'passkey', now)).toBe(false);
    expect(mayRemove({ ...asked, authenticator: true, passkeys: 1 }, 'passkey', now)).toBe(true);
    expect(mayRemove({ ...none, authenticator: true }, 'authenticator', now)).toBe(true);
  });
});

describe('what is typed as a code', () => {
  it.each([
    ['123456', 'app', '123456'],
    [' 123 456 ', 'app', '123456'],
    ['abcd-efgh-jkmn', 'recovery', 'ABCDEFGHJKMN'],
    ['o1il-0000-0000', 'recovery', '011100000000'],
    ['12345', 'recovery', '12345'],
  ])('%s is of kind %s', (typed, kind, code) => {
    expect(kindOfCode(typed)).toEqual({ kind, code });
  });
  it('is read back from how a recovery code is shown', () => {
    const shown = recoveryCodeOf(Uint8Array.from({ length: 12 }, (_, at) => at * 21));
    expect(shown).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    expect(plainRecoveryCode(shown.toLowerCase())).toBe(shown.replaceAll('-', ''));
  });
});
