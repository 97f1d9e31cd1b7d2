import { localDate } from '../../../platform/calendar/zones.ts';
import type { PersonHolder } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { type Route, route } from '../../../platform/http/route.ts';
import { notFound } from '../../../platform/refusal.ts';
import type { Session } from '../../../platform/session/session.ts';
import { readPatient } from '../queries.ts';
import * as api from './api.ts';
import * as commands from './commands.ts';
import { listLikelyPairs, listLikelySame, listMerges } from './queries.ts';

const today = (tx: Tx, session: Session) => localDate(tx.now.getTime(), session.timeZone);

async function readExisting(tx: Tx, id: string, session: Session) {
  const patient = await readPatient(tx.db, id, today(tx, session));
  if (!patient) throw notFound('person');
  return patient;
}

async function previewHolder(db: Db, holder: PersonHolder, one: string, other: string) {
  const [ofOne, ofOther] = [await holder.preview(db, one, other), await holder.preview(db, other, one)];
  const remarks = [...new Set([...ofOne.remarks, ...ofOther.remarks])];
  return { name: holder.name, words: holder.words, one: ofOne.count, other: ofOther.count, remarks };
}

/** Making two records one, and two again. What other features hold of a person comes in as a list. */
export const mergingRoutes = (holders: readonly PersonHolder[]): readonly Route[] => [
  route(api.listLikelyPairs, 'patients.merge', async (tx, { query, session, hidden }) => {
    const all = await listLikelyPairs(tx.db, { page: query.page, today: today(tx, session) });
    const mayOpen = ({ patientId }: { patientId: string }) => !hidden.has(patientId);
    const found = { ...all, pairs: all.pairs.filter(({ one, other }) => mayOpen(one) && mayOpen(other)) };
    const subjectIds = found.pairs.flatMap((pair) => [pair.one.patientId, pair.other.patientId]);
    if (subjectIds.length > 0)
      tx.audit({
        action: 'patients.likely-same',
        subjectKind: 'patient',
        subjectIds: [...new Set(subjectIds)],
      });
    return found;
  }),
  route(api.listLikelySame, 'patients.merge', async (tx, { params, session }) => {
    const likely = await listLikelySame(tx.db, params.id, today(tx, session));
    if (!likely) throw notFound('person');
    const others = likely.map((offer) => offer.hit.patientId);
    tx.audit({
      action: 'patients.likely-same',
      subjectKind: 'patient',
      subjectIds: [params.id, ...others],
    });
    return { likely };
  }),
  route(api.tellApart, 'patients.merge', async (tx, { body }) => {
    await commands.tellApart(tx, body);
    return {};
  }),
  route(api.untellApart, 'patients.merge', async (tx, { body }) => {
    await commands.untellApart(tx, body);
    return {};
  }),
  route(api.previewMerge, 'patients.merge', async (tx, { params, session }) => {
    const one = await readExisting(tx, params.id, session);
    const other = await readExisting(tx, params.otherId, session);
    const holdings = [];
    for (const holder of holders)
      holdings.push(await previewHolder(tx.db, holder, params.id, params.otherId));
    tx.audit({
      action: 'patients.compared',
      subjectKind: 'patient',
      subjectIds: [params.id, params.otherId],
    });
    return { one, other, holdings };
  }),
  route(api.mergePatients, 'patients.merge', async (tx, { params, body, session }) => {
    const { mergeId } = await commands.mergePatients(tx, holders, params.id, body);
    return { mergeId, patient: await readExisting(tx, params.id, session) };
  }),
  route(api.listMerges, 'patients.merge', async (tx, { query }) => {
    const merges = await listMerges(tx.db, query.patientId);
    const subjectIds = [...new Set(merges.map((merge) => merge.intoId))];
    if (subjectIds.length > 0) tx.audit({ action: 'patients.merges', subjectKind: 'patient', subjectIds });
    return { merges };
  }),
  route(api.takeApart, 'patients.merge', (tx, { params, body }) =>
    commands.takeApart(tx, holders, params.id, body),
  ),
];
