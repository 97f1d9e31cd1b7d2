import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { resetPassword } from '../../features/practice/accounts/api.ts';
import { inTransaction, theOffice } from '../db/transaction.ts';
import { enqueueJob } from '../jobs/outbox.ts';
import { jobRunner } from '../jobs/runner.ts';

let office: TestOffice;
let practice: TestPractice;
beforeAll(async () => {
  office = await openTestOffice();
  practice = await office.practice();
});
afterAll(() => office.close());

const rename = (token: string, key: string | undefined, body: unknown) =>
  fetch(`${office.url}/api/sites`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(key ? { 'idempotency-key': key } : {}),
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('jobs', () => {
  const log = { error: () => undefined };
  const at = (opening: string) => new Date(opening);

  it('run once, in order per subject, and leave the queue', async () => {
    const ran: string[] = [];
    const handler = {
      kind: 'test.order',
      label: 'Test',
      run: async (_: unknown, payload: Record<string, unknown>) => void ran.push(String(payload.n)),
    };
    await practice.tx(async (tx) => {
      for (const n of ['1', '2', '3'])
        await enqueueJob(tx, { kind: 'test.order', subjectKey: 'one', payload: { n } });
    });
    expect(await jobRunner(office.store, [handler], log).drain()).toBe(3);
    expect(ran).toEqual(['1', '2', '3']);
  });

  it('that fail are tried again later, and after eight tries are dead, not gone', async () => {
    let tries = 0;
    const handler = {
      kind: 'test.fails',
      label: 'Test',
      run: async () => {
        tries += 1;
        throw new Error('no');
      },
    };
    await practice.tx((tx) => enqueueJob(tx, { kind: 'test.fails' }));
    const runner = jobRunner(office.store, [handler], log);
    for (let round = 0; round < 10; round++) {
      await runner.drain();
      office.clock.advance(2 * 3_600_000);
    }
    expect(tries).toBe(8);
    const dead = await practice.tx(async (tx) => {
      const { rows } = await sql<{ lastError: string }>`
        select last_error from jobs where kind = 'test.fails' and dead_at is not null`.execute(tx.db);
      return rows;
    });
    expect(dead).toEqual([{ lastError: 'Error' }]);
    office.clock.set(at('2026-03-04T15:00:00.000Z'));
  });

  it('leave no half-done work behind when they fail', async () => {
    const handler = {
      kind: 'test.half',
      label: 'Test',
      run: async (tx: Parameters<Parameters<typeof practice.tx>[0]>[0]) => {
        await sql`insert into counters (practice_id, name, last_value) values (${tx.practiceId}, 'half', 1)`.execute(
          tx.db,
        );
        throw new Error('no');
      },
    };
    await practice.tx((tx) => enqueueJob(tx, { kind: 'test.half' }));
    await jobRunner(office.store, [handler], log).drain();
    const left = await practice.tx(async (tx) => {
      const { rows } = await sql`select 1 from counters where name = 'half'`.execute(tx.db);
      return rows.length;
    });
    expect(left).toBe(0);
  });
});

describe('a write', () => {
  it('without an Idempotency-Key is refused with what to send', async () => {
    const answer = await rename(practice.manager.token, undefined, {
      name: 'Elm',
      timeZone: 'America/New_York',
    });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as { message: string }).message).toContain('Idempotency-Key');
  });

  it.each([
    ['what is not JSON', '{"a":', 400],
    ['an empty body', '', 400],
    ['a list', [], 400],
  ])('with %s is refused kindly', async (_, body, status) => {
    const answer = await rename(practice.manager.token, randomUUID(), body);
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { error: string }).error).toBe('bad-input');
  });

  it('of more than a request may carry is refused', async () => {
    const answer = await rename(practice.manager.token, randomUUID(), { name: 'x'.repeat(2_000_000) });
    expect(answer.status).toBe(413);
  });
});

describe('reads', () => {
  it('that happen together are audited in few transactions, each before it is answered', async () => {
    const one = await office.practice();
    const opening = { practiceId: one.practiceId, actor: theOffice, readOnly: true };
    const before = office.statements();
    await Promise.all(
      Array.from({ length: 50 }, () =>
        inTransaction(office.store, opening, async (tx) =>
          tx.audit({ action: 'test.read', subjectKind: 'test', subjectIds: [randomUUID()] }),
        ),
      ),
    );
    const perRead = (office.statements() - before) / 50;
    const written = await one.tx(async (tx) => {
      const { rows } = await sql`select 1 from audit_records where action = 'test.read'`.execute(tx.db);
      return rows.length;
    });
    expect(written).toBe(50);
    // begin and commit of each read, and a few batches of four statements for all of them
    expect(perRead).toBeLessThan(4);
  });
});

describe('a secret answer', () => {
  it('is shown once, kept nowhere, and its repeat is refused instead of doing it again', async () => {
    const one = await office.practice();
    const colleague = await one.as('nurse');
    const key = randomUUID();
    const input = { params: { accountId: colleague.accountId }, body: { version: 1 } };
    const first = await one.manager.do(resetPassword, input, { key });
    const kept = await one.tx(async (tx) => {
      const { rows } = await sql<{ answer: unknown }>`select answer from idempotency_keys`.execute(tx.db);
      return JSON.stringify(rows);
    });
    expect(kept).not.toContain(first.password);
    expect((await one.manager.ask(resetPassword, input, { key })).status).toBe(409);
  });
});
