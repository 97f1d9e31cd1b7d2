import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice } from '../../test/office.ts';
import { listSites } from '../features/practice/api.ts';
import { createPractice } from '../features/practice/commands.ts';
import { inTransaction, theOffice } from '../platform/db/transaction.ts';
import { getSession, signIn } from '../platform/http/api.ts';
import { makeRecoveryCodes } from '../platform/session/factors/recovery.ts';
import { letIn } from './let-in.ts';

const email = 'only-manager@test.example';

describe('the only manager, who lost everything', () => {
  let office: TestOffice;
  beforeAll(async () => {
    office = await openTestOffice();
  });
  afterAll(() => office.close());

  it('is let in by the command line, must choose a password, and it is on record', async () => {
    const manager = { givenName: 'Mara', familyName: 'Voss', email, password: 'correct horse battery' };
    const made = await createPractice(office.store, { name: 'Birch Road', timeZone: 'UTC', manager });
    const opening = { practiceId: made.practiceId, actor: theOffice };
    await inTransaction(office.store, opening, async (tx) => {
      await makeRecoveryCodes(tx, office.store.auditKey, made.managerAccountId);
      await sql`
        insert into authenticators (practice_id, account_id, sealed_secret, confirmed_at)
        values (${made.practiceId}, ${made.managerAccountId}, '\\x00', ${tx.now})`.execute(tx.db);
      await sql`
        insert into second_factor_roles (practice_id, role, required_from)
        values (${made.practiceId}, 'manager', ${tx.now})`.execute(tx.db);
    });
    const said = await letIn(office.store, email.toUpperCase());
    const password = /password (\S+) /.exec(said)?.[1] ?? '';
    const send = async (body: object) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(office.url + signIn.path, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: (await answer.json()) as { token: string } };
    };
    expect((await send({ email, password: manager.password })).status).toBe(401);
    const { status, body } = await send({ email, password });
    expect(status).toBe(200);
    const headers = { authorization: `Bearer ${body.token}` };
    const session = await (await fetch(office.url + getSession.path, { headers })).json();
    expect(session).toMatchObject({
      mustChangePassword: true,
      factorsReset: { reason: expect.stringContaining('command line') },
    });
    expect((await fetch(office.url + listSites.path, { headers })).status).toBe(403);
    const { rows } = await inTransaction(office.store, opening, (tx) =>
      sql<{ action: string }>`select action from audit_records order by seq desc limit 3`.execute(tx.db),
    );
    expect(rows.map((row) => row.action)).toEqual(
      expect.arrayContaining(['account.factors-reset', 'account.password-set']),
    );
    await expect(letIn(office.store, 'nobody@test.example')).rejects.toThrow(/Nobody signs in/);
  });
});
