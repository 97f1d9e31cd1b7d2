import { button, type Fields, form, type Html, html } from '../../html/rules.ts';
import { birthFields } from '../../layout/rules.ts';
import type { Words } from '../../words/rules.ts';
import type { Fault } from '../rules.ts';

/** The steps of the booking page: what, when, who. Pure. */

type First = {
  path: string;
  fields: Fields;
  types: readonly { visitTypeId: string; name: string }[];
  needsChoice: boolean;
};

export function whatBody(words: Words, { path, fields, types, needsChoice }: First): Html {
  if (types.length === 0) return html`<p>${words.bookClosed}</p>`;
  const known = [
    ['no', words.isNewNo],
    ['yes', words.isNewYes],
  ].map(
    ([value = '', label = '']) =>
      html`<label class="choice"><input type="radio" name="new" value="${value}" required>${label}</label>`,
  );
  const choices = types.map(
    (one) =>
      html`<label class="choice"><input type="radio" name="type" value="${one.visitTypeId}" required>${one.name}</label>`,
  );
  return html`${needsChoice && html`<p class="wrong" role="alert">${words.needChoice}</p>`}${form(
    path,
    fields,
    html`<fieldset><legend>${words.isNew}</legend>${known}</fieldset><fieldset><legend>${words.typeQuestion}</legend>${choices}</fieldset>`,
    button({ label: words.go, name: 'do', value: 'times' }),
  )}`;
}

type Who = { path: string; fields: Fields; faults: readonly Fault[]; typed: URLSearchParams; card: Html };

export function whoBody(words: Words, { path, fields, faults, typed, card }: Who): Html {
  const value = (name: string) => typed.get(name) ?? '';
  const list =
    faults.length > 0 &&
    html`<div class="wrong" role="alert"><p>${words.look}</p><ul>${faults.map((fault) => html`<li>${words[fault]}</li>`)}</ul></div>`;
  const birth = { month: value('month'), day: value('day'), year: value('year') };
  return html`${card}${list}<p>${words.whoText}</p>${form(
    path,
    fields,
    html`<label for="given">${words.givenName}</label><input id="given" name="given" required maxlength="80" autocomplete="given-name" value="${value('given')}">
<label for="family">${words.familyName}</label><input id="family" name="family" required maxlength="80" autocomplete="family-name" value="${value('family')}">
${birthFields(words, birth)}
<label for="phone">${words.phone}</label><input id="phone" name="phone" type="tel" required maxlength="30" autocomplete="tel" value="${value('phone')}">
<label for="text">${words.wishes}</label><p class="dim" id="text-hint">${words.wishesHint}</p><textarea id="text" name="text" maxlength="200" aria-describedby="text-hint">${value('text')}</textarea>`,
    button({ label: words.send, name: 'do', value: 'send' }),
  )}`;
}
