import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { DuplicateOffer } from '../api.ts';
import { listDuplicates } from '../duplicates/queries.ts';
import { judgeDuplicate, likelyFrom } from '../duplicates/rules.ts';
import { asHit, findPatient, type HitRow, hitColumns } from '../queries.ts';
import { fileName } from '../rules.ts';
import type { LikelyPair, PatientMerge } from './api.ts';

const pageSize = 25;
/** Looked at closely, likeliest first: as pairs are settled, those behind them come up. */
const mostPairs = 1000;

type Pair = { oneId: string; otherId: string };

/**
 * Pairs that share what two records of one person share: each rule joins on equal keys that few have in common, so
 * the work grows with the people, not with their square.
 */
async function listPairs(db: Db): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    with people as materialized (
      select patient_id, born_on, search_family as family, search_given as given, lower(email) as mail,
        split_part(search_digits, ' ', 3) as phone, left(search_family, 2) as f2, left(search_given, 2) as g2,
        to_char(born_on, 'MMDD') as birthday, extract(year from born_on) as born_in
      from patients where entered_in_error_at is null
    ), alike as (
      select a.patient_id as one_id, b.patient_id as other_id, 35 as points
        from people a join people b on b.born_on = a.born_on and b.f2 = a.f2 and b.patient_id > a.patient_id
      union all
      select a.patient_id, b.patient_id, 35
        from people a join people b on b.born_on = a.born_on and b.g2 = a.g2 and b.patient_id > a.patient_id
      union all
      select least(a.patient_id, b.patient_id), greatest(a.patient_id, b.patient_id), 60
        from people a join people b on b.born_on = a.born_on and b.family = a.given and b.given = a.family
        where a.patient_id <> b.patient_id
      union all
      select a.patient_id, b.patient_id, 40
        from people a join people b on b.family = a.family and b.given = a.given and b.birthday = a.birthday
          and b.patient_id > a.patient_id
      union all
      select a.patient_id, b.patient_id, 40
        from people a join people b on b.family = a.family and b.given = a.given and b.born_in = a.born_in
          and b.patient_id > a.patient_id
      union all
      select a.patient_id, b.patient_id, 20
        from people a join people b on b.phone = a.phone and b.g2 = a.g2 and b.patient_id > a.patient_id
        where length(a.phone) > 6
      union all
      select a.patient_id, b.patient_id, 20
        from people a join people b on b.mail = a.mail and b.g2 = a.g2 and b.patient_id > a.patient_id
        where a.mail <> ''
    )
    select one_id, other_id from alike
    where not exists (select from patient_distinctions d
      where d.one_id = alike.one_id and d.other_id = alike.other_id and d.undone_at is null)
    group by one_id, other_id order by sum(points) desc, one_id, other_id limit ${mostPairs}`.execute(db);
  return rows;
}

type JudgedPair = Pair & { score: number; why: string[] };

async function listPeople(db: Db, ids: readonly string[]): Promise<Map<string, HitRow>> {
  const { rows } = await sql<HitRow>`
    select ${hitColumns} from patients p where p.patient_id = any (${[...ids]}::uuid[]) limit 2000`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.patientId, row]));
}

/** The pairs that are likely one person by the rules of registering, likeliest first. */
async function judgePairs(db: Db): Promise<JudgedPair[]> {
  const pairs = await listPairs(db);
  const people = await listPeople(db, [...new Set(pairs.flatMap((pair) => [pair.oneId, pair.otherId]))]);
  const judged = pairs.flatMap((pair) => {
    const [one, other] = [people.get(pair.oneId), people.get(pair.otherId)];
    if (!one || !other) return [];
    const verdict = judgeDuplicate({ ...one, phones: one.phones.map((phone) => phone.number) }, other);
    return verdict.score < likelyFrom ? [] : [{ ...pair, ...verdict }];
  });
  return judged.sort((a, b) => b.score - a.score);
}

/** One page of the likely pairs. All of them cost most of a second at 50,000 people, so they are remembered. */
export async function listLikelyPairs(
  db: Db,
  { page, today }: { page: number; today: string },
): Promise<{ pairs: LikelyPair[]; more: boolean }> {
  const of = { topics: ['patients', 'merges'], days: [] };
  const all = await db.remember('likely pairs', of, () => judgePairs(db));
  const from = page * pageSize;
  const shown = all.slice(from, from + pageSize);
  const people = await listPeople(
    db,
    shown.flatMap((pair) => [pair.oneId, pair.otherId]),
  );
  const pairs = shown.flatMap(({ oneId, otherId, score, why }) => {
    const [one, other] = [people.get(oneId), people.get(otherId)];
    return one && other ? [{ one: asHit(one, today), other: asHit(other, today), score, why }] : [];
  });
  return { pairs, more: all.length > from + pageSize };
}

/** Other records that are likely of this person, likeliest first; undefined when nobody is under this id. */
export async function listLikelySame(
  db: Db,
  patientId: string,
  today: string,
): Promise<DuplicateOffer[] | undefined> {
  const patient = await findPatient(db, patientId);
  if (!patient) return undefined;
  const draft = { ...patient, phones: patient.phones.map((phone) => phone.number) };
  const offers = await listDuplicates(db, draft, { today, exceptPatientId: patientId });
  const { rows } = await sql<{ otherId: string }>`
    select case one_id when ${patientId} then other_id else one_id end as other_id from patient_distinctions
    where (one_id = ${patientId} or other_id = ${patientId}) and undone_at is null limit 1000`.execute(db);
  const apart = new Set(rows.map((row) => row.otherId));
  return offers.filter((offer) => !apart.has(offer.hit.patientId));
}

type MergeRow = Omit<PatientMerge, 'into'> & {
  familyName: string;
  givenName: string;
  middleName: string;
  suffix: string;
  preferredName: string;
};

/** Merges that stand, of one survivor or of the practice, latest first. */
export async function listMerges(db: Db, intoId?: string): Promise<PatientMerge[]> {
  const { rows } = await sql<MergeRow>`
    select m.merge_id, m.from_id, f.mrn as from_mrn, m.into_id, m.at, coalesce(s.display_name, '') as by,
      p.version as into_version, p.family_name, p.given_name, p.middle_name, p.suffix, p.preferred_name
    from patient_merges m
    join patients f on f.practice_id = m.practice_id and f.patient_id = m.from_id
    join patients p on p.practice_id = m.practice_id and p.patient_id = m.into_id
    left join staff s on s.practice_id = m.practice_id and s.staff_id = m.by_staff_id
    where m.undone_at is null and (${intoId ?? null}::uuid is null or m.into_id = ${intoId ?? null}::uuid)
    order by m.at desc, m.merge_id desc limit 200`.execute(db);
  return rows.map((row) => {
    const { mergeId, fromId, fromMrn, intoId: into, intoVersion, at, by } = row;
    return { mergeId, fromId, fromMrn, intoId: into, into: fileName(row), intoVersion, at, by };
  });
}

export type KeptMerge = {
  mergeId: string;
  fromId: string;
  intoId: string;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  moved: Record<string, string[]>;
  undoneAt: string | null;
};

export async function lockMerge(db: Db, mergeId: string): Promise<KeptMerge | undefined> {
  const { rows } = await sql<KeptMerge>`
    select merge_id, from_id, into_id, before, after, moved, undone_at from patient_merges
    where merge_id = ${mergeId} for update`.execute(db);
  return rows[0];
}

/** Whether another record became part of this one after that merge. */
export async function hasLaterMerge(db: Db, merge: KeptMerge): Promise<boolean> {
  const { rows } = await sql`
    select 1 from patient_merges m where m.into_id = ${merge.intoId} and m.undone_at is null
      and (m.at, m.merge_id) > (select at, merge_id from patient_merges where merge_id = ${merge.mergeId})
    limit 1`.execute(db);
  return rows.length > 0;
}
