import { sql } from 'kysely';
import { toInstant } from '../../../platform/calendar/zones.ts';
import type { Tx } from '../../../platform/db/transaction.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { bookVisit } from '../../schedule/visits/commands.ts';
import type { BookVisit } from '../../schedule/visits/schema.ts';
import type { ImportWork, Judged, ReadLine } from '../lines/rules.ts';
import { findAlike, findByMrn, findByNumber, findEarlier } from '../people/queries.ts';
import { personKeyOf } from '../people/rules.ts';
import type { Problem } from '../schema.ts';
import { findBooked, listChecked, readWords } from './queries.ts';
import { findClinician, findNamed, type ReadBooking, readBooking } from './rules.ts';

type Asked = { read: ReadLine; asked: ReadBooking };
type Ready = { read: ReadLine; date: string; booking: BookVisit; key: string };

/** Book visits, or only say which could be booked: what was tried in a check is rolled back. */
export async function takeBookings(tx: Tx, work: ImportWork, lines: readonly ReadLine[]): Promise<Judged[]> {
  const { headed, today, options } = work;
  const judged: Judged[] = [];
  const asked: Asked[] = [];
  for (const read of lines) {
    const booking = readBooking(read.cells, { headed, today, dates: options.dates });
    if (Array.isArray(booking)) judged.push({ ...read, outcome: 'fault', problems: booking });
    else asked.push({ read, asked: booking });
  }
  const { ready, faults } = await resolve(tx, work, asked);
  judged.push(...faults);
  const earlier = await findEarlier(tx.db, work.importId, {
    records: [],
    people: ready.map((one) => one.key),
  });
  const booked = await findBooked(
    tx.db,
    ready.map((one) => one.booking),
  );
  const trial = work.dry ? await beginTrial(tx, work, ready) : undefined;
  for (const [index, one] of ready.entries()) {
    const line = earlier.people.get(one.key);
    if (line === undefined) earlier.people.set(one.key, one.read.line);
    const kept = { ...one.read, personKey: one.key };
    const known: Judged | undefined =
      line !== undefined
        ? { ...kept, outcome: 'fault', problems: [{ column: '', what: `is the same visit as line ${line}` }] }
        : booked.has(index)
          ? { ...kept, outcome: 'same' }
          : undefined;
    judged.push(known ?? (await bookOne(trial ?? tx, work, one)));
  }
  if (trial) await sql`rollback to savepoint import_trial`.execute(tx.db);
  return judged;
}

async function bookOne(tx: Tx, work: ImportWork, { read, booking, date, key }: Ready): Promise<Judged> {
  try {
    const { visitId } = await bookVisit(tx, booking);
    const recordId = work.dry ? null : visitId;
    return { ...read, outcome: 'made', personKey: key, recordId, onDate: date, booking };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // What is free instead depends on the moment; a check and the import say the same.
    const what = `is refused: ${error.message.replace(/ (Next free|The next free).*$/, '')}`;
    const column = work.headed(read.cells.time === undefined ? 'dateTime' : 'time');
    return { ...read, outcome: 'fault', problems: [{ column, what }] };
  }
}

/** A trial books as the import would and tells nobody; visits of the same days that it found before come first. */
async function beginTrial(tx: Tx, work: ImportWork, ready: readonly Ready[]): Promise<Tx> {
  await sql`savepoint import_trial`.execute(tx.db);
  const quiet: Tx = { ...tx, audit: () => undefined, emit: () => undefined, touch: () => undefined };
  const dates = [...new Set(ready.map((one) => one.date))];
  for (const booking of await listChecked(tx.db, work.importId, dates)) {
    await bookVisit(quiet, booking).catch((error: unknown) => {
      // Someone at a desk took the place meanwhile.
      if (!(error instanceof Refusal)) throw error;
    });
  }
  return quiet;
}

async function resolve(tx: Tx, work: ImportWork, asked: readonly Asked[]) {
  const words = await readWords(tx.db);
  const byMrn = await findByMrn(
    tx.db,
    asked.map((one) => one.asked.mrn),
  );
  const byNumber = await findByNumber(
    tx.db,
    work.options.source,
    asked.map((one) => one.asked.externalId),
  );
  const alike = await findAlike(
    tx.db,
    asked.map((one) => one.asked),
    work.importId,
  );
  const ready: Ready[] = [];
  const faults: Judged[] = [];
  for (const { read, asked: one } of asked) {
    const problems: Problem[] = [];
    const note = (field: string, what: string) => void problems.push({ column: work.headed(field), what });
    const patientId = one.mrn
      ? (byMrn.get(one.mrn) ?? void note('mrn', 'is the number of nobody here'))
      : one.externalId
        ? (byNumber.get(one.externalId)?.patientId ?? void note('externalId', 'is the number of nobody here'))
        : findByNames(alike, one, read, note);
    const physicianId = findClinician(one.physician, words.clinicians);
    if (!physicianId) note('physician', 'is nobody, or more than one, of the physicians here');
    const type = findNamed(one.visitType, words.visitTypes);
    if (!type) note('visitType', 'is no code or name of a visit type here');
    const site = one.site === '' ? words.sites[0] : findNamed(one.site, words.sites);
    if (!site) note('site', 'is no site here');
    if (problems.length > 0 || !patientId || !physicianId || !type || !site) {
      faults.push({ ...read, outcome: 'fault', problems });
      continue;
    }
    const startsAt = new Date(toInstant(one.date, one.time, site.timeZone)).toISOString();
    const { reason, note: text, minutes, date } = one;
    const place = {
      patientId,
      visitTypeId: type.visitTypeId,
      siteId: site.siteId,
      physicianId,
      resourceIds: [],
    };
    const booking = { ...place, startsAt, reason, note: text, ...(minutes ? { minutes } : {}) };
    ready.push({ read, date, booking, key: `${patientId} ${physicianId} ${startsAt}` });
  }
  return { ready, faults };
}

function findByNames(
  alike: Awaited<ReturnType<typeof findAlike>>,
  one: ReadBooking,
  read: ReadLine,
  note: (field: string, what: string) => void,
): string | undefined {
  const found = alike.get(personKeyOf(one)) ?? [];
  if (found.length === 1) return found[0]?.patientId;
  const field = read.cells.familyName === undefined ? 'fullName' : 'familyName';
  const who = found.length === 0 ? 'those of nobody here' : 'those of more than one person here';
  note(field, `and birth date are ${who}`);
  return undefined;
}
