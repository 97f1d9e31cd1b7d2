import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { PatientHit } from '../api.ts';
import { asHit, type HitRow, hitColumns } from '../queries.ts';
import { cutsOf } from '../rules.ts';
import { knowsPerson, type Mended, mendReading, type Reading, rankCandidate, readSearch } from './rules.ts';

export type Search = {
  text: string;
  limit: number;
  today: string;
  /** Whom the asking person may not open: found only by who knows name and birth date already. */
  hidden?: ReadonlySet<string>;
};

const none: ReadonlySet<string> = new Set();
/** So many more are looked for in place of those left out. */
const mostHidden = 40;

/** Below so many, misspelled words are looked for too. */
const fewHits = 5;

/**
 * People by any scrap, best first: one statement; two more when few are found, to mend misspelled words.
 */
export async function searchPatients(db: Db, search: Search): Promise<PatientHit[]> {
  const { hidden = none, limit } = search;
  if (hidden.size === 0) return findPeople(db, search);
  const found = await findPeople(db, { ...search, limit: limit + Math.min(mostHidden, hidden.size) });
  const readings = readSearch(search.text, search.today);
  return found.filter((hit) => !hidden.has(hit.patientId) || knowsPerson(readings, hit)).slice(0, limit);
}

async function findPeople(db: Db, { text, limit, today }: Search): Promise<PatientHit[]> {
  const readings = readSearch(text, today);
  if (readings.length === 0) return [];
  const exact = await rank(
    db,
    readings.map((reading) => ({ reading, cost: 0 })),
    limit,
  );
  const known = new Set(exact.map((one) => one.row.patientId));
  const mended =
    exact.length < Math.min(fewHits, limit)
      ? (await searchMended(db, readings, limit)).filter((one) => !known.has(one.row.patientId))
      : [];
  return [...exact, ...mended].slice(0, limit).map(({ row, matched }) => asHit(row, today, matched));
}

type Wanted = { reading: Reading; cost: number };
type Ranked = { row: HitRow; points: number; matched: string[] };

async function rank(db: Db, wanted: readonly Wanted[], limit: number): Promise<Ranked[]> {
  const rows = await listCandidates(db, wanted, limit);
  const ranked = rows.flatMap((row) => bestOf(row, wanted));
  return ranked
    .sort((one, other) => other.points - one.points || compareNames(one.row, other.row))
    .slice(0, limit);
}

function bestOf(row: HitRow, wanted: readonly Wanted[]): Ranked[] {
  let best: Ranked | undefined;
  for (const { reading, cost } of wanted) {
    const met = rankCandidate(reading, row);
    if (!met || met.points - cost <= (best?.points ?? Number.NEGATIVE_INFINITY)) continue;
    best = {
      row,
      points: met.points - cost,
      matched: cost > 0 ? ['similar name', ...met.matched] : met.matched,
    };
  }
  return best ? [best] : [];
}

function compareNames(one: HitRow, other: HitRow): number {
  const names = (row: HitRow) => `${row.familyName} ${row.givenName} ${row.patientId}`.toLowerCase();
  return names(one) < names(other) ? -1 : 1;
}

async function listCandidates(db: Db, wanted: readonly Wanted[], limit: number): Promise<HitRow[]> {
  const readings = JSON.stringify(wanted.map((one) => one.reading));
  const { rows } = await sql<HitRow>`
    select ${hitColumns}
    from jsonb_array_elements(${readings}::jsonb) r, lateral frontdesk.find_patients(
      array(select jsonb_array_elements_text(r -> 'words')), (r ->> 'bornFrom')::date, (r ->> 'bornTo')::date,
      array(select jsonb_array_elements_text(r -> 'digits')), ${limit}) p
    limit 400`.execute(db);
  // Someone may be met in two ways.
  return [...new Map(rows.map((row) => [row.patientId, row])).values()];
}

async function searchMended(db: Db, readings: readonly Reading[], limit: number): Promise<Ranked[]> {
  const reading = readings.find((one) => one.words.some((word) => word.length > 2));
  if (!reading) return [];
  const near = await listSimilarWords(db, reading.words);
  const wanted = mendReading(reading, near);
  return wanted.length === 0 ? [] : rank(db, wanted, limit);
}

/** For each word, the known words of names near it, nearest first. */
export async function listSimilarWords(db: Db, words: readonly string[], most = 4): Promise<Mended[][]> {
  const asked = JSON.stringify(words.map((word, index) => ({ index, word, cuts: cutsOf(word) })));
  const { rows } = await sql<Mended & { index: number }>`
    select (r ->> 'index')::int as index, near.word, near.one_slip, near.alike
    from jsonb_array_elements(${asked}::jsonb) r, lateral frontdesk.similar_name_words(
      r ->> 'word', array(select jsonb_array_elements_text(r -> 'cuts')), ${most}) near
    where length(r ->> 'word') > 2
    order by 1, near.one_slip desc, near.alike desc limit 40`.execute(db);
  return words.map((_, index) => rows.filter((row) => row.index === index));
}
