import type { NewEntry } from '../../waitlist/schema.ts';
import type { Known } from '../doors/schema.ts';
import { button, form, type Html, html } from '../html/rules.ts';
import { dayWords, type Words } from '../words/rules.ts';

/** What suits someone who waits, as they say it on a page. Pure. */

const notices = [2, 24, 48] as const;
const times = ['any', 'mornings', 'afternoons'] as const;

/** 2026-03-02 is a Monday. */
const weekdayWords = (words: Words, weekday: number) =>
  dayWords(Date.UTC(2026, 2, 1 + weekday, 12), 'UTC', words.language).split(',')[0] ?? '';

export function waitBody(words: Words, known: Known): Html {
  const days = [1, 2, 3, 4, 5].map(
    (day) =>
      html`<label class="choice"><input type="checkbox" name="day" value="${day}">${weekdayWords(words, day)}</label>`,
  );
  const named = { any: words.anyTime, mornings: words.mornings, afternoons: words.afternoons };
  const choices = times.map((one) => {
    const chosen = one === 'any' ? html` checked` : null;
    return html`<label class="choice"><input type="radio" name="times" value="${one}"${chosen}>${named[one]}</label>`;
  });
  const options = notices.map((hours) => html`<option value="${hours}">${words.hours(hours)}</option>`);
  return form(
    '/my',
    known.fields,
    html`<fieldset><legend>${words.waitDays}</legend>${days}</fieldset><fieldset><legend>${words.waitTimes}</legend>${choices}</fieldset><label for="notice">${words.waitNotice}</label><select id="notice" name="notice">${options}</select>`,
    button({ label: words.waitGo, name: 'do', value: 'join' }),
  );
}

type Wishes = Pick<NewEntry, 'weekdays' | 'times' | 'noticeHours'>;

/** Of a form of ours or of anybody's: what it does not say rightly is as usual. */
export function readWishes(form: URLSearchParams): Wishes {
  const weekdays = [...new Set(form.getAll('day').map(Number))].filter((day) => day >= 1 && day <= 7);
  const wanted = times.find((one) => one === form.get('times'));
  const windows = {
    any: [],
    mornings: [{ from: '00:00', to: '12:00' }],
    afternoons: [{ from: '12:00', to: '24:00' }],
  };
  const noticeHours = notices.find((hours) => String(hours) === form.get('notice')) ?? 2;
  return { weekdays: weekdays.filter(Number.isInteger), times: windows[wanted ?? 'any'], noticeHours };
}
