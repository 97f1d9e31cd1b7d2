import { asRefusal } from '../../../platform/http/answer.ts';
import type {
  PublicAnswer,
  PublicEndpoint,
  PublicOffice,
  PublicRequest,
} from '../../../platform/http/public-endpoint.ts';
import { type Knock, knock, lookAtDoor } from '../doors/commands.ts';
import { button, type Fields, form, html } from '../html/rules.ts';
import { birthFields, page, type Shown } from '../layout/rules.ts';
import type { LiveLink } from '../links/queries.ts';
import type { LinkPurpose } from '../links/schema.ts';
import { styleName, styleSheet } from '../style/rules.ts';
import type { Reply, Turns } from '../turns/routes.ts';
import { visitTurns } from '../visits/routes.ts';
import { type PageLanguage, pageLanguage, type Words, wordsOf } from '../words/rules.ts';

const path = '/my';
const turnsOf: Record<LinkPurpose, Turns> = {
  visit: visitTurns,
  offer: {},
  waitlist: {},
  book: {},
};

const shownAs = (status: number, shown: Shown): PublicAnswer => ({
  status,
  mediaType: 'text/html; charset=utf-8',
  body: page(shown),
});

/** Of who asks, where nothing is known of them. */
function askedLanguage(request: PublicRequest): PageLanguage {
  const chosen = request.form.get('lang') ?? request.query.get('lang');
  return pageLanguage(chosen ?? String(request.headers['accept-language'] ?? ''));
}

/** Used, run out, closed, changed by a letter, guessed: one page, the same to the letter. */
function sorry(request: PublicRequest): PublicAnswer {
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

function languageOf(request: PublicRequest, link: LiveLink): PageLanguage {
  return pageLanguage(request.form.get('lang') ?? request.query.get('lang') ?? link.language);
}

function askBirth(request: PublicRequest, link: LiveLink, token: string, wasWrong: boolean): PublicAnswer {
  const language = languageOf(request, link);
  const words = wordsOf[language];
  const fields = { k: token, lang: language };
  const wrong = wasWrong && html`<p class="wrong" role="alert">${words.proveWrong}</p>`;
  return shownAs(200, {
    words,
    title: words.proveTitle,
    office: { name: link.practiceName, phone: link.phone },
    body: html`<p>${words.proveText}</p>${wrong}${form(path, fields, birthFields(words), button({ label: words.go }))}`,
    again: { method: 'get', path, fields: { k: token } },
  });
}

async function lookAt(office: PublicOffice, request: PublicRequest): Promise<PublicAnswer> {
  const knocked = await lookAtDoor(office, request);
  if (knocked.kind !== 'ask') return sorry(request);
  return askBirth(request, knocked.link, request.query.get('k') ?? '', false);
}

type Answered = { reply: Reply; words: Words; fields: Fields; link: LiveLink };

/** One form, as this turn answers it. @param failed the turn before was refused, and this page says so */
function take(office: PublicOffice, request: PublicRequest, wanted: string, failed: boolean) {
  return knock(office, request, async (tx, proved): Promise<Answered> => {
    const { link, pass } = proved;
    const language = languageOf(request, link);
    const words = wordsOf[language];
    const fields = { k: request.form.get('k') ?? '', pass, lang: language };
    const turns = turnsOf[link.purpose];
    const { run } = turns[wanted] ?? turns.look ?? { run: async () => ({ title: '', body: html`` }) };
    const reply = await run({ tx, proved, known: { fields }, words, form: request.form, failed });
    return { reply, words, fields, link };
  });
}

async function answer(office: PublicOffice, request: PublicRequest): Promise<PublicAnswer> {
  const wanted = request.form.get('do') ?? 'look';
  const knocked = await take(office, request, wanted, false).catch((error: unknown) => {
    const refusal = asRefusal(error);
    if (!refusal || !['conflict', 'bad-input', 'not-found'].includes(refusal.code)) throw error;
    const otherwise = Object.values(turnsOf).find((turns) => turns[wanted]?.otherwise)?.[wanted]?.otherwise;
    return take(office, request, otherwise ?? 'look', true);
  });
  return shownFor(request, knocked);
}

function shownFor(request: PublicRequest, knocked: Knock<Answered>): PublicAnswer {
  if (knocked.kind === 'sorry') return sorry(request);
  const token = request.form.get('k') ?? '';
  if (knocked.kind === 'ask') return askBirth(request, knocked.link, token, knocked.wasWrong);
  const { reply, words, fields, link } = knocked.result;
  if ('calendar' in reply)
    return {
      mediaType: 'text/calendar; charset=utf-8',
      body: reply.calendar,
      headers: { 'content-disposition': 'attachment; filename="visit.ics"' },
    };
  const { lang: _, ...kept } = fields;
  const office = { name: link.practiceName, phone: link.phone };
  const again = { method: 'post' as const, path, fields: { ...kept, ...(reply.again ?? { do: 'look' }) } };
  return shownAs(200, { words, title: reply.title, body: reply.body, office, again });
}

export const selfServiceEndpoints: readonly PublicEndpoint[] = [
  { method: 'GET', path, handle: lookAt },
  { method: 'POST', path, perMinute: 30, handle: answer },
  {
    method: 'GET',
    path: styleName(),
    perMinute: 240,
    handle: async () => ({
      mediaType: 'text/css; charset=utf-8',
      body: styleSheet,
      headers: { 'cache-control': 'public, max-age=31536000, immutable' },
    }),
  },
];
