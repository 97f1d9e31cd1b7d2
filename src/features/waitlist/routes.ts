import { dayBounds } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { notFound } from '../../platform/refusal.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { readFigures } from './figures/queries.ts';
import * as answers from './offers/commands.ts';
import { readLog } from './offers/log/queries.ts';
import * as openings from './offers/opening/commands.ts';
import * as offers from './offers/queries.ts';
import * as queries from './queries.ts';
import { type Entry, type EntryState, entryStates } from './schema.ts';
import { changeSettings } from './settings/commands.ts';
import { readSettings } from './settings/queries.ts';

/** A list that was shown is one row with its ids, the people's among them. */
function auditEntries(
  tx: Tx,
  action: string,
  entries: readonly Pick<Entry, 'entryId' | 'patientId'>[],
): void {
  if (entries.length === 0) return;
  const subjectIds = [...new Set(entries.flatMap((one) => [one.entryId, one.patientId]))];
  tx.audit({ action, subjectKind: 'waitlist-entry', subjectIds });
}

function statesOf(asked: EntryState | 'open' | 'closed'): readonly EntryState[] {
  const open: readonly EntryState[] = ['waiting', 'offered'];
  if (asked === 'open') return open;
  return asked === 'closed' ? entryStates.filter((one) => !open.includes(one)) : [asked];
}

async function readOpening(tx: Tx, openingId: string) {
  const opening = await offers.findOpening(tx.db, openingId);
  if (!opening) throw notFound('opening');
  const { holdId: _, ...shown } = opening;
  const asked = await offers.listOffersOf(tx.db, openingId);
  const waves = await readLog(tx.db, openingId);
  auditEntries(tx, 'waitlist.opening-opened', [...asked, ...waves.flatMap((one) => one.choices)]);
  return { opening: shown, offers: asked, waves };
}

const reading: readonly Route[] = [
  route(api.listWaitlist, 'waitlist.see', async (tx, { query }) => {
    const { state, ...rest } = query;
    const found = await queries.listEntries(tx.db, tx.now, { ...rest, states: statesOf(state) });
    auditEntries(tx, 'waitlist.listed', found.entries);
    return found;
  }),
  route(api.listOpenings, 'waitlist.see', async (tx, { query }) => ({
    openings: await offers.listOpenings(tx.db, query.limit),
  })),
  route(api.readFigures, 'waitlist.see', (tx, { query, session }) => {
    const from = new Date(dayBounds(query.from, session.timeZone).startMs);
    const to = new Date(dayBounds(query.to, session.timeZone).endMs);
    return readFigures(tx.db, { from, to, now: tx.now });
  }),
  route(api.readWaitlistSettings, 'waitlist.see', async (tx) => ({ settings: await readSettings(tx.db) })),
  route(api.readOpening, 'waitlist.see', (tx, { params }) => readOpening(tx, params.id)),
  route(api.readEntry, 'waitlist.see', async (tx, { params }) => {
    const entry = await queries.findEntry(tx.db, params.id, tx.now);
    if (!entry) throw notFound('waitlist entry');
    auditEntries(tx, 'waitlist.entry-opened', [entry]);
    return { entry };
  }),
  route(api.listPatientWaitlist, 'waitlist.see', async (tx, { params }) => {
    const entries = await queries.listPatientEntries(tx.db, params.id, tx.now);
    tx.audit({ action: 'patient.waitlist-listed', subjectKind: 'patient', subjectIds: [params.id] });
    return { entries };
  }),
];

const writing: readonly Route[] = [
  route(api.joinWaitlist, 'waitlist.keep', async (tx, { body }) => ({
    entry: await commands.joinWaitlist(tx, body),
  })),
  route(api.offerOpening, 'waitlist.keep', async (tx, { body }) => ({
    opening: await openings.offerOpening(tx, body),
  })),
  route(api.stopOpening, 'waitlist.keep', async (tx, { params }) => ({
    opening: await openings.stopOpening(tx, params.id),
  })),
  route(api.changeWaitlistSettings, 'practice.set-up', async (tx, { body }) => ({
    settings: await changeSettings(tx, body),
  })),
  route(api.changeEntry, 'waitlist.keep', async (tx, { params, body }) => ({
    entry: await commands.changeEntry(tx, params.id, body),
  })),
  route(api.withdrawEntry, 'waitlist.keep', async (tx, { params, body }) => ({
    entry: await commands.withdrawEntry(tx, params.id, body),
  })),
  route(api.putBackEntry, 'waitlist.keep', async (tx, { params, body }) => ({
    entry: await commands.putBackEntry(tx, params.id, body.version),
  })),
  // The visit asks for its own permission as well
  route(api.acceptOffer, 'waitlist.keep', (tx, { params }) => answers.acceptOffer(tx, params.id)),
  route(api.declineOffer, 'waitlist.keep', async (tx, { params }) => ({
    offer: await answers.declineOffer(tx, params.id, 'no'),
  })),
  route(api.notReached, 'waitlist.keep', async (tx, { params }) => ({
    offer: await answers.declineOffer(tx, params.id, 'not-reached'),
  })),
  route(api.leaveMessage, 'waitlist.keep', async (tx, { params }) => ({
    offer: await answers.leaveMessage(tx, params.id),
  })),
  route(api.takeBackAnswer, 'waitlist.keep', async (tx, { params }) => ({
    offer: await answers.undoAnswer(tx, params.id),
  })),
  route(api.tellLoser, 'waitlist.keep', async (tx, { params }) => ({
    offer: await answers.tellLoser(tx, params.id),
  })),
];

export const waitlistRoutes: readonly Route[] = [...reading, ...writing];
