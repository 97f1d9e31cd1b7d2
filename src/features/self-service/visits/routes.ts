import { writeCalendar } from '../../../ical/write.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { uidOf } from '../../schedule/feeds/rules.ts';
import { noticeFor } from '../../schedule/notice/commands.ts';
import { readNoticeHours } from '../../schedule/notice/queries.ts';
import { type Html, html } from '../html/rules.ts';
import { makeLink } from '../links/commands.ts';
import { readOnlineType } from '../settings/queries.ts';
import { type Allowed, listTimes } from '../times/queries.ts';
import { readSlot, timesBody } from '../times/rules.ts';
import type { Reply, Turn, Turns } from '../turns/routes.ts';
import { timeWords } from '../words/rules.ts';
import { cancelByLink, confirmByLink, moveByLink } from './commands.ts';
import { cancelBody, cancelledBody, holdsBody, visitBody, visitCard } from './pages/rules.ts';
import { listOthersThatDay, readVisitFacts } from './queries.ts';
import { pageVisitOf, standingOf, whyOf } from './rules.ts';
import type { ShownFacts } from './schema.ts';

async function factsOf({ tx, proved }: Turn): Promise<ShownFacts> {
  const facts = await readVisitFacts(tx.db, proved.link.subjectId, proved.link.patientId);
  if (!facts) throw new Refusal('not-found', 'This visit is not there.');
  return facts;
}

const shown = ({ words, tx }: Turn, facts: ShownFacts) =>
  pageVisitOf(facts, words.language, tx.now.getTime());

async function look(turn: Turn): Promise<Reply> {
  const facts = await factsOf(turn);
  const body = visitBody(turn.words, shown(turn, facts), turn.known);
  return { title: turn.words.visitTitle, body: html`${body}${await othersThatDay(turn, facts)}` };
}

/** As it is now, after the patient changed it. */
async function holds(turn: Turn, title: string): Promise<Reply> {
  const facts = await factsOf(turn);
  const body = holdsBody(turn.words, shown(turn, facts), turn.known);
  return { title, body: html`${body}${await othersThatDay(turn, facts)}` };
}

/** A reminder tells of all visits of a day and leads to the first: each has a link of its own, else it is forgotten. */
async function othersThatDay({ tx, words }: Turn, { visit }: ShownFacts): Promise<Html> {
  const others = await listOthersThatDay(tx.db, visit, tx.now);
  if (others.length === 0) return html``;
  const shown: Html[] = [];
  for (const { visitId, startsAt, timeZone, physicianName } of others) {
    const wanted = { purpose: 'visit', subjectId: visitId, patientId: visit.patientId } as const;
    const link = await makeLink(tx, { ...wanted, expiresAt: new Date(startsAt) });
    const when = timeWords(startsAt, timeZone, words.language);
    shown.push(
      html`<p>${when} ${words.with} ${physicianName}${link && html`: <a href="${link}">${words.openOther}</a>`}</p>`,
    );
  }
  return html`<h2>${words.othersThatDay}</h2>${shown}`;
}

async function confirm(turn: Turn): Promise<Reply> {
  const { visit } = await factsOf(turn);
  if (standingOf(visit, turn.tx.now.getTime()) !== 'open') return look(turn);
  await confirmByLink(turn.tx, visit);
  return holds(turn, turn.words.confirmedTitle);
}

async function askCancel(turn: Turn): Promise<Reply> {
  const facts = await factsOf(turn);
  const visit = shown(turn, facts);
  if (visit.standing !== 'open') return look(turn);
  const { late } = await noticeFor(turn.tx, facts.visit, 'patient');
  const lateHours = late ? await readNoticeHours(turn.tx.db, facts.visit.visitTypeId) : null;
  const needsChoice = turn.form.get('do') === 'cancel';
  return {
    title: turn.words.cancelTitle,
    body: cancelBody(turn.words, visit, turn.known, { lateHours, needsChoice }),
    again: { do: 'ask-cancel' },
  };
}

async function cancel(turn: Turn): Promise<Reply> {
  const facts = await factsOf(turn);
  if (shown(turn, facts).standing !== 'open') return look(turn);
  const why = whyOf(turn.form.get('why'));
  if (!why) return askCancel(turn);
  const text = (turn.form.get('text') ?? '').replace(/\s+/g, ' ').trim().slice(0, 200);
  await cancelByLink(turn.tx, turn.proved.link, { visit: facts.visit, why, text });
  const visit = shown(turn, facts);
  const body = html`${cancelledBody(turn.words, visit)}${await othersThatDay(turn, facts)}`;
  return { title: turn.words.cancelledTitle, body, again: null };
}

async function allowedFor({ tx, proved }: Turn, { visit, mayMove }: ShownFacts): Promise<Allowed> {
  if (!mayMove || visit.sessionId !== null)
    throw new Refusal('conflict', 'This visit is moved by the office.');
  const { noticeHours, daysAhead } = await readOnlineType(tx.db, visit.visitTypeId);
  return {
    ...{ visitTypeId: visit.visitTypeId, patientId: proved.link.patientId, ignoreVisitId: visit.visitId },
    ...{ minutes: visit.minutes, physicianIds: [visit.physicianId] },
    ...{ noticeHours, daysAhead, timeZone: visit.timeZone, now: tx.now },
  };
}

async function times(turn: Turn): Promise<Reply> {
  const { tx, words, known, form } = turn;
  const facts = await factsOf(turn);
  const visit = shown(turn, facts);
  if (visit.standing !== 'open' || !visit.mayMove) return look(turn);
  const from = form.get('from');
  const found = await listTimes(tx.db, await allowedFor(turn, facts), from);
  // The time that it has is no other time
  const others = found.times.filter((one) => Date.parse(one.startsAt) !== Date.parse(visit.startsAt));
  const body = timesBody(words, {
    ...{ path: '/my', known, act: 'move', times: others, laterFrom: found.laterFrom },
    ...{ wasTaken: turn.failed, needsChoice: !turn.failed && form.get('do') === 'move' },
  });
  return {
    title: words.timesTitle,
    body: html`<h2>${words.now}</h2>${visitCard(words, visit)}${body}`,
    again: { do: 'times', ...(from ? { from } : {}) },
  };
}

async function move(turn: Turn): Promise<Reply> {
  const { tx, proved, words, form } = turn;
  const facts = await factsOf(turn);
  if (standingOf(facts.visit, tx.now.getTime()) !== 'open') return look(turn);
  const slot = readSlot(form.get('slot'));
  if (!slot) return times(turn);
  await moveByLink(tx, proved.link, { visit: facts.visit, slot, allowed: await allowedFor(turn, facts) });
  return holds(turn, words.movedTitle);
}

/** Practice, time and place: nothing of what it is for, since calendars are synced and shown. */
async function calendar(turn: Turn): Promise<Reply> {
  const { tx, proved } = turn;
  const { visit, siteAddress } = await factsOf(turn);
  // The office may have called it off while the page was open
  if (standingOf(visit, tx.now.getTime()) !== 'open') return look(turn);
  const name = proved.link.practiceName;
  const event = {
    uid: uidOf(visit.visitId),
    sequence: visit.version - 1,
    startsAt: new Date(visit.startsAt),
    endsAt: new Date(visit.endsAt),
    changedAt: tx.now,
    summary: name,
    location: [visit.siteName, siteAddress].filter(Boolean).join(', '),
  };
  return {
    calendar: writeCalendar({ name, timeZone: visit.timeZone, everyMinutes: 1440, events: [event] }),
  };
}

export const visitTurns: Turns = {
  look: { run: look },
  confirm: { run: confirm },
  'ask-cancel': { run: askCancel },
  cancel: { run: cancel },
  times: { run: times },
  move: { run: move, otherwise: 'times' },
  calendar: { run: calendar },
};
