import { sql } from 'kysely';
import { addDays } from '../../../platform/calendar/dates.ts';
import { groupBy } from '../../../platform/calendar/group-by.ts';
import { dayBounds, localDate } from '../../../platform/calendar/zones.ts';
import type { PresentReason } from '../../../platform/contributions.ts';
import type { Db } from '../../../platform/db/database.ts';
import type { PrivacySettings } from '../schema.ts';
import type { Subject } from './rules.ts';

/** The person a request is about, and why the facts already say they may be looked at; null: they do not. */
export type Standing = {
  /** the id that was asked for: the person’s, or of a visit of theirs */
  asked: string;
  patientId: string;
  reason: string | null;
};

type Near = { now: Date; timeZone: string; settings: Pick<PrivacySettings, 'daysBefore' | 'daysAfter'> };

/** From the first to the last moment that the practice calls near a moment: whole days. */
export function nearOf({ now, timeZone, settings }: Near): { from: Date; to: Date; today: string } {
  const today = localDate(now.getTime(), timeZone);
  const first = dayBounds(addDays(today, -settings.daysBefore), timeZone);
  const last = dayBounds(addDays(today, settings.daysAfter), timeZone);
  return { from: new Date(first.startMs), to: new Date(last.endMs), today };
}

type StandingAsk = Near & {
  accountId: string;
  subjects: readonly Subject[];
  reasons: readonly PresentReason[];
};

/** Ids by what they are of: people themselves, and each other kind. */
function peopleOf(subjects: readonly Subject[]) {
  const direct = subjects.flatMap((one) => ('patientId' in one ? one.patientId : []));
  const byPath = groupBy(
    subjects.flatMap((one) => ('id' in one ? [one] : [])),
    (one) => one.behind.path,
  );
  const others = [...byPath.values()].flatMap((those) => {
    const ids = those.map((one) => one.id);
    return those[0]?.behind.people(sql`${ids}::uuid[]`) ?? [];
  });
  const all = [sql`select id as asked, id as patient_id from unnest(${direct}::uuid[]) id`, ...others];
  return sql.join(all, sql` union all `);
}

/**
 * The people whom a request is about with what gives a reason, in one statement. A record that became part of
 * another stands as that one; who is not here is left out.
 */
export async function listStandings(db: Db, ask: StandingAsk): Promise<Standing[]> {
  const { from, to, today } = nearOf(ask);
  const { accountId } = ask;
  const of = {
    patientId: sql`p.patient_id`,
    accountId: sql`${accountId}::uuid`,
    now: sql`${ask.now}::timestamptz`,
    from: sql`${from}::timestamptz`,
    to: sql`${to}::timestamptz`,
  };
  // In the order of the list: the first that holds is enough.
  const cases = ask.reasons.map((one) => sql`when ${one.holds(of)} then ${one.name}::text`);
  const { rows } = await sql<Standing>`
    select s.asked, p.patient_id, case
      when exists (select from look_ups l where l.patient_id = p.patient_id
        and l.account_id = ${accountId}::uuid and l.on_date = ${today}::date) then 'said'
      ${sql.join(cases, sql` `)} end as reason
    from (${peopleOf(ask.subjects)}) s
    join patients f on f.patient_id = s.patient_id
    join patients p on p.patient_id = coalesce(f.merged_into, f.patient_id)
    order by p.patient_id limit 5000`.execute(db);
  return rows;
}
