import { addDays, addMonthsClamped, isDate } from '../platform/calendar/dates.ts';
import { dayBounds } from '../platform/calendar/zones.ts';
import { FhirProblem } from './outcome.ts';

/** Search parameters as they come: each name with its values, repeated ones in order (all have to hold). */
export type Given = readonly (readonly [name: string, value: string])[];

const wrong = (name: string, message: string) =>
  new FhirProblem(400, 'invalid', message, { expression: `http.${name}` });

/** `a,b\,c` → a and `b,c` (hl7.org/fhir/R4/search.html#escaping): either may hold. */
export function valuesOf(value: string): string[] {
  return value
    .split(/(?<!\\),/)
    .map((one) => one.replace(/\\([,|$\\])/g, '$1').trim())
    .filter((one) => one !== '');
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isUuid = (text: string) => uuid.test(text);

/** `Patient/<id>`, an absolute address ending so, or the id alone → the id. */
export function idOfReference(reference: string, type: string): string | null {
  const parts = reference.split('/');
  const id = parts.at(-1) ?? '';
  const named = parts.at(-2);
  return (named === undefined || named === type) && isUuid(id) ? id.toLowerCase() : null;
}

/** `system|value`, `|value` or `value`. */
export function tokenOf(value: string): { system: string | null; value: string } {
  const at = value.indexOf('|');
  return at < 0
    ? { system: null, value }
    : { system: value.slice(0, at) || null, value: value.slice(at + 1) };
}

/** From `fromMs` until before `toMs`; null: without end. */
export type Range = { fromMs: number | null; toMs: number | null };

const instantPattern =
  /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/** The stretch that a FHIR date or dateTime means; one without an offset is read in the office's zone. */
export function stretchOf(text: string, timeZone: string): { fromMs: number; toMs: number } | null {
  const whole = text.length === 4 ? `${text}-01-01` : text.length === 7 ? `${text}-01` : text;
  if (isDate(whole)) {
    if (whole < '0100-01-01') return null;
    const months = text.length === 4 ? 12 : text.length === 7 ? 1 : 0;
    const last = months > 0 ? addMonthsClamped(whole, months) : addDays(whole, 1);
    return { fromMs: dayBounds(whole, timeZone).startMs, toMs: dayBounds(last, timeZone).startMs };
  }
  // A plus that was not escaped in an address arrives as a blank.
  const instant = text.replace(/ (\d\d:\d\d)$/, '+$1');
  const [, date = ''] = instantPattern.exec(instant) ?? [];
  if (!isDate(date)) return null;
  const fromMs = Date.parse(instant);
  const seconds = /T\d\d:\d\d:\d\d/.test(instant) ? 1000 : 60_000;
  return Number.isNaN(fromMs) ? null : { fromMs, toMs: fromMs + seconds };
}

/** A date parameter with its prefix (hl7.org/fhir/R4/search.html#date), over values that are instants. */
export function rangeOf(name: string, value: string, timeZone: string): Range {
  const [, prefix = '', text = ''] = /^(eq|ge|le|gt|lt|[a-z]{2})?(.*)$/s.exec(value) ?? [];
  const stretch = stretchOf(text, timeZone);
  if (!stretch)
    throw wrong(name, `Give ${name} as a date, e.g. ge2026-03-04 or lt2026-03-04T10:30:00-05:00.`);
  const { fromMs, toMs } = stretch;
  switch (prefix) {
    case '':
    case 'eq':
      return { fromMs, toMs };
    case 'ge':
      return { fromMs, toMs: null };
    case 'gt':
      return { fromMs: toMs, toMs: null };
    case 'le':
      return { fromMs: null, toMs };
    case 'lt':
      return { fromMs: null, toMs: fromMs };
    default:
      throw wrong(name, `Begin ${name} with eq, ge, le, gt or lt.`);
  }
}

/** All ranges have to hold. */
export function narrow(ranges: readonly Range[]): Range {
  const froms = ranges.flatMap((one) => one.fromMs ?? []);
  const tos = ranges.flatMap((one) => one.toMs ?? []);
  return {
    fromMs: froms.length > 0 ? Math.max(...froms) : null,
    toMs: tos.length > 0 ? Math.min(...tos) : null,
  };
}

/** What every search may carry besides its own parameters. */
const common = new Set(['_count', '_offset', '_format', '_pretty', '_total', '_page']);
export const mostPerPage = 200;
export const deepest = 5000;

export class Search {
  readonly count: number;
  readonly offset: number;
  /** What was understood, for the self link. */
  readonly used: Given;
  private readonly given: Given;

  /**
   * @param known the parameters of this resource type
   * @param strict refuse what is not known (Prefer: handling=strict); else it is left out, and the self link says so
   */
  constructor(given: Given, known: readonly string[], strict: boolean) {
    const isKnown = (name: string) => known.includes(name) || common.has(name);
    for (const [name] of given) {
      const [plain = '', modifier] = name.split(':');
      if (modifier !== undefined && known.includes(plain))
        throw wrong(
          plain,
          `The parameter ${plain} takes no modifier here. Leave out what follows the colon.`,
        );
      if (strict && !isKnown(name))
        throw new FhirProblem(
          400,
          'not-supported',
          `Not a search parameter here. Use ${known.join(', ')}, _count or _offset.`,
        );
    }
    this.given = given.filter(([name]) => isKnown(name));
    this.used = this.given.filter(([name]) => !['_format', '_pretty', '_page'].includes(name));
    this.count = Math.min(this.whole('_count', 50), mostPerPage);
    this.offset = this.whole('_offset', 0);
    if (this.offset > deepest)
      throw new FhirProblem(400, 'too-costly', `Search more narrowly: paging ends after ${deepest}.`);
  }

  all(name: string): string[] {
    return this.given.filter(([key]) => key === name).map(([, value]) => value);
  }

  /** The one value of a parameter that takes no list. */
  one(name: string): string | null {
    const values = this.all(name);
    if (values.length === 0) return null;
    const parts = valuesOf(values[0] ?? '');
    if (values.length > 1 || parts.length !== 1) throw wrong(name, `Give one ${name}.`);
    if ((parts[0] ?? '').length > 200) throw wrong(name, `This ${name} is too long.`);
    return parts[0] ?? null;
  }

  /** Values of which one has to hold; null: not asked for. */
  any(name: string): string[] | null {
    const values = this.all(name);
    if (values.length === 0) return null;
    if (values.length > 1) throw wrong(name, `Give ${name} once, its values with commas between.`);
    const parts = valuesOf(values[0] ?? '');
    if (parts.length > 100) throw wrong(name, `At most 100 values of ${name}.`);
    return parts;
  }

  range(name: string, timeZone: string): Range {
    return narrow(this.all(name).map((value) => rangeOf(name, value, timeZone)));
  }

  private whole(name: string, otherwise: number): number {
    const [text] = this.all(name);
    if (text === undefined) return otherwise;
    if (!/^\d{1,9}$/.test(text)) throw wrong(name, `Give ${name} as a whole number.`);
    return Number(text);
  }
}

/** `name=value&…` as a client may repeat it. */
export function asQuery(given: Given): string {
  return given.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}
