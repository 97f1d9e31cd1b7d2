import { formatNumber } from '../../calls/callers/rules.ts';
import { type Fields, type Html, hiddenFields, html } from '../html/rules.ts';
import { styleSheet } from '../style/rules.ts';
import { monthWords, type Words } from '../words/rules.ts';

/** The frame of every page: the practice, the other language, what to do in need. Pure. */

/** How the same page is asked for again, in the other language. */
export type Again = { method: 'get' | 'post'; path: string; fields: Fields };
export type Office = { name: string; phone: string };

export type Shown = {
  words: Words;
  title: string;
  body: Html | readonly Html[];
  /** left out: the page is about nobody and names no practice */
  office?: Office;
  again?: Again;
};

const telOf = (phone: string) => phone.replace(/[^\d+]/g, '');

function languageSwitch(words: Words, again: Again | undefined): Html | null {
  if (!again) return null;
  const other = words.language === 'en' ? 'es' : 'en';
  return html`<form class="switch" method="${again.method}" action="${again.path}">${hiddenFields(again.fields)}<button name="lang" value="${other}" lang="${other}">${words.other}</button></form>`;
}

function callLine(words: Words, office: Office | undefined): Html {
  if (!office?.phone) return html`<p>${words.callUsNoPhone}</p>`;
  const [before = '', after = ''] = words.callUs('\n').split('\n');
  return html`<p>${before}<a href="tel:${telOf(office.phone)}">${formatNumber(office.phone)}</a>${after}</p>`;
}

export function page({ words, title, body, office, again }: Shown): string {
  // A page about nobody has nothing to put there: no empty bar then
  const head =
    office || again
      ? html`<header><p>${office?.name ?? ''}</p>${languageSwitch(words, again)}</header>`
      : null;
  const text = html`<!doctype html>
<html lang="${words.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<meta name="description" content="${title}">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${{ html: styleSheet }}</style></head>
<body>${head}
<main><h1>${title}</h1>${'html' in body ? body : [...body]}</main>
<footer>${callLine(words, office)}<p>${words.emergency}</p></footer></body></html>`;
  return text.html;
}

type Birth = { month: string; day: string; year: string };

/** Three fields, since who reads 3/4 differs by country. */
export function birthFields(words: Words, typed: Birth = { month: '', day: '', year: '' }): Html {
  const months = monthWords(words.language).map((name, index) => {
    const value = String(index + 1);
    const chosen = typed.month === value ? html` selected` : null;
    return html`<option value="${value}"${chosen}>${name}</option>`;
  });
  return html`<fieldset><legend>${words.birthDate}</legend><div class="date">
<div><label for="month">${words.month}</label><select id="month" name="month" required autocomplete="bday-month"><option value=""></option>${months}</select></div>
<div><label for="day">${words.day}</label><input id="day" name="day" required inputmode="numeric" maxlength="2" autocomplete="bday-day" value="${typed.day}"></div>
<div><label for="year">${words.year}</label><input id="year" name="year" required inputmode="numeric" minlength="4" maxlength="4" autocomplete="bday-year" value="${typed.year}"></div>
</div></fieldset>`;
}
