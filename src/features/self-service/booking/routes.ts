import { html } from '../html/rules.ts';
import { closeLink } from '../links/commands.ts';
import { haveNow } from '../offers/routes.ts';
import { readOnlineType } from '../settings/queries.ts';
import { type Allowed, listTimes } from '../times/queries.ts';
import { readSlot, timesBody } from '../times/rules.ts';
import type { Reply, Turn, Turns } from '../turns/routes.ts';
import { bookByPatient } from './commands.ts';
import { countAhead } from './queries.ts';

/** A link that the office gave to book a visit of a type: by the rules of the type, but for who books it. */
async function allowedFor({ tx, proved }: Turn): Promise<Allowed | null> {
  const { link } = proved;
  const type = await readOnlineType(tx.db, link.subjectId);
  if ((await countAhead(tx.db, link.patientId, tx.now)) >= type.mostOpen) return null;
  return {
    ...{ visitTypeId: link.subjectId, patientId: link.patientId, timeZone: link.timeZone, now: tx.now },
    ...{ noticeHours: type.noticeHours, daysAhead: type.daysAhead },
  };
}

const notHere = ({ words }: Turn): Reply => ({
  title: words.waitNotTitle,
  body: html`<p>${words.bookNot}</p>`,
});

async function times(turn: Turn): Promise<Reply> {
  const { tx, words, known, form, failed } = turn;
  const allowed = await allowedFor(turn);
  if (!allowed) return notHere(turn);
  const from = form.get('from');
  const found = await listTimes(tx.db, allowed, from);
  return {
    title: words.timesTitle,
    body: timesBody(words, {
      ...{ path: '/my', known, act: 'book', ...found },
      ...{ wasTaken: failed, needsChoice: !failed && form.get('do') === 'book' },
    }),
    again: { do: 'times', ...(from ? { from } : {}) },
  };
}

async function book(turn: Turn): Promise<Reply> {
  const { tx, proved, words, form } = turn;
  const slot = readSlot(form.get('slot'));
  if (!slot) return times(turn);
  const allowed = await allowedFor(turn);
  if (!allowed) return notHere(turn);
  const visit = await bookByPatient(tx, { patientId: proved.link.patientId, allowed, slot });
  await closeLink(tx, proved.link.linkId, 'used');
  return { title: words.bookedTitle, body: await haveNow(turn, visit.visitId), again: null };
}

export const bookTurns: Turns = {
  look: { run: times },
  times: { run: times },
  book: { run: book, otherwise: 'times' },
};
