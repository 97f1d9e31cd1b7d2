import { asRefusal } from '../../../platform/http/answer.ts';
import type {
  PublicAnswer,
  PublicEndpoint,
  PublicOffice,
  PublicRequest,
} from '../../../platform/http/public-endpoint.ts';
import { shownAs, sorry } from '../answers/routes.ts';
import { bookTurns } from '../booking/routes.ts';
import { type Knock, knock, lookAtDoor } from '../doors/commands.ts';
import { button, type Fields, form, html } from '../html/rules.ts';
import { birthFields } from '../layout/rules.ts';
import type { LiveLink } from '../links/queries.ts';
import type { LinkPurpose } from '../links/schema.ts';
import { offerTurns } from '../offers/routes.ts';
import { bookingEndpoints } from '../requests/public/routes.ts';
import type { Reply, Turns } from '../turns/routes.ts';
import { visitTurns } from '../visits/routes.ts';
import { waitlistTurns, waitTurns } from '../waiting/routes.ts';
import { type PageLanguage, pageLanguage, type Words, wordsOf } from '../words/rules.ts';

const path = '/my';
const turnsOf: Record<LinkPurpose, Turns> = {
  visit: { ...visitTurns, ...waitTurns },
  offer: offerTurns,
  waitlist: waitlistTurns,
  book: bookTurns,
};

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
    const asked = Object.hasOwn(turns, wanted) ? turns[wanted] : turns.look;
    const { run } = asked ?? { run: async () => ({ title: '', body: html`` }) };
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
    return take(office, request, otherwise ?? 'look', true).catch((again: unknown): Knock<Answered> => {
      // What the link was for is not there any more.
      if (asRefusal(again)?.code === 'not-found') return { kind: 'sorry' };
      throw again;
    });
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
  const shown = { words, title: reply.title, body: reply.body, office };
  if (reply.again === null) return shownAs(200, shown);
  const again = { ...kept, ...(reply.again ?? { do: 'look' }) };
  return shownAs(200, { ...shown, again: { method: 'post', path, fields: again } });
}

export const selfServiceEndpoints: readonly PublicEndpoint[] = [
  ...bookingEndpoints,
  { method: 'GET', path, handle: lookAt },
  { method: 'POST', path, perMinute: 30, handle: answer },
];
