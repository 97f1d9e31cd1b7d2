import { sql } from 'kysely';
import { afterEach, describe, expect, it } from 'vitest';
import { openTestOffice, storages, type TestOffice } from '../../test/office.ts';
import { openDemo } from '../app/demo.ts';
import { jobHandlers } from '../app/lists.ts';
import { imagesOf, type StoredImages } from '../platform/audit/images.ts';
import { verifyChain } from '../platform/audit/verify.ts';
import type { JobHandler } from '../platform/contributions.ts';
import { inTransaction, theOffice } from '../platform/db/transaction.ts';
import { registerReactions } from '../platform/jobs/outbox.ts';
import { type Load, makeLoad } from './load.ts';

const small: Load = {
  ...{ seed: '7', days: 1, pastDays: 2, physicians: 2, patients: 150, density: 20, minutesAtMost: 30 },
  commands: false,
};
const slow = 240_000;

let offices: TestOffice[] = [];
afterEach(async () => {
  await Promise.all(offices.map((office) => office.close()));
  offices = [];
}, slow);

/** What nobody reacts to leaves no event. */
const listener: JobHandler = {
  kind: 'test.listener',
  label: 'Hear of visits',
  on: ['visit.booked.v1', 'visit.completed.v1', 'visit.cancelled.v1', 'visit.no-show.v1'],
  run: async () => undefined,
};

async function openOffice(): Promise<TestOffice> {
  const storage = storages.at(-1);
  const office = await openTestOffice(storage ? { storage } : {});
  registerReactions([...jobHandlers, listener]);
  offices.push(office);
  return office;
}

const tables = [
  ...['patients', 'patient_words', 'patient_alerts', 'visits', 'visit_resources', 'visit_steps', 'tasks'],
  ...['resources', 'visit_types', 'counters', 'audit_records', 'contacts', 'payers', 'coverages'],
  ...['outside_encounters', 'patient_contacts'],
];
/** What differs between any two practices: codes over ids, versions that are random, the audit's own stamp. */
const apart = new Set(['mac', 'recorded_at', 'seq']);
const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** An audit record with its images as they were before they were packed; jsonb gives bytea as hex. */
function unpacked({ before = null, after = null, packed, ...row }: Record<string, unknown>) {
  const bytes = typeof packed === 'string' ? Buffer.from(packed.slice(2), 'hex') : null;
  return { ...row, ...imagesOf({ before, after, packed: bytes } as StoredImages) };
}

type Contents = Record<string, string[]>;

/** Every row of the practice as text, ids replaced by what they name. */
async function contentsOf(office: TestOffice, practiceId: string): Promise<Contents> {
  return inTransaction(office.store, { practiceId, actor: theOffice }, async ({ db }) => {
    const { rows: named } = await sql<{ id: string; name: string }>`
      select patient_id as id, mrn as name from patients union all
      select resource_id, name from resources union all
      select visit_type_id, code from visit_types union all
      select contact_id, search_name || search_text from contacts union all
      select site_id, name from sites union all
      select staff_id, display_name from staff union all
      select account_id, email from accounts union all
      select v.visit_id, p.mrn || ' at ' || v.starts_at
        from visits v join patients p using (practice_id, patient_id)`.execute(db);
    const names = new Map(named.map((one) => [one.id, one.name]));
    const contents: Contents = {};
    for (const table of tables) {
      const { rows } = await sql<{ row: Record<string, unknown> }>`
        select to_jsonb(t) as row from ${sql.table(table)} t`.execute(db);
      const lines = rows
        .map(({ row }) =>
          JSON.stringify(table === 'audit_records' ? unpacked(row) : row, (key, value) =>
            apart.has(key) ? undefined : value,
          ),
        )
        .filter((line) => !line.includes('"version:'));
      contents[table] = lines.map((line) => line.replace(uuid, (id) => names.get(id) ?? 'id')).sort();
    }
    return contents;
  });
}

async function eventsOf(office: TestOffice, practiceId: string, since: Date): Promise<string[]> {
  return inTransaction(office.store, { practiceId, actor: theOffice }, async ({ db }) => {
    const { rows } = await sql<{ line: string }>`
      select e.kind || ' ' || p.mrn || ' ' || (e.payload ->> 'startsAt') as line
      from outbox_events e
      join visits v on v.practice_id = e.practice_id and v.visit_id = e.subject_id
      join patients p on p.practice_id = v.practice_id and p.patient_id = v.patient_id
      where case e.kind when 'visit.booked.v1' then v.created_at when 'visit.completed.v1' then v.checked_out_at
        else v.cancelled_at end >= ${since} order by 1`.execute(db);
    return rows.map((row) => row.line);
  });
}

describe('a practice made for load', () => {
  it(
    'holds the same when whole days are written at once and when every visit is played by the commands',
    async () => {
      const [bulk, played] = [await openOffice(), await openOffice()];
      const [one, other] = await Promise.all([
        makeLoad(bulk.store, small),
        makeLoad(played.store, { ...small, commands: true }),
      ]);
      if (!one || !other) throw new Error('Both are made.');
      expect(one.visits).toBeGreaterThan(60);
      const [first, second] = [
        await contentsOf(bulk, one.practiceId),
        await contentsOf(played, other.practiceId),
      ];
      for (const table of tables) {
        expect(first[table]?.length, table).toBeGreaterThan(0);
        expect(first[table], table).toEqual(second[table]);
      }
      const states = new Set(first.visits?.map((line) => JSON.parse(line).state));
      for (const state of ['booked', 'checked_out', 'cancelled']) expect(states).toContain(state);
      // Older ones the office has handled and swept out.
      const weekAgo = new Date(bulk.clock.now().getTime() - 7 * 86_400_000);
      const events = await eventsOf(bulk, one.practiceId, weekAgo);
      expect(events.length).toBeGreaterThan(20);
      expect(events).toEqual(await eventsOf(played, other.practiceId, weekAgo));
      for (const [office, { practiceId }] of [[bulk, one] as const, [played, other] as const]) {
        const verdict = await inTransaction(office.store, { practiceId, actor: theOffice }, ({ db }) =>
          verifyChain(db, office.store.auditKey, practiceId, []),
        );
        expect(verdict).toMatchObject({ ok: true });
      }
    },
    slow,
  );

  it(
    'goes on where it was cut off, and is made once; no demo takes its place on another day',
    async () => {
      const office = await openOffice();
      const cut = new Error('cut off');
      const stopLate = ({ part }: { part: number }) => {
        if (part === 3) throw cut;
      };
      await expect(makeLoad(office.store, small, { progress: stopLate })).rejects.toBe(cut);
      const made = await makeLoad(office.store, small);
      expect(made?.visits).toBeGreaterThan(60);
      expect(await makeLoad(office.store, small)).toBeNull();
      office.clock.advance(3 * 86_400_000);
      expect(await openDemo(office.store, { source: office.store.source }, {})).toBeNull();
    },
    slow,
  );
});
