import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addContact } from '../src/features/contacts/api.ts';
import { makeFeed } from '../src/features/schedule/feeds/api.ts';
import { fillPractice } from './fill.ts';
import { openTestOffice, type TestOffice, type TestPractice } from './office.ts';
import { setUpSchedule } from './practice.ts';
import { asServerOwner, databaseUrl, login, serverUrl } from './templates.ts';

// Row-level security is the server's wall; on the embedded store the same policies hold, tested with the office.
describe.runIf(serverUrl)('one practice never meets another', () => {
  let office: TestOffice;
  let ours: TestPractice;
  let theirs: TestPractice;
  let database: string;
  let app: pg.Client;

  beforeAll(async () => {
    office = await openTestOffice({ storage: 'server' });
    ours = await office.practice();
    theirs = await office.practice();
    await fillPractice(ours);
    await fillPractice(theirs);
    const plan = await setUpSchedule(theirs);
    await theirs.manager.do(makeFeed, { body: { physicianId: plan.lee } });
    await theirs.manager.do(addContact, {
      body: { contact: { kind: 'physician', familyName: 'Okafor', givenName: 'Ada' } },
    });
    database = await office.database();
    app = new pg.Client({ connectionString: databaseUrl(database, login) });
    await app.connect();
  });
  afterAll(async () => {
    await app.end();
    await office.close();
  });

  const listTables = () =>
    asServerOwner(async (owner) => {
      const { rows } = await owner.query<{ name: string; secured: boolean; scoped: boolean }>(
        `select c.relname as name, c.relrowsecurity as secured,
           exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'practice_id') as scoped
         from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by 1`,
      );
      return rows;
    }, database);

  const inOurs = async <T>(work: () => Promise<T>): Promise<T> => {
    await app.query('begin');
    await app.query(`select set_config('frontdesk.practice_id', $1, true)`, [ours.practiceId]);
    try {
      return await work();
    } finally {
      await app.query('rollback');
    }
  };

  it('keeps row-level security on every table', async () => {
    const open = (await listTables()).filter((table) => !table.secured).map((table) => table.name);
    expect(open).toEqual([]);
  });

  it('signs in as a role that owns nothing and bypasses nothing', async () => {
    const { rows } = await app.query(
      `select r.rolsuper or r.rolbypassrls as mighty, (select count(*)::int from pg_class c where c.relowner = r.oid) as owned
       from pg_roles r where rolname = current_user`,
    );
    expect(rows[0]).toEqual({ mighty: false, owned: 0 });
  });

  it('reads, changes, deletes and plants no row of another practice, in any table', async () => {
    const tables = (await listTables()).filter((table) => table.scoped).map((table) => table.name);
    let withRows = 0;
    for (const table of tables) {
      const samples = await asServerOwner(async (owner) => {
        const { rows } = await owner.query(
          `select row_to_json(t) as row from "${table}" t where practice_id = $1 limit 1`,
          [theirs.practiceId],
        );
        return rows;
      }, database);
      withRows += samples.length;
      const attempts: Record<string, [string, unknown[]]> = {
        read: [`select 1 from "${table}" where practice_id = $1`, [theirs.practiceId]],
        readAll: [`select 1 from "${table}" where practice_id <> $1`, [ours.practiceId]],
        change: [
          `update "${table}" set practice_id = practice_id where practice_id = $1`,
          [theirs.practiceId],
        ],
        remove: [`delete from "${table}" where practice_id = $1`, [theirs.practiceId]],
        handOver: [`update "${table}" set practice_id = $1`, [theirs.practiceId]],
        ...(samples[0]
          ? {
              plant: [
                `insert into "${table}" select * from json_populate_record(null::"${table}", $1)`,
                [samples[0].row],
              ],
            }
          : {}),
      };
      for (const [name, [sql, params]] of Object.entries(attempts)) {
        const touched = await inOurs(() =>
          app.query(sql, params).then(
            (result) => result.rowCount,
            (error: { code?: string }) => error.code,
          ),
        );
        // 42501: no right, or refused by the policy; 23503: nothing there to refer to; 0: nothing seen.
        expect([0, '42501', '23503', '23505'], `${name} on ${table}`).toContain(touched);
        if (name === 'plant') expect(touched, `plant in ${table}`).not.toBe(1);
      }
    }
    expect(withRows).toBeGreaterThan(16);
  });

  it('keeps the doors of sign-in and of the job queue shut inside a practice', async () => {
    const { rows: accounts } = await asServerOwner(
      (owner) => owner.query('select email from accounts where practice_id = $1', [theirs.practiceId]),
      database,
    );
    const { rows: feeds } = await asServerOwner(
      (owner) =>
        owner.query('select token_hash from calendar_feeds where practice_id = $1', [theirs.practiceId]),
      database,
    );
    const { rows: walls } = await asServerOwner(
      (owner) =>
        owner.query('select token_hash from wall_addresses where practice_id = $1', [theirs.practiceId]),
      database,
    );
    const doors: [string, unknown[]][] = [
      ['select * from frontdesk.feed_by_token($1)', [feeds[0]?.token_hash]],
      ['select * from frontdesk.wall_by_token($1)', [walls[0]?.token_hash]],
      ['select * from frontdesk.account_by_email($1)', [accounts[0]?.email]],
      ['select * from frontdesk.list_practices()', []],
      [`select * from frontdesk.lease_job('2100-01-01', interval '1 minute')`, []],
    ];
    for (const [sql, params] of doors) {
      expect((await inOurs(() => app.query(sql, params))).rowCount, sql).toBe(0);
    }
  });

  it('shows nothing at all without a practice', async () => {
    for (const table of (await listTables()).filter((one) => one.scoped)) {
      const count = await app.query(`select 1 from "${table.name}" limit 1`).then(
        (result) => result.rowCount,
        () => 0,
      );
      expect(count, table.name).toBe(0);
    }
  });
});
