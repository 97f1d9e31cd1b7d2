import { usStateCode } from '../schema.ts';

export type ZipPlace = { zip: string; city: string; state: string };

/** The cells of one CSV line (RFC 4180: cells may be quoted, a quote inside is doubled). */
function cellsOf(line: string): string[] {
  const cells = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...cells].map(([, quoted, plain]) => (quoted?.replaceAll('""', '"') ?? plain ?? '').trim());
}

/**
 * A table of ZIP codes as CSV with a heading line that names a zip, a city and a state column, in any order.
 * @returns null when the heading does not; lines that hold no ZIP, city and US state are left out
 */
export function readZipTable(csv: string): ZipPlace[] | null {
  const [heading = '', ...lines] = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const names = cellsOf(heading).map((name) => name.toLowerCase());
  const column = (...wanted: string[]) =>
    wanted
      .map((name) => names.findIndex((one) => one === name || one.startsWith(name)))
      .find((at) => at >= 0);
  const [zipAt, cityAt, stateAt] = [
    column('zip', 'postal'),
    column('primary_city', 'usps_city', 'city', 'place'),
    column('state_id', 'state_code', 'state'),
  ];
  if (zipAt === undefined || cityAt === undefined || stateAt === undefined) return null;
  return lines.flatMap((line) => {
    const cells = cellsOf(line);
    const zip = (cells[zipAt] ?? '').padStart(5, '0').slice(0, 5);
    const city = (cells[cityAt] ?? '').slice(0, 80);
    const state = usStateCode(cells[stateAt] ?? '');
    return /^\d{5}$/.test(zip) && zip !== '00000' && city !== '' && state ? [{ zip, city, state }] : [];
  });
}
