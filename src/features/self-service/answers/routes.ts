import type { PublicAnswer, PublicRequest } from '../../../platform/http/public-endpoint.ts';
import { html } from '../html/rules.ts';
import { page, type Shown } from '../layout/rules.ts';
import { type PageLanguage, pageLanguage, type Words, wordsOf } from '../words/rules.ts';

export const shownAs = (status: number, shown: Shown): PublicAnswer => ({
  status,
  mediaType: 'text/html; charset=utf-8',
  body: page(shown),
});

/** Of who asks, where nothing is known of them. */
export function askedLanguage(request: PublicRequest): PageLanguage {
  const chosen = request.form.get('lang') ?? request.query.get('lang');
  return pageLanguage(chosen ?? String(request.headers['accept-language'] ?? ''));
}

/** Used, run out, closed, changed by a letter, guessed: one page, the same to the letter. */
export function sorry(request: PublicRequest): PublicAnswer {
  const words = wordsOf[askedLanguage(request)];
  return shownAs(404, { words, title: words.sorryTitle, body: html`<p>${words.sorryText}</p>` });
}

/** Where nobody's page is meant: a wrong address, too much, a fault of ours. In English, and in Spanish below. */
export function sorryFor(status: number): PublicAnswer {
  const said = (words: Words) =>
    status === 429
      ? [words.busyTitle, words.busyText]
      : status >= 500
        ? [words.brokenTitle, words.brokenText]
        : [words.sorryTitle, words.sorryText];
  const [title = '', text = ''] = said(wordsOf.en);
  const [titleEs = '', textEs = ''] = said(wordsOf.es);
  const body = html`<p>${text}</p><div lang="es"><h2>${titleEs}</h2><p>${textEs}</p></div>`;
  return shownAs(status, { words: wordsOf.en, title, body });
}
