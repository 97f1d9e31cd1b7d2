/**
 * One table of value parsers for both drivers, so that a row reads the same from either (PARTS.md section 2):
 * int8 and numeric as strings, date as 'YYYY-MM-DD', timestamptz as ISO 8601 in UTC with milliseconds,
 * bytea as Buffer. Keys are PostgreSQL type OIDs.
 */
const asText = (value: string): string => value;

/** '2026-03-14 15:09:26.5+00' → '2026-03-14T15:09:26.500Z' */
function asInstant(value: string): string {
  // Whole seconds of a session in UTC, which most are: no Date in between.
  if (value.length === 22 && value.endsWith('+00'))
    return `${value.slice(0, 10)}T${value.slice(11, 19)}.000Z`;
  return new Date(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')).toISOString();
}

function asBytes(value: string): Buffer {
  return Buffer.from(value.slice(2), 'hex');
}

const int8 = 20;
const bytea = 17;
const date = 1082;
const timestamp = 1114;
const timestamptz = 1184;
const interval = 1186;
const numeric = 1700;

export const embeddedParsers: Record<number, (value: string) => unknown> = {
  [int8]: asText,
  [bytea]: asBytes,
  [date]: asText,
  [timestamp]: asText,
  [timestamptz]: asInstant,
  [interval]: asText,
  [numeric]: asText,
};

const standardForServer = new Set([int8, numeric]);

/** For node-postgres: `types.getTypeParser(oid)`. */
export function serverParser(oid: number, fallback: (value: string) => unknown): (value: string) => unknown {
  if (standardForServer.has(oid)) return asText;
  return embeddedParsers[oid] ?? fallback;
}
