import { sql } from 'kysely';
import type { SimulatedDoctor } from '../features/contacts/people/simulate.ts';
import type { Db } from '../platform/db/database.ts';
import { inTransaction, type Store, theOffice } from '../platform/db/transaction.ts';

/** The people who were registered before a moment, in the order of their record numbers. */
export async function listPatientIds(db: Db, before: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ patientId: string }>`
    select patient_id from patients where created_at < ${before}
    order by length(mrn), mrn limit ${limit}`.execute(db);
  return rows.map((row) => row.patientId);
}

/** Who works in the directory that was there before a moment, in the order in which they were added. */
export async function listDoctors(db: Db, before: Date): Promise<SimulatedDoctor[]> {
  const { rows } = await sql<SimulatedDoctor>`
    select contact_id, kind, specialty from contacts
    where kind <> 'organization' and active and entered_in_error_at is null and created_at < ${before}
    order by contact_id limit 20000`.execute(db);
  return rows;
}

/** Visits that began before a moment and are not over, oldest first. */
export async function listOpenVisitIds(db: Db, before: Date): Promise<string[]> {
  const { rows } = await sql<{ visitId: string }>`
    select visit_id from visits
    where state in ('booked', 'arrived', 'in_room', 'with_physician') and starts_at < ${before}
    order by starts_at, visit_id limit 5000`.execute(db);
  return rows.map((row) => row.visitId);
}

const reads =
  '(^session\\.|^audit\\.|\\.opened$|\\.listed$|\\.searched$|-listed$|-searched$|-read$|-looked$|\\.card$|\\.seen$|\\.likely-same$|\\.compared$|\\.merges$)';

/** Whether anyone but the simulator wrote anything; what is not known as a read counts as a write. */
export async function wasTouched(db: Db): Promise<boolean> {
  const { rows } = await sql`
    select 1 from audit_records
    where request_id not in ('init', 'simulator') and account_id is not null and action !~ ${reads}
    limit 1`.execute(db);
  return rows.length > 0;
}

export async function countVisits(store: Store, practiceId: string): Promise<number> {
  const opening = { practiceId, actor: theOffice, requestId: 'simulator', readOnly: true };
  return inTransaction(store, opening, async ({ db }) => {
    const { rows } = await sql<{ count: number }>`select count(*)::int as count from visits`.execute(db);
    return rows[0]?.count ?? 0;
  });
}

type Taken = { resourceId: string; startMs: number; endMs: number };

/** What stands in a stretch and is no part of its day's plan: of series, groups, follow-ups, and moved from a lost day. */
export async function listTakenBeforehand(db: Db, fromMs: number, toMs: number): Promise<Taken[]> {
  const { rows } = await sql<{ resourceId: string; startsAt: string; endsAt: string }>`
    select r.resource_id, r.starts_at, r.ends_at from visit_resources r
    left join visits v on v.practice_id = r.practice_id and v.visit_id = r.visit_id
    where r.starts_at >= ${new Date(fromMs)} and r.starts_at < ${new Date(toMs)}
      and (v.series_id is not null or r.session_id is not null or exists (select from follow_ups f
        where f.practice_id = v.practice_id and f.visit_id = v.visit_id)
        or exists (select from rescue_lines l
        where l.practice_id = v.practice_id and l.visit_id = v.visit_id and l.choice = 'move'))
    order by r.starts_at, r.resource_id limit 5000`.execute(db);
  return rows.map(({ resourceId, startsAt, endsAt }) => {
    return { resourceId, startMs: Date.parse(startsAt), endMs: Date.parse(endsAt) };
  });
}
