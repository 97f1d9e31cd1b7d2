import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { findVisit } from '../../schedule/visits/queries.ts';
import type { Visit } from '../../schedule/visits/schema.ts';
import { joinWaitlist } from '../../waitlist/commands.ts';
import { html } from '../html/rules.ts';
import { closeLink } from '../links/commands.ts';
import type { Reply, Turn, Turns } from '../turns/routes.ts';
import { visitCard } from '../visits/pages/rules.ts';
import { readVisitFacts } from '../visits/queries.ts';
import { pageVisitOf } from '../visits/rules.ts';
import { readWishes, waitBody } from './rules.ts';

/** The later visit that would be moved forward; undefined: the link is for a visit of a type. */
async function heldOf({ tx, proved }: Turn): Promise<Visit | undefined> {
  const visit = await findVisit(tx.db, proved.link.subjectId);
  return visit?.patientId === proved.link.patientId ? visit : undefined;
}

async function ask(turn: Turn): Promise<Reply> {
  const { tx, proved, words, known, failed } = turn;
  if (failed) return { title: words.waitNotTitle, body: html`<p>${words.offerStuckText}</p>` };
  const held = await heldOf(turn);
  const facts = held && (await readVisitFacts(tx.db, held.visitId, proved.link.patientId));
  const card = facts && visitCard(words, pageVisitOf(facts, words.language, tx.now.getTime()));
  return {
    title: words.waitTitle,
    body: html`${card}<p>${held ? words.waitEarlierText : words.waitText}</p>${waitBody(words, known)}`,
    again: { do: 'ask-wait' },
  };
}

/** They wait from now on, with what suits them; who waits already is told so, kindly. */
async function join(turn: Turn): Promise<Reply> {
  const { tx, proved, words, form } = turn;
  const { link } = proved;
  const held = await heldOf(turn);
  const visitTypeId = held?.visitTypeId ?? link.subjectId;
  if (await waitsAlready(turn, visitTypeId))
    return { title: words.waitAlreadyTitle, body: html`<p>${words.waitDoneText}</p>` };
  const today = localDate(tx.now.getTime(), link.timeZone);
  if (held && localDate(Date.parse(held.startsAt), held.timeZone) <= today)
    throw new Refusal('conflict', 'This visit is today.');
  await joinWaitlist(tx, {
    ...{ patientId: link.patientId, visitTypeId, visitId: held?.visitId ?? null },
    ...(held ? { physicianIds: [held.physicianId] } : {}),
    ...readWishes(form),
  });
  if (link.purpose === 'waitlist') await closeLink(tx, link.linkId, 'used');
  return {
    title: words.waitDoneTitle,
    body: html`<p>${words.waitDoneText}</p>`,
    ...(link.purpose === 'waitlist' ? { again: null } : {}),
  };
}

async function waitsAlready({ tx, proved }: Turn, visitTypeId: string): Promise<boolean> {
  const { rows } = await sql`
    select from waitlist_entries where patient_id = ${proved.link.patientId} and visit_type_id = ${visitTypeId}
      and filled_at is null and withdrawn_at is null and expires_on >= ${localDate(tx.now.getTime(), proved.link.timeZone)}
    limit 1`.execute(tx.db);
  return rows.length > 0;
}

/** On the link of a visit beside its other forms, and alone on a link for the waitlist. */
export const waitTurns: Turns = {
  'ask-wait': { run: ask },
  join: { run: join, otherwise: 'ask-wait' },
};
export const waitlistTurns: Turns = { ...waitTurns, look: { run: ask } };
