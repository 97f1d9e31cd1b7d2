import { dbOver } from '../../../../platform/db/database.ts';
import { inTransaction, type Tx, theOffice, withLink } from '../../../../platform/db/transaction.ts';
import { asRefusal } from '../../../../platform/http/answer.ts';
import type {
  PublicAnswer,
  PublicEndpoint,
  PublicOffice,
  PublicRequest,
} from '../../../../platform/http/public-endpoint.ts';
import { refuseGuesser } from '../../../../platform/session/guesses.ts';
import { askedLanguage, shownAs, sorry } from '../../answers/routes.ts';
import { type BookableType, listBookable } from '../../booking/queries.ts';
import { type Fields, type Html, html } from '../../html/rules.ts';
import { readOnlineType } from '../../settings/queries.ts';
import { type Allowed, findTime, listTimes } from '../../times/queries.ts';
import { type PageTime, readSlot, slotValue, timesBody } from '../../times/rules.ts';
import { dayWords, timeWords, type Words, wordsOf } from '../../words/rules.ts';
import { askForTime } from '../commands.ts';
import { whatBody, whoBody } from '../pages/rules.ts';
import { findOnlineDoor, readPracticeFacts } from '../queries.ts';
import { readAsker } from '../rules.ts';

/** The booking page: what, when, who. It knows nobody, and says the same to everyone. */

type Step = {
  tx: Tx;
  request: PublicRequest;
  words: Words;
  path: string;
  practice: { name: string; phone: string; timeZone: string };
  types: BookableType[];
};
type Shown = { title: string; body: Html; again?: Fields };

const fieldsOf = ({ words, request }: Step, ...names: string[]): Fields =>
  Object.fromEntries([
    ['lang', words.language],
    ...names.map((name) => [name, request.form.get(name) ?? '']),
  ]);

function what(step: Step, needsChoice: boolean): Shown {
  const { words, path, types } = step;
  const fields = { lang: words.language };
  return { title: words.bookTitle, body: whatBody(words, { path, fields, types, needsChoice }) };
}

type Chosen = { type: BookableType; allowed: Allowed };

/** undefined: nothing was chosen that may be. */
async function chosen({ tx, request, practice, types }: Step): Promise<Chosen | undefined> {
  const type = types.find((one) => one.visitTypeId === request.form.get('type'));
  if (!type) return undefined;
  const { noticeHours, daysAhead } = await readOnlineType(tx.db, type.visitTypeId);
  const { visitTypeId } = type;
  return { type, allowed: { visitTypeId, noticeHours, daysAhead, timeZone: practice.timeZone, now: tx.now } };
}

async function when(step: Step, wasTaken: boolean): Promise<Shown> {
  const { tx, request, words, path } = step;
  const choice = await chosen(step);
  const isNew = request.form.get('new');
  if (!choice || (isNew !== 'yes' && isNew !== 'no')) return what(step, true);
  if (isNew === 'yes' && choice.type.openTo !== 'everyone')
    return { title: words.waitNotTitle, body: html`<p>${words.bookNot}</p>` };
  const from = request.form.get('from');
  const found = await listTimes(tx.db, choice.allowed, from);
  const fields = fieldsOf(step, 'type', 'new');
  const needsChoice = !wasTaken && request.form.get('do') !== 'times';
  return {
    title: words.timesTitle,
    body: timesBody(words, { path, known: { fields }, act: 'who', ...found, wasTaken, needsChoice }),
    again: { ...fields, do: 'times', ...(from ? { from } : {}) },
  };
}

function timeCard(words: Words, time: PageTime): Html {
  const { startsAt, timeZone } = time;
  return html`<div class="card"><p class="when">${dayWords(startsAt, timeZone, words.language)}<br>${timeWords(startsAt, timeZone, words.language)}</p>
<p>${words.with} ${time.physicianName}<br>${time.siteName}</p></div>`;
}

/** Who is coming, and then the request itself. */
async function who(step: Step, isSent: boolean): Promise<Shown> {
  const { tx, request, words, path } = step;
  const choice = await chosen(step);
  const slot = readSlot(request.form.get('slot'));
  if (!choice || !slot) return when(step, false);
  const time = await findTime(tx.db, choice.allowed, slot);
  if (!time) return when(step, true);
  const read = isSent ? readAsker(request.form) : { faults: [] };
  const card = timeCard(words, time);
  if ('asker' in read) return send(step, choice, { time, card, asker: read.asker });
  const fields = { ...fieldsOf(step, 'type', 'new'), slot: slotValue(slot) };
  return {
    title: words.whoTitle,
    body: whoBody(words, { path, fields, faults: read.faults, typed: request.form, card }),
    again: { ...fields, do: 'who' },
  };
}

type Sending = { time: PageTime; card: Html; asker: Parameters<typeof askForTime>[1]['asker'] };

async function send(step: Step, { type }: Chosen, { time, card, asker }: Sending): Promise<Shown> {
  const { tx, words } = step;
  const { visitTypeId } = type;
  const isKept = await askForTime(tx, { asker, visitTypeId, time, language: words.language });
  if (!isKept) return { title: words.waitNotTitle, body: html`<p>${words.bookClosed}</p>` };
  return { title: words.sentTitle, body: html`${card}<p>${words.sentText}</p>` };
}

/** As a reading where nothing is sent; what is refused meanwhile is told with the next times. */
async function answer(office: PublicOffice, request: PublicRequest): Promise<PublicAnswer> {
  const { store } = office;
  const isSent = request.form.get('do') === 'send';
  const guesses = await refuseGuesser(store, 'online-booking', request.address);
  const code = request.params.code ?? '';
  const door = await withLink(store.source, (link) => findOnlineDoor(dbOver(link, store.count), code));
  if (!door || (door.practiceKind === 'demo' && !request.isOnThisMachine)) {
    await guesses.note();
    return sorry(request);
  }
  if (isSent) await guesses.note();
  const { practiceId } = door;
  const opening = { practiceId, actor: theOffice, requestId: request.requestId, readOnly: !isSent };
  const shown = (run: (step: Step) => Promise<Shown>) =>
    inTransaction(store, opening, async (tx): Promise<PublicAnswer> => {
      const words = wordsOf[askedLanguage(request)];
      const practice = await readPracticeFacts(tx.db);
      const types = await listBookable(tx.db, words.language);
      const path = `/book/${code}`;
      const { again, ...page } = await run({ tx, request, words, path, practice, types });
      const method = again ? ('post' as const) : ('get' as const);
      return shownAs(200, { words, ...page, office: practice, again: { method, path, fields: again ?? {} } });
    });
  const act = request.form.get('do');
  if (act === 'times') return shown((step) => when(step, false));
  if (act !== 'who' && act !== 'send') return shown(async (step) => what(step, false));
  return shown((step) => who(step, isSent)).catch((error: unknown) => {
    if (asRefusal(error)?.code !== 'conflict') throw error;
    return shown((step) => when(step, true));
  });
}

const path = '/book/:code';

export const bookingEndpoints: readonly PublicEndpoint[] = [
  { method: 'GET', path, handle: answer },
  { method: 'POST', path, perMinute: 20, handle: answer },
];
