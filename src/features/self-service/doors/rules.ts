import { makeDate } from '../../../platform/calendar/dates.ts';

/** Who opens a link proves that they are this person, and for some minutes need not do so again. Pure. */

export const passMinutes = 20;

/** The three fields of a birth date as one; null where they are none. */
export function birthDateOf(form: URLSearchParams): string | null {
  const part = (name: string) => {
    const text = (form.get(name) ?? '').trim();
    return /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  };
  const [year, month, day] = [part('year'), part('month'), part('day')];
  if (!(year >= 1880 && year <= 2200) || !(month >= 1) || !(day >= 1)) return null;
  return makeDate(year, month, day);
}

/** What the signature of a pass is over. */
export const passText = (linkId: string, untilSeconds: number) => `${linkId} ${untilSeconds}`;

/** A pass as a form carries it: until when, and the signature. */
export function readPass(pass: string): { untilSeconds: number; mac: string } | undefined {
  const [, until, mac] = /^(\d{9,11})\.([A-Za-z0-9_-]{43})$/.exec(pass) ?? [];
  return until && mac ? { untilSeconds: Number(until), mac } : undefined;
}
