import { describe, expect, it } from 'vitest';
import { mayContact, refusals } from './rules.ts';
import { type Answer, channels, purposes } from './schema.ts';

const said = (channel: Answer['channel'], purpose: Answer['purpose'], state: Answer['state']): Answer => ({
  ...{ channel, purpose, state },
});

describe('whether a person may be contacted', () => {
  it.each([
    ['call', 'appointments', 'yes'],
    ['call', 'results', 'yes'],
    ['mail', 'billing', 'yes'],
    ['voicemail', 'appointments', 'limited'],
    ['voicemail', 'results', 'limited'],
    ['text', 'appointments', 'ask'],
    ['email', 'billing', 'ask'],
  ] as const)('nobody asked: %s about %s is %s', (channel, purpose, expected) => {
    expect(mayContact([], channel, purpose)).toBe(expected);
  });

  it('never for marketing unless it was given', () => {
    for (const channel of channels) expect(mayContact([], channel, 'marketing')).toBe('no');
    expect(mayContact([said('mail', 'marketing', 'given')], 'mail', 'marketing')).toBe('yes');
    expect(mayContact([said('text', 'appointments', 'given')], 'text', 'marketing')).toBe('no');
  });

  it('holds what was said, whatever the channel and purpose', () => {
    for (const channel of channels)
      for (const purpose of purposes) {
        expect(mayContact([said(channel, purpose, 'given')], channel, purpose)).toBe('yes');
        expect(mayContact([said(channel, purpose, 'refused')], channel, purpose)).toBe('no');
        expect(mayContact([said(channel, purpose, 'unknown')], channel, purpose)).toBe(
          mayContact([], channel, purpose),
        );
      }
  });

  it('takes what was noted of the number for appointments only, and never above a refusal', () => {
    const good = { mayText: true, mayLeaveVoicemail: true };
    expect(mayContact([], 'text', 'appointments', good)).toBe('yes');
    expect(mayContact([], 'voicemail', 'appointments', good)).toBe('yes');
    expect(mayContact([], 'voicemail', 'results', good)).toBe('limited');
    expect(mayContact([], 'text', 'billing', good)).toBe('ask');
    expect(
      mayContact([said('voicemail', 'appointments', 'refused')], 'voicemail', 'appointments', good),
    ).toBe('no');
  });

  it('says refusals at a glance', () => {
    const all = (['appointments', 'results', 'billing'] as const).map((one) =>
      said('voicemail', one, 'refused'),
    );
    expect(refusals(all)).toEqual(['do not leave voicemail']);
    expect(refusals([said('text', 'results', 'refused'), said('text', 'billing', 'refused')])).toEqual([
      'do not text about results or billing',
    ]);
    expect(refusals([said('mail', 'marketing', 'refused'), said('call', 'results', 'given')])).toEqual([]);
  });
});
