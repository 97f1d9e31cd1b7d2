import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eitherStorage, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { databaseUrl, serverUrl } from '../../../test/templates.ts';
import { dbOver } from '../db/database.ts';
import { openServer } from '../db/server.ts';
import { inTransaction, theOffice, withLink } from '../db/transaction.ts';
import { canonicalJson } from './chain.ts';
import { type Head, type Verdict, verifyChain } from './verify.ts';

describe('canonical JSON', () => {
  it.each([
    ['keys in any order read the same', { b: 1, a: [{ d: 1, c: 2 }] }, '{"a":[{"c":2,"d":1}],"b":1}'],
    ['what is undefined is left out', { a: undefined, b: null }, '{"b":null}'],
    ['text keeps its marks', 'Łódź "x"', '"Łódź \\"x\\""'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });
});

describe.each(eitherStorage)('the audit chain on %s storage', (storage) => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  afterAll(() => office.close());

  const written = async (records: number): Promise<TestPractice> => {
    const practice = await office.practice();
    for (let n = 0; n < records; n++) {
      await practice.tx(async (tx) => {
        tx.audit({
          action: 'test.done',
          subjectKind: 'test',
          subjectIds: [randomUUID()],
          // The fifth from the end is long enough to be packed.
          after: { n, text: 'Nguyễn '.repeat(n === records - 5 ? 50 : 1) },
        });
      });
    }
    return practice;
  };
  const verify = (practice: TestPractice, known: Head[] = []): Promise<Verdict> =>
    inTransaction(office.store, { practiceId: practice.practiceId, actor: theOffice, readOnly: true }, (tx) =>
      verifyChain(tx.db, office.store.auditKey, practice.practiceId, known),
    );
  /** Someone with the database in their hands, whom no trigger stops. */
  const tamper = async (statement: string): Promise<void> => {
    const source =
      storage === 'server' && serverUrl
        ? openServer(databaseUrl(await office.database()), 1)
        : office.store.source;
    await withLink(source, async (link) => {
      await link.exec('alter table audit_records disable trigger user');
      await link.exec(statement);
      await link.exec('alter table audit_records enable trigger user');
    });
    if (source !== office.store.source) await source.close();
  };
  const seqOf = async (practice: TestPractice): Promise<number> => {
    const verdict = await verify(practice);
    if (!verdict.ok) throw new Error(verdict.why);
    return verdict.records;
  };

  it('is whole after ordinary work', async () => {
    const practice = await written(5);
    expect(await verify(practice)).toMatchObject({ ok: true });
  });

  it('is whole after many desks wrote at once', async () => {
    const practice = await office.practice();
    const before = await seqOf(practice);
    await Promise.all(
      Array.from({ length: 40 }, () =>
        practice.tx(async (tx) =>
          tx.audit({ action: 'test.done', subjectKind: 'test', subjectIds: [randomUUID()] }),
        ),
      ),
    );
    expect(await verify(practice)).toMatchObject({ ok: true, records: before + 40 });
  });

  type Plant = [
    what: string,
    statement: (of: string, last: number) => string,
    badSeq: (last: number) => number,
  ];
  /** `of` narrows to the practice; numbers count back from the last record. */
  const set = (what: string, column: string, back: number): Plant => [
    what,
    (of, n) => `update audit_records set ${column} where ${of} and seq = ${n - back}`,
    (n) => n - back,
  ];
  const plants: Plant[] = [
    set('a changed record', `after = '{"n":9}'`, 2),
    set('a changed time', `at = at + interval '1 minute'`, 1),
    set('a time changed by a millisecond', `at = at + interval '1 millisecond'`, 2),
    set('a changed person', 'staff_id = gen_random_uuid()', 0),
    set('a person taken out', 'account_id = gen_random_uuid()', 3),
    set('a changed action', `action = 'test.other'`, 1),
    set('a changed kind of subject', `subject_kind = 'patient'`, 2),
    set('another subject', 'subject_ids = array[gen_random_uuid()]', 1),
    set('a subject added to a list', 'subject_ids = subject_ids || gen_random_uuid()', 2),
    set('a reason put in', `reason = 'asked to'`, 3),
    set('an image before that was not there', `before = '{"n":0}'`, 1),
    set('an image after taken out', 'after = null', 2),
    set('packed images changed', `packed = set_byte(packed, 9, get_byte(packed, 9) # 1)`, 4),
    set('packed images cut short', 'packed = substr(packed, 1, 8)', 4),
    set('packed images taken out', 'packed = null', 4),
    set('an image put beside packed ones', `before = '{"n":0}'`, 4),
    set('a changed request', `request_id = 'another'`, 0),
    set('a code of other bytes', `mac = decode(repeat('ab', 32), 'hex')`, 2),
    [
      'a code copied from another record',
      (of, n) =>
        `update audit_records set mac = (select mac from audit_records where ${of} and seq = ${n - 3})
         where ${of} and seq = ${n - 1}`,
      (n) => n - 1,
    ],
    ['a deleted record', (of, n) => `delete from audit_records where ${of} and seq = ${n - 3}`, (n) => n - 3],
    ['the first record deleted', (of) => `delete from audit_records where ${of} and seq = 1`, () => 1],
    [
      'two records that changed places',
      (of, n) => `update audit_records set seq = -1 where ${of} and seq = ${n - 1};
        update audit_records set seq = ${n - 1} where ${of} and seq = ${n};
        update audit_records set seq = ${n} where ${of} and seq = -1`,
      (n) => n - 1,
    ],
    [
      'a gap closed by moving the rest up',
      (of, n) => `delete from audit_records where ${of} and seq = ${n - 2};
        update audit_records set seq = ${n - 2} where ${of} and seq = ${n - 1};
        update audit_records set seq = ${n - 1} where ${of} and seq = ${n}`,
      (n) => n - 2,
    ],
    [
      'a record played again at the end',
      (
        of,
        n,
      ) => `insert into audit_records select practice_id, ${n + 1}, at, account_id, staff_id, request_id,
          action, subject_kind, subject_ids, reason, before, after, mac, recorded_at
        from audit_records where ${of} and seq = ${n}`,
      (n) => n + 1,
    ],
    ['a cut tail', (of, n) => `delete from audit_records where ${of} and seq > ${n - 2}`, (n) => n - 1],
  ];
  it.each(plants)('finds %s and names it', async (_, statement, badSeq) => {
    const practice = await written(6);
    const last = await seqOf(practice);
    await tamper(statement(`practice_id = '${practice.practiceId}'`, last));
    expect(await verify(practice)).toMatchObject({ ok: false, badSeq: badSeq(last) });
  });

  it('finds a tail cut together with its head by a head noted elsewhere', async () => {
    const practice = await written(6);
    const verdict = await verify(practice);
    if (!verdict.ok) throw new Error(verdict.why);
    const { head } = verdict;
    const id = practice.practiceId;
    await tamper(
      `delete from audit_records where practice_id = '${id}' and seq > ${head.seq - 2};
       update audit_heads set seq = ${head.seq - 2}, mac = (select mac from audit_records where practice_id = '${id}' and seq = ${head.seq - 2}) where practice_id = '${id}'`,
    );
    expect(await verify(practice)).toMatchObject({ ok: true });
    expect(await verify(practice, [head])).toMatchObject({ ok: false, badSeq: head.seq - 1 });
  });

  it('lets the application neither change nor delete a record', async () => {
    const practice = await written(1);
    for (const statement of ['update audit_records set action = action', 'delete from audit_records']) {
      const refused = practice.tx((tx) => sql.raw(statement).execute(tx.db));
      await expect(refused).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('stops the owner too, unless the trigger is taken away', async () => {
    const practice = await written(1);
    const owner =
      storage === 'server' ? openServer(databaseUrl(await office.database()), 1) : office.store.source;
    const attempt = withLink(owner, (link) =>
      sql`update audit_records set action = 'x' where practice_id = ${practice.practiceId}`.execute(
        dbOver(link, { statements: 0 }),
      ),
    );
    await expect(attempt).rejects.toMatchObject({ code: '42501' });
    if (owner !== office.store.source) await owner.close();
  });
});
