import { localDate, timeLabel } from '../../platform/calendar/zones.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import { type Route, route } from '../../platform/http/route.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Session } from '../../platform/session/session.ts';
import { listSites } from '../practice/queries.ts';
import { readDay } from '../schedule/day/queries.ts';
import type { DayVisit } from '../schedule/day/schema.ts';
import { listVisitsById } from '../schedule/visits/queries.ts';
import type { Visit } from '../schedule/visits/schema.ts';
import * as api from './api.ts';
import { drawDaySheets } from './day-sheets/print.ts';
import { closureTexts, daySheets, longDate, printedPatientIds } from './day-sheets/rules.ts';
import { drawLabels } from './labels/print.ts';
import { readPrintedPeople } from './people/queries.ts';
import { addressLines, chartLines, type PrintedPerson, whyNoLabel } from './people/rules.ts';
import type { CardsAsked, DaySheetsAsked, LabelsAsked, Printed } from './schema.ts';
import { drawCards, drawSlips } from './slips/print.ts';
import { cardOf, slipOf, whyNoCard } from './slips/rules.ts';

type Asking = {
  session: Session;
  /** Whose record this session may not open. */
  hidden: ReadonlySet<string>;
};

/** Every print is a read of each person on it, and on record as such. */
function noteRead(
  tx: Tx,
  action: string,
  patientIds: Iterable<string>,
  after: Record<string, unknown>,
): void {
  const subjectIds = [...new Set(patientIds)];
  tx.audit({ action, subjectKind: 'patient', subjectIds, after });
}

function footOf(session: Session, now: Date): string {
  const at = now.getTime();
  const when = `${longDate(localDate(at, session.timeZone))}, ${timeLabel(at, session.timeZone)}`;
  return `${session.practiceName} · printed ${when} by ${session.displayName} · confidential: shred when done`;
}

const answer = (fileName: string, pdf: Buffer, leftOut: string[] = []): Printed => ({
  fileName: `${fileName}.pdf`,
  pdf: pdf.toString('base64'),
  leftOut,
});

type Hidden = ReadonlySet<string>;

/** Of whom the person at the desk may not open, paper says as little as the screen: when, and what kind. */
const unnamed = (visit: DayVisit, hidden: Hidden): DayVisit =>
  hidden.has(visit.patientId)
    ? { ...visit, patient: 'Restricted record', preferred: undefined, reason: undefined, hasNote: undefined }
    : visit;

async function printDaySheets(
  tx: Tx,
  asked: DaySheetsAsked,
  { session, hidden }: { session: Session; hidden: Hidden },
): Promise<Printed> {
  const whole = await readDay(tx.db, { date: asked.date, siteId: asked.siteId, now: tx.now });
  const day = { ...whole, visits: whole.visits.map((visit) => unnamed(visit, hidden)) };
  const { physicianIds } = asked;
  const patientIds = printedPatientIds(day, physicianIds, hidden).filter((id) => !hidden.has(id));
  const people = await readPrintedPeople(tx.db, patientIds);
  const sheets = daySheets({ day, people, physicianIds, hidden });
  noteRead(tx, 'day-sheet.printed', patientIds, { ...asked, sheets: sheets.length });
  const pdf = await drawDaySheets({
    title: `Day sheets of ${longDate(asked.date)}`,
    foot: footOf(session, tx.now),
    madeAt: tx.now,
    sheets,
    empty: ['No visits that day: nobody works.', ...closureTexts(day)].join(' '),
  });
  return answer(`day-sheets-${asked.date}`, pdf);
}

type ShownVisit = { visit: Visit; person: PrintedPerson | undefined };

/** The visits in the order asked, with whom they are of. */
async function readVisits(
  tx: Tx,
  visitIds: readonly string[],
  hidden: ReadonlySet<string>,
): Promise<ShownVisit[]> {
  const found = new Map((await listVisitsById(tx.db, visitIds)).map((one) => [one.visitId, one]));
  const asked = [...new Set(visitIds)].flatMap((id) => found.get(id) ?? []);
  const visits = asked.filter((one) => !hidden.has(one.patientId));
  if (asked.length > 0 && visits.length === 0) {
    throw new Refusal('not-permitted', 'This record is restricted: only those who may open it can print it.');
  }
  if (visits.length === 0) throw notFound('visit');
  const people = await readPrintedPeople(
    tx.db,
    visits.map((one) => one.patientId),
  );
  return visits.map((visit) => ({ visit, person: people.get(visit.patientId) }));
}

async function sitesById(tx: Tx) {
  return new Map((await listSites(tx.db)).map((one) => [one.siteId, one]));
}

async function printSlips(
  tx: Tx,
  visitIds: readonly string[],
  { session, hidden }: Asking,
): Promise<Printed> {
  const sites = await sitesById(tx);
  const shown = (await readVisits(tx, visitIds, hidden)).flatMap(({ visit, person }) =>
    person ? [{ visit, person, site: sites.get(visit.siteId) }] : [],
  );
  if (shown.length === 0) throw notFound('visit');
  const ids = shown.map((one) => one.visit.patientId);
  noteRead(tx, 'routing-slip.printed', ids, { visits: shown.map((one) => one.visit.visitId) });
  const options = { title: 'Routing slips', foot: footOf(session, tx.now), madeAt: tx.now };
  return answer('routing-slips', await drawSlips(shown.map(slipOf), options));
}

async function printCards(
  tx: Tx,
  { visitIds, start }: CardsAsked,
  { session, hidden }: Asking,
): Promise<Printed> {
  const sites = await sitesById(tx);
  const shown = await readVisits(tx, visitIds, hidden);
  const leftOut = shown.flatMap(({ visit, person }) => whyNoCard(visit, person) ?? []);
  const printed = shown.flatMap(({ visit, person }) =>
    person && !whyNoCard(visit, person) ? [{ visit, person, site: sites.get(visit.siteId) }] : [],
  );
  if (printed.length === 0) throw new Refusal('conflict', `${leftOut.join(' ')} There is no card to print.`);
  const ids = printed.map((one) => one.visit.patientId);
  noteRead(tx, 'appointment-card.printed', ids, { visits: printed.map((one) => one.visit.visitId) });
  const cards = printed.map((one) => cardOf(one, session.practiceName));
  const pdf = await drawCards(cards, { title: 'Appointment cards', madeAt: tx.now, start });
  return answer('appointment-cards', pdf, leftOut);
}

async function printLabels(tx: Tx, asked: LabelsAsked): Promise<Printed> {
  const { kind, patientIds, copies, start } = asked;
  const people = await readPrintedPeople(tx.db, patientIds);
  const asking = [...new Set(patientIds)].flatMap((id) => people.get(id) ?? []);
  if (asking.length === 0) throw notFound('person');
  const leftOut = asking.flatMap((one) => whyNoLabel(one, kind) ?? []);
  const printed = asking.filter((one) => whyNoLabel(one, kind) === null);
  if (printed.length === 0) throw new Refusal('conflict', `${leftOut.join(' ')} There is no label to print.`);
  const ids = printed.map((one) => one.patientId);
  noteRead(tx, 'labels.printed', ids, { kind, copies });
  const labels = printed.flatMap((one) => {
    const lines = kind === 'address' ? addressLines(one) : chartLines(one);
    return Array.from({ length: copies }, () => lines);
  });
  const title = kind === 'address' ? 'Address labels' : 'Chart labels';
  return answer(`${kind}-labels`, await drawLabels(labels, { title, madeAt: tx.now, start }), leftOut);
}

export const printRoutes: readonly Route[] = [
  route(api.printDaySheets, 'prints.day-sheets', (tx, { body, session, hidden }) =>
    printDaySheets(tx, body, { session, hidden }),
  ),
  route(api.printSlips, 'prints.slips', (tx, { body, ...asking }) => printSlips(tx, body.visitIds, asking)),
  route(api.printCards, 'prints.cards', (tx, { body, ...asking }) => printCards(tx, body, asking)),
  route(api.printLabels, 'prints.labels', (tx, { body }) => printLabels(tx, body)),
];
