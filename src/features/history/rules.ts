import { dateLabel, isDate } from '../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../platform/calendar/zones.ts';
import type { EncounterStatus, OutsideEncounter, Precision } from './schema.ts';

export type Moment = { at: string; precision: Precision };

const parts = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?$/;

/**
 * A FHIR dateTime, as precise as it is: `2011`, `2011-11`, `2011-11-21`, `2011-11-21T07:00:48+00:00`; null for what
 * is none (also a time without its zone, which FHIR forbids). http://hl7.org/fhir/R4/datatypes.html#dateTime
 */
export function readMoment(text: string): Moment | null {
  const [whole, year, month, day, zone] = parts.exec(text) ?? [];
  if (whole === undefined || !isDate(`${year}-${month ?? '01'}-${day ?? '01'}`)) return null;
  const precision = zone ? 'time' : day ? 'day' : month ? 'month' : 'year';
  const ms = Date.parse(zone ? text : `${year}-${month ?? '01'}-${day ?? '01'}T00:00:00Z`);
  return Number.isNaN(ms) ? null : { at: new Date(ms).toISOString(), precision };
}

/** "2011", "Nov 2011", "Mon, Nov 21, 2011", "Mon, Nov 21, 2011, 2:00 am": no more than is known. */
export function momentLabel({ at, precision }: Moment, timeZone: string): string {
  const date = precision === 'time' ? localDate(Date.parse(at), timeZone) : at.slice(0, 10);
  if (precision === 'year') return date.slice(0, 4);
  if (precision === 'month') return `${monthNames[Number(date.slice(5, 7)) - 1] ?? ''} ${date.slice(0, 4)}`;
  const day = dateLabel(date);
  return precision === 'day' ? day : `${day}, ${timeLabel(Date.parse(at), timeZone)}`;
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** When it was, and until when where it went past its day: a stay. */
export function whenLabel(encounter: OutsideEncounter, timeZone: string): string {
  const { startsAt, startsPrecision, endsAt, endsPrecision } = encounter;
  const starts = { at: startsAt, precision: startsPrecision };
  const from = momentLabel(starts, timeZone);
  if (!endsAt || !endsPrecision) return from;
  const last = dayLabel({ at: endsAt, precision: endsPrecision }, timeZone);
  return last === dayLabel(starts, timeZone) ? from : `${from}, until ${last}`;
}

const dayLabel = (moment: Moment, timeZone: string) =>
  moment.precision === 'time'
    ? dateLabel(localDate(Date.parse(moment.at), timeZone))
    : momentLabel(moment, timeZone);

/** http://terminology.hl7.org/CodeSystem/v3-ActCode, ActEncounterCode */
const classWords: Record<string, string> = {
  AMB: 'Office visit',
  EMER: 'Emergency',
  FLD: 'In the field',
  HH: 'Home visit',
  IMP: 'Hospital stay',
  ACUTE: 'Hospital stay',
  NONAC: 'Hospital stay',
  OBSENC: 'Observation',
  PRENC: 'Before admission',
  SS: 'Day stay',
  VR: 'By phone or video',
};

/** SNOMED CT says in parentheses what sort of concept a term is: "Asthma (disorder)". */
export const plainTerm = (term: string) =>
  term
    .replace(/\s*\((procedure|disorder|finding|situation|regime\/therapy|event|environment)\)\s*$/i, '')
    .trim();

/** What it was, by its type, else by its class; where the class says more than a visit, with it. */
export function kindOf(type: string, classCode: string, classDisplay = ''): string {
  const words = classWords[classCode] ?? plainTerm(classDisplay);
  const kind = plainTerm(type);
  if (kind === '') return (words || 'Visit').slice(0, 200);
  const isPlain = ['', 'AMB'].includes(classCode) || words === '';
  return (isPlain || saysIt(kind, words) ? kind : `${kind} (${words.toLowerCase()})`).slice(0, 200);
}

function saysIt(kind: string, words: string): boolean {
  if (words === 'Hospital stay' && /inpatient|admission|hospital/i.test(kind)) return true;
  return kind.toLowerCase().includes(words.toLowerCase().split(' ')[0] ?? '');
}

/** What is not simply over is said beside it. */
export const statusWords: Record<EncounterStatus, string> = {
  planned: 'planned',
  arrived: 'under way',
  triaged: 'under way',
  'in-progress': 'under way',
  onleave: 'under way',
  finished: '',
  cancelled: 'cancelled',
  'entered-in-error': 'entered in error',
  unknown: '',
};
