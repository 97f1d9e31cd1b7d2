import { sql } from 'kysely';
import { localDate } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import type { ImportKind } from '../schema.ts';

const perStep = 500;

/** Take back the next of what an import made and nobody touched since. @returns whether there is more */
export async function takeBack(tx: Tx, importId: string, kind: ImportKind): Promise<boolean> {
  const gone = await takersBack[kind](tx, importId);
  const removed = gone.filter(Boolean).length;
  const ended = gone.length < perStep;
  if (ended) await finish(tx, importId, kind);
  await sql`
    update imports set removed = removed + ${removed}, kept = kept + ${gone.length - removed}, version = version + 1,
      state = case when ${ended} then 'undone' else state end where import_id = ${importId}`.execute(tx.db);
  tx.touch('imports', importId);
  return !ended;
}

/** Of the lines, only those stay whose record stays. */
async function finish(tx: Tx, importId: string, kind: ImportKind): Promise<void> {
  if (kind === 'patients') await sql`select frontdesk.forget_unborne_words()`.execute(tx.db);
  await sql`delete from import_rows where import_id = ${importId} and outcome <> 'kept'`.execute(tx.db);
  tx.audit({ action: 'import.undone', subjectKind: 'import', subjectIds: [importId] });
}

async function takeBackPatients(tx: Tx, importId: string): Promise<boolean[]> {
  const { rows } = await sql<{ patient: string; number: string; gone: boolean }>`
    select patient, number, gone from frontdesk.take_back_patients(${importId}, ${perStep})`.execute(tx.db);
  for (const { patient, number, gone } of rows) {
    if (!gone) continue;
    const before = { mrn: number };
    tx.audit({ action: 'patient.taken-back', subjectKind: 'patient', subjectIds: [patient], before });
    tx.touch('patients', patient);
  }
  return rows.map((row) => row.gone);
}

async function takeBackVisits(tx: Tx, importId: string): Promise<boolean[]> {
  type Taken = { visit: string; number: string; gone: boolean; begins: string; zone: string };
  const { rows } = await sql<Taken>`
    select visit, number, gone, begins, zone from frontdesk.take_back_visits(${importId}, ${perStep})`.execute(
    tx.db,
  );
  for (const { visit, number, gone, begins, zone } of rows) {
    if (!gone) continue;
    const before = { mrn: number, startsAt: begins };
    tx.audit({ action: 'visit.taken-back', subjectKind: 'visit', subjectIds: [visit], before });
    tx.touch('visits', localDate(Date.parse(begins), zone), visit);
  }
  return rows.map((row) => row.gone);
}

async function takeBackContacts(tx: Tx, importId: string): Promise<boolean[]> {
  const { rows } = await sql<{ contact: string; gone: boolean }>`
    select contact, gone from frontdesk.take_back_contacts(${importId}, ${perStep})`.execute(tx.db);
  for (const { contact, gone } of rows) {
    if (!gone) continue;
    tx.audit({ action: 'contact.taken-back', subjectKind: 'contact', subjectIds: [contact] });
    tx.touch('contacts', contact);
  }
  return rows.map((row) => row.gone);
}

const takersBack = { patients: takeBackPatients, visits: takeBackVisits, contacts: takeBackContacts };
