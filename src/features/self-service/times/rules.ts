import { z } from 'zod';
import { groupBy } from '../../../platform/calendar/group-by.ts';
import { Id } from '../../../platform/id.ts';
import type { Known } from '../doors/schema.ts';
import { button, form, type Html, html } from '../html/rules.ts';
import { dayWords, timeWords, type Words } from '../words/rules.ts';

/** Times to choose from, as a patient reads them. Pure. */

export type PageTime = {
  startsAt: string;
  endsAt: string;
  timeZone: string;
  physicianId: string;
  physicianName: string;
  siteId: string;
  siteName: string;
  onDate: string;
};

const Slot = z.tuple([z.iso.datetime({ offset: true }), Id, Id]);
export type Slot = { startsAt: string; physicianId: string; siteId: string };

export const slotValue = ({ startsAt, physicianId, siteId }: Slot) => `${startsAt}|${physicianId}|${siteId}`;

/** undefined: no form of ours says this. */
export function readSlot(text: string | null): Slot | undefined {
  const read = Slot.safeParse((text ?? '').split('|'));
  if (!read.success) return undefined;
  const [startsAt, physicianId, siteId] = read.data;
  return { startsAt, physicianId, siteId };
}

const mostADay = 8;

/** At most so many a day, spread over it: nobody reads thirty times on a phone. */
export function thinned(times: readonly PageTime[]): PageTime[] {
  const days = groupBy(times, (one) => one.onDate);
  return [...days.values()].flatMap((day) => {
    if (day.length <= mostADay) return day;
    return Array.from({ length: mostADay }, (_, index) => {
      const at = Math.floor((index * day.length) / mostADay);
      return day[at] ?? [];
    }).flat();
  });
}

/** Said once above where every time is with the same physician. */
function onlyOne(words: Words, times: readonly PageTime[]): Html {
  const [first, ...others] = new Set(times.map((one) => one.physicianName));
  return others.length === 0 && first ? html`<p>${words.with} ${first}</p>` : html``;
}

type Choosing = {
  path: string;
  known: Known;
  /** What the button asks for. */
  act: string;
  times: readonly PageTime[];
  /** From which day on there may be more; null: that was all. */
  laterFrom: string | null;
  /** Shown again since the one chosen was gone. */
  wasTaken: boolean;
  needsChoice: boolean;
};

export function timesBody(words: Words, choosing: Choosing): Html {
  const { path, known, act, times, laterFrom, wasTaken, needsChoice } = choosing;
  const sites = new Set(times.map((one) => one.siteId));
  const physicians = new Set(times.map((one) => one.physicianId));
  const whoAndWhere = (one: PageTime) => {
    const told = [physicians.size > 1 && one.physicianName, sites.size > 1 && one.siteName].filter(Boolean);
    return told.length > 0 && html`<br><small>${told.join(', ')}</small>`;
  };
  const days = [...groupBy(times, (one) => one.onDate).values()].map((day) => {
    const [first] = day;
    if (!first) return html``;
    const choices = day.map(
      (one) =>
        html`<label class="choice"><input type="radio" name="slot" value="${slotValue(one)}" required><span>${timeWords(one.startsAt, one.timeZone, words.language)}${whoAndWhere(one)}</span></label>`,
    );
    return html`<fieldset><legend>${dayWords(first.startsAt, first.timeZone, words.language)}</legend><div class="times">${choices}</div></fieldset>`;
  });
  const later =
    laterFrom !== null &&
    form(
      path,
      { ...known.fields, from: laterFrom },
      button({ label: words.later, name: 'do', value: 'times', look: 'plain' }),
    );
  return html`${wasTaken && html`<p class="wrong" role="alert">${words.timeTaken}</p>`}${
    needsChoice && html`<p class="wrong" role="alert">${words.needChoice}</p>`
  }${
    times.length === 0
      ? html`<p>${words.timesNone}</p>`
      : form(
          path,
          known.fields,
          onlyOne(words, times),
          ...days,
          button({ label: words.take, name: 'do', value: act }),
        )
  }${later}`;
}
