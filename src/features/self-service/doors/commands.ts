import { timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { dbOver } from '../../../platform/db/database.ts';
import {
  type Actor,
  inTransaction,
  type Store,
  signText,
  type Tx,
  theOffice,
  withLink,
} from '../../../platform/db/transaction.ts';
import type { PublicOffice, PublicRequest } from '../../../platform/http/public-endpoint.ts';
import { refuseGuesser } from '../../../platform/session/guesses.ts';
import { hashToken } from '../../../platform/session/session.ts';
import { closeLink, signingFor } from '../links/commands.ts';
import { findLinkDoor, findLiveLink, type LinkDoor, type LiveLink } from '../links/queries.ts';
import { mostMisses, readToken, signatureOf } from '../links/rules.ts';
import { birthDateOf, passMinutes, passText, readPass } from './rules.ts';

/** What patients may do, whatever else is asked: what the schedule refuses at the desk it refuses them too. */
const patientMay = new Set(['visits.book', 'visits.move', 'visits.confirm', 'visits.cancel']);

export function patientActor(patientId: string): Actor {
  return { accountId: null, staffId: null, patientId, may: (permission) => patientMay.has(permission) };
}

const passFor = 'patient-pass';

function makePass(store: Store, linkId: string): string {
  const untilSeconds = Math.floor(store.clock.now().getTime() / 1000) + passMinutes * 60;
  return `${untilSeconds}.${signText(store.auditKey, passFor, passText(linkId, untilSeconds)).toString('base64url')}`;
}

function holdsPass(store: Store, linkId: string, pass: string): boolean {
  const read = readPass(pass);
  if (!read || read.untilSeconds * 1000 < store.clock.now().getTime()) return false;
  const mac = signText(store.auditKey, passFor, passText(linkId, read.untilSeconds));
  return same(mac.toString('base64url'), read.mac);
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Whoever knocks with what no office made, or too often, is counted as a guesser. */
async function findDoor(office: PublicOffice, request: PublicRequest, token: string) {
  const { store } = office;
  const guesses = await refuseGuesser(store, 'patient-link', request.address);
  const read = readToken(token);
  const expected = signatureOf(signText(store.auditKey, signingFor, read?.signed ?? ''));
  const isSigned = read !== undefined && same(expected, read.signature);
  // A token with a wrong signature is looked for all the same, as one that never was.
  const hash = hashToken(isSigned ? token : '');
  const door = await withLink(store.source, (link) => findLinkDoor(dbOver(link, store.count), hash));
  // The demo is for this machine alone, its links as well as its desks.
  const isOpen = door !== undefined && (door.practiceKind !== 'demo' || request.isOnThisMachine);
  return { door: isOpen ? door : undefined, noteGuess: () => noteGuess(office, request, guesses) };
}

/** In the log for who runs the machine: one who guesses on is known again by `from`, which is not the address. */
async function noteGuess(office: PublicOffice, request: PublicRequest, guesses: { note(): Promise<void> }) {
  const from = signText(office.store.auditKey, 'guesser', request.address).toString('hex').slice(0, 12);
  office.log.warn({ requestId: request.requestId, from }, 'a link or a birth date was guessed');
  await guesses.note();
}

export type Proved = {
  link: LiveLink;
  /** Carried by the next form. */
  pass: string;
  /** They proved themself just now. */
  isFirst: boolean;
};

export type Knock<T> =
  /** Whatever is wrong with a link, the answer is the same. */
  | { kind: 'sorry' }
  /** The link works; whose it is was not proved, or not rightly. */
  | { kind: 'ask'; link: LiveLink; wasWrong: boolean }
  | { kind: 'done'; result: T };

/** A link that is only looked at: nothing of the person, and nothing is written. */
export async function lookAtDoor(office: PublicOffice, request: PublicRequest): Promise<Knock<never>> {
  const token = request.query.get('k') ?? '';
  const { door, noteGuess } = await findDoor(office, request, token);
  const link = door && (await inTransaction(office.store, reading(door, request), (tx) => live(tx, door)));
  if (!link) {
    await noteGuess();
    return { kind: 'sorry' };
  }
  return { kind: 'ask', link, wasWrong: false };
}

const reading = (door: LinkDoor, request: PublicRequest) => ({
  practiceId: door.practiceId,
  actor: theOffice,
  requestId: request.requestId,
  readOnly: true,
});
const live = (tx: Tx, door: LinkDoor) => findLiveLink(tx.db, door.linkId, tx.now);

/**
 * Someone sends a form of a link: they prove themself by the birth date or carry a pass of a moment ago, and `work` is
 * done as their own act, in the same transaction. The link is locked: two at once come one after the other.
 */
export async function knock<T>(
  office: PublicOffice,
  request: PublicRequest,
  work: (tx: Tx, proved: Proved) => Promise<T>,
): Promise<Knock<T>> {
  const { store } = office;
  const { door, noteGuess } = await findDoor(office, request, request.form.get('k') ?? '');
  if (!door) {
    await noteGuess();
    return { kind: 'sorry' };
  }
  const opening = { practiceId: door.practiceId, actor: theOffice, requestId: request.requestId };
  const knocked = await inTransaction(store, opening, async (tx): Promise<Knock<T>> => {
    const link = await findLiveLink(tx.db, door.linkId, tx.now, true);
    if (!link) return { kind: 'sorry' };
    const hasPass = holdsPass(store, link.linkId, request.form.get('pass') ?? '');
    // A pass that has run out is no guess: the birth date is asked again.
    if (!hasPass && !request.form.has('year')) return { kind: 'ask', link, wasWrong: false };
    if (!hasPass && birthDateOf(request.form) !== link.bornOn) return missed(tx, link);
    tx.actor = patientActor(link.patientId);
    if (!hasPass) await opened(tx, link);
    const proved = { link, pass: makePass(store, link.linkId), isFirst: !hasPass };
    return { kind: 'done', result: await work(tx, proved) };
  });
  if (knocked.kind === 'sorry' || (knocked.kind === 'ask' && knocked.wasWrong)) await noteGuess();
  return knocked;
}

async function missed(tx: Tx, link: LiveLink): Promise<Knock<never>> {
  const misses = link.misses + 1;
  await sql`update patient_links set misses = ${misses} where link_id = ${link.linkId}`.execute(tx.db);
  tx.audit({
    action: 'link.missed',
    subjectKind: 'patient-link',
    subjectIds: [link.linkId, link.patientId],
    after: { misses },
  });
  if (misses < mostMisses) return { kind: 'ask', link, wasWrong: true };
  await closeLink(tx, link.linkId, 'guessed');
  tx.audit({
    action: 'link.shut',
    subjectKind: 'patient-link',
    subjectIds: [link.linkId, link.patientId],
    reason: 'Too many wrong birth dates',
  });
  tx.touch('online', link.linkId, link.patientId);
  return { kind: 'sorry' };
}

async function opened(tx: Tx, link: LiveLink): Promise<void> {
  await sql`
    update patient_links set opened_at = coalesce(opened_at, ${tx.now})
    where link_id = ${link.linkId}`.execute(tx.db);
  tx.audit({
    action: 'link.opened',
    subjectKind: 'patient-link',
    subjectIds: [link.linkId, link.patientId, link.subjectId],
    after: { purpose: link.purpose },
  });
}
