import { addDays, addMonthsClamped, isDate } from '../platform/calendar/dates.ts';
import { dayBounds } from '../platform/calendar/zones.ts';
import { FhirProblem } from './outcome.ts';

/** Search parameters as they come: each name with its values, repeated ones in order (all have to hold). */
export type Given = readonly (readonly [name: string, value: string])[];

const wrong = (name: string, message: string) =>
  new FhirProblem(400, 'invalid', message, { expression: `http.${name}` });

const partsOf = (value: string) => value.split(/(?<!\\),/).filter((one) => one.trim() !== '');
const plain = (part: string) => part.replace(/\\([,|$\\])/g, '$1').trim();

/** `a,b\,c` → a and `b,c` (hl7.org/fhir/R4/search.html#escaping): either may hold. */
export const valuesOf = (value: string): string[] => partsOf(value).map(plain);

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isUuid = (text: string) => uuid.test(text);

/** `Patient/<id>`, an absolute address ending so, or the id alone → the id. */
export function idOfReference(reference: string, type: string): string | null {
  const parts = reference.split('/');
  const id = parts.at(-1) ?? '';
  const named = parts.at(-2);
  return (named === undefined || named === type) && isUuid(id) ? id.toLowerCase() : null;
}

/** system null: whichever; `''`: none at all. value `''`: whichever of the system. */
export type Token = { system: string | null; value: string };

/** `system|value`, `system|`, `|value` or `value`, escaped as it came (hl7.org/fhir/R4/search.html#token). */
export function tokenOf(part: string): Token {
  const at = part.search(/(?<!\\)\|/);
  return at < 0
    ? { system: null, value: plain(part) }
    : { system: plain(part.slice(0, at)), value: plain(part.slice(at + 1)) };
}

/** Whether this is what a token asks for. */
export const fitsToken = (token: Token, own: { system?: string | undefined; value?: string | undefined }) =>
  (token.system === null || token.system === (own.system ?? '')) &&
  (token.value === '' ? Boolean(token.system) : token.value === own.value);

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

/** What one type can be searched by. */
export type Searchable = {
  /** Parameters, each with its modifiers. */
  parameters: Readonly<Record<string, readonly string[]>>;
  sorts: readonly string[];
  /** `Appointment:patient` or, where a reference leads to several types, also `Appointment:actor:Patient`. */
  includes: readonly string[];
};

export type Sort = { name: string; descending: boolean };
const summaries = ['true', 'text', 'data', 'count', 'false'] as const;
const totals = ['none', 'estimate', 'accurate'] as const;

/** What every search may carry besides its own parameters. */
export const results = ['_sort', '_count', '_total', '_summary', '_elements', '_include'] as const;
const common = new Set<string>([...results, '_offset', '_cursor', '_format', '_pretty', '_page']);
const unsaid = new Set(['_format', '_pretty', '_page']);
export const mostPerPage = 200;
export const deepest = 5000;

const quoted = (name: string) => (/^[\w.:=-]{1,60}$/.test(name) ? `“${name}”` : 'one of these');

/** What is not known here is refused by whoever wants to be told (Prefer: handling=strict), else left out. */
function unknown(name: string, use: readonly string[]): never {
  throw new FhirProblem(
    400,
    'not-supported',
    `This server does not know ${quoted(name)} here. ${use.length > 0 ? `Use ${use.join(', ')}.` : 'Leave it out.'}`,
    { expression: `http.${name.split('=')[0]?.slice(0, 60)}` },
  );
}

export class Search {
  readonly count: number;
  readonly offset: number;
  readonly sorts: readonly Sort[];
  readonly includes: readonly string[];
  readonly summary: (typeof summaries)[number] | null;
  /** The elements to show; null: all. */
  readonly elements: readonly string[] | null;
  readonly total: (typeof totals)[number] | null;
  /** What was understood, for the self link. */
  readonly used: Given;
  private readonly given: Given;

  /** @param strict refuse what is not known; else it is left out, and the self link says so */
  constructor(given: Given, searchable: Searchable, strict: boolean) {
    this.given = given.flatMap(([name, value]): Given => understood([name, value], searchable, strict));
    this.used = this.given.filter(([name]) => !unsaid.has(name));
    this.summary = this.choice('_summary', summaries);
    this.total = this.choice('_total', totals);
    this.elements = this.any('_elements');
    this.sorts = (this.any('_sort') ?? []).map(sortOf);
    this.includes = this.all('_include');
    // _count=0 asks for the number alone (hl7.org/fhir/R4/search.html#count).
    this.count = this.summary === 'count' ? 0 : Math.min(this.whole('_count', 50), mostPerPage);
    this.offset = this.whole('_offset', 0);
    if (this.offset > deepest)
      throw new FhirProblem(400, 'too-costly', `Follow the next links: _offset ends after ${deepest}.`);
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
    return this.parts(name)?.map(plain) ?? null;
  }

  /** Tokens of which one has to hold. */
  tokens(name: string): Token[] | null {
    return this.parts(name)?.map(tokenOf) ?? null;
  }

  /** `name:missing=true`: those without it; null: not asked for. */
  missing(name: string): boolean | null {
    const said = this.choice(`${name}:missing`, ['true', 'false']);
    return said === null ? null : said === 'true';
  }

  range(name: string, timeZone: string): Range {
    return narrow(this.all(name).map((value) => rangeOf(name, value, timeZone)));
  }

  private parts(name: string): string[] | null {
    const values = this.all(name);
    if (values.length === 0) return null;
    if (values.length > 1) throw wrong(name, `Give ${name} once, its values with commas between.`);
    const parts = partsOf(values[0] ?? '');
    if (parts.length > 100) throw wrong(name, `At most 100 values of ${name}.`);
    return parts;
  }

  private choice<T extends string>(name: string, choices: readonly T[]): T | null {
    const said = this.one(name);
    const found = choices.find((one) => one === said);
    if (said === null || found) return found ?? null;
    throw wrong(name, `Give ${name} as one of ${choices.join(', ')}.`);
  }

  private whole(name: string, otherwise: number): number {
    const [text] = this.all(name);
    if (text === undefined) return otherwise;
    if (!/^\d{1,9}$/.test(text)) throw wrong(name, `Give ${name} as a whole number.`);
    return Number(text);
  }
}

const sortOf = (text: string): Sort => ({ name: text.replace(/^-/, ''), descending: text.startsWith('-') });

/** A parameter as far as it is understood: none, itself, or with the values that are. */
function understood([name, value]: Given[number], searchable: Searchable, strict: boolean): Given {
  const { parameters, sorts, includes } = searchable;
  const [bare = '', modifier] = name.split(':');
  const modifiers = Object.hasOwn(parameters, bare) ? parameters[bare] : undefined;
  if (modifiers && modifier !== undefined && !modifiers.includes(modifier)) {
    // Always refused: hl7.org/fhir/R4/search.html#modifiers.
    const takes = modifiers.length > 0 ? `only ${modifiers.map((one) => `:${one}`).join(', ')}` : 'none';
    throw wrong(bare, `Of modifiers, ${bare} takes ${takes} here. Change what follows the colon.`);
  }
  if (!modifiers && !common.has(name)) {
    return strict ? unknown(name, [...Object.keys(parameters), ...results]) : [];
  }
  if (name === '_include') {
    if (includes.includes(value)) return [[name, value]];
    return strict ? unknown(`_include=${value}`, includes) : [];
  }
  if (name !== '_sort') return [[name, value]];
  const asked = valuesOf(value);
  const known = asked.filter((one) => sorts.includes(sortOf(one).name));
  if (strict && known.length < asked.length) return unknown('_sort', sorts);
  return known.length > 0 ? [[name, known.join(',')]] : [];
}

/** `name=value&…` as a client may repeat it. */
export function asQuery(given: Given): string {
  return given.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}
