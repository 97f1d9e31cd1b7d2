import type { Known } from '../../doors/schema.ts';
import { button, form, type Html, html } from '../../html/rules.ts';
import { dayWords, timeWords, type Words } from '../../words/rules.ts';
import { whys } from '../rules.ts';
import type { PageVisit } from '../schema.ts';

/** The pages of one visit. Pure. */

const path = '/my';

/** When, where and with whom: what now holds. */
export function visitCard(words: Words, visit: PageVisit): Html {
  const { language } = words;
  return html`<div class="card"><p class="when">${dayWords(visit.startsAt, visit.timeZone, language)}<br>${timeWords(visit.startsAt, visit.timeZone, language)}</p>
<p>${visit.name && html`${visit.name}<br>`}${words.with} ${visit.physicianName}<br>${visit.siteName}${visit.siteAddress && html`<br>${visit.siteAddress}`}</p></div>`;
}

export function notes(words: Words, visit: PageVisit): Html {
  return html`${visit.prepare && html`<h2>${words.prepare}</h2><p class="text">${visit.prepare}</p>`}${
    visit.arrive && html`<h2>${words.parking}</h2><p class="text">${visit.arrive}</p>`
  }`;
}

const calendarForm = (words: Words, known: Known) =>
  form(path, known.fields, button({ label: words.calendar, name: 'do', value: 'calendar', look: 'plain' }));

export function visitBody(words: Words, visit: PageVisit, known: Known): Html {
  if (visit.standing !== 'open') {
    const text = visit.standing === 'cancelled' ? words.visitCancelled : words.visitOver;
    return html`${visitCard(words, visit)}<p>${text}</p>`;
  }
  const state = visit.isConfirmed
    ? html`<p class="good">✓ ${words.confirmed}</p>`
    : html`<p>${words.notConfirmed}</p>${form(path, known.fields, button({ label: words.confirm, name: 'do', value: 'confirm' }))}`;
  return html`${visitCard(words, visit)}${state}${calendarForm(words, known)}${
    visit.mayMove &&
    form(path, known.fields, button({ label: words.change, name: 'do', value: 'times', look: 'plain' }))
  }${form(path, known.fields, button({ label: words.earlier, name: 'do', value: 'ask-wait', look: 'plain' }))}${form(
    path,
    known.fields,
    button({ label: words.cancel, name: 'do', value: 'ask-cancel', look: 'stop' }),
  )}${notes(words, visit)}`;
}

/** After confirming or moving: the visit as it is now, and what helps to come. */
export function holdsBody(words: Words, visit: PageVisit, known: Known): Html {
  return html`${visitCard(words, visit)}${calendarForm(words, known)}${form(
    path,
    known.fields,
    button({ label: words.visitTitle, name: 'do', value: 'look', look: 'plain' }),
  )}${notes(words, visit)}`;
}

type Asking = { lateHours: number | null; needsChoice: boolean };

export function cancelBody(
  words: Words,
  visit: PageVisit,
  known: Known,
  { lateHours, needsChoice }: Asking,
): Html {
  const choices = whys.map(
    (why) =>
      html`<label class="choice"><input type="radio" name="why" value="${why}" required>${words.cancelReasons[why]}</label>`,
  );
  return html`${visitCard(words, visit)}${lateHours !== null && html`<p class="wrong">${words.cancelLate(lateHours)}</p>`}${
    needsChoice && html`<p class="wrong" role="alert">${words.needChoice}</p>`
  }${form(
    path,
    known.fields,
    html`<fieldset><legend>${words.cancelWhy}</legend>${choices}</fieldset><label for="text">${words.cancelText}</label><textarea id="text" name="text" maxlength="200"></textarea>`,
    button({ label: words.cancelGo, name: 'do', value: 'cancel', look: 'stop' }),
  )}${form(path, known.fields, button({ label: words.keep, name: 'do', value: 'look', look: 'plain' }))}`;
}

export function cancelledBody(words: Words, visit: PageVisit): Html {
  return html`${visitCard(words, visit)}<p>${words.cancelledText}</p>`;
}
