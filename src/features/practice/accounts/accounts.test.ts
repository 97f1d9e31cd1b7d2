import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { signIn } from '../../../platform/http/api.ts';
import * as practiceApi from '../api.ts';
import * as api from './api.ts';

describe('accounts and roles', () => {
  let office: TestOffice;
  let practice: TestPractice;
  beforeAll(async () => {
    office = await openTestOffice();
  });
  beforeEach(async () => {
    practice = await office.practice();
  });
  afterAll(() => office.close());

  const ana = { givenName: 'Ana', familyName: 'Ruiz', displayName: 'Ana Ruiz', kind: 'front_desk' as const };
  let number = 0;
  const makeAna = async () => {
    number += 1;
    const email = `ana.${number}.${Date.now()}@test.example`;
    const { staffId } = await practice.manager.do(practiceApi.addStaff, { body: ana });
    const made = await practice.manager.do(api.addAccount, {
      body: { staffId, email, roles: ['secretary'] },
    });
    return { staffId, email, ...made };
  };
  const own = async () => {
    const { accounts } = await practice.manager.do(api.listAccounts);
    const found = accounts.find((account) => account.accountId === practice.manager.accountId);
    if (!found) throw new Error('The manager has an account.');
    return found;
  };

  it('a manager makes an account; its person signs in and must change the password', async () => {
    const { email, password, accountId } = await makeAna();
    const answer = await practice.manager.ask(signIn, { body: { email, password } });
    expect(answer.status).toBe(200);
    const { accounts } = await practice.manager.do(api.listAccounts);
    expect(accounts.find((account) => account.accountId === accountId)).toMatchObject({
      email,
      roles: ['secretary'],
      mustChangePassword: true,
      disabled: false,
    });
  });

  it('one person has one account', async () => {
    const { staffId } = await makeAna();
    const again = { staffId, email: 'other@test.example', roles: ['nurse' as const] };
    const answer = await practice.manager.ask(api.addAccount, { body: again });
    expect(answer.body.message).toContain('has an account already');
  });

  it('a reset gives a new password, and the old one no longer works', async () => {
    const { accountId, email, password } = await makeAna();
    const reset = await practice.manager.do(api.resetPassword, {
      params: { accountId },
      body: { version: 1 },
    });
    expect(reset.password).not.toBe(password);
    expect((await practice.manager.ask(signIn, { body: { email, password } })).status).toBe(401);
    const answer = await practice.manager.ask(signIn, { body: { email, password: reset.password } });
    expect(answer.status).toBe(200);
  });

  it('a disabled person is signed out at once, and may come back', async () => {
    const desk = await practice.as('secretary');
    const params = { accountId: desk.accountId };
    await practice.manager.do(api.changeAccount, { params, body: { version: 1, disabled: true } });
    expect((await desk.ask(practiceApi.listSites)).status).toBe(401);
    const back = await practice.manager.do(api.changeAccount, {
      params,
      body: { version: 2, disabled: false },
    });
    expect(back.version).toBe(3);
  });

  it('who leaves can no longer sign in', async () => {
    const { staffId, accountId } = await makeAna();
    await practice.manager.do(practiceApi.changeStaff, {
      params: { staffId },
      body: { version: 1, active: false },
    });
    const { accounts } = await practice.manager.do(api.listAccounts);
    expect(accounts.find((account) => account.accountId === accountId)?.disabled).toBe(true);
  });

  it('the last manager cannot give the role away, nor leave', async () => {
    const { accountId, staffId, version } = await own();
    const demoted = await practice.manager.ask(api.changeAccount, {
      params: { accountId },
      body: { version, roles: ['secretary'] },
    });
    expect(demoted.body.message).toContain('Nobody would be left');
    const left = await practice.manager.ask(practiceApi.changeStaff, {
      params: { staffId },
      body: { version: 1, active: false },
    });
    expect(left.body.message).toContain('Nobody would be left');
  });

  it('the last role that manages accounts keeps that permission', async () => {
    const params = { role: 'manager' as const, permission: 'accounts.manage' };
    const answer = await practice.manager.ask(api.changeRole, {
      params,
      body: { allowed: false, was: true },
    });
    expect(answer.status).toBe(409);
    expect(answer.body.message).toContain('Nobody would be left');
  });

  it('a role is granted a permission and holds it at once; a stale grant is refused', async () => {
    const secretary = await practice.as('secretary');
    const site = { body: { name: 'Annex', timeZone: 'America/New_York' } };
    expect((await secretary.ask(practiceApi.addSite, site)).status).toBe(403);
    const params = { role: 'secretary' as const, permission: 'practice.set-up' };
    await practice.manager.do(api.changeRole, { params, body: { allowed: true, was: false } });
    expect((await secretary.ask(practiceApi.addSite, site)).status).toBe(200);
    const stale = await practice.manager.ask(api.changeRole, { params, body: { allowed: true, was: false } });
    expect(stale.body).toMatchObject({ error: 'stale', current: { allowed: true } });
    const { permissions } = await practice.manager.do(api.listRoles);
    const cells = permissions.find((one) => one.key === 'practice.set-up')?.cells;
    expect(cells?.find((cell) => cell.role === 'secretary')).toEqual({
      role: 'secretary',
      allowed: true,
      byDefault: false,
    });
  });

  it('a secretary manages no accounts', async () => {
    const secretary = await practice.as('secretary');
    expect((await secretary.ask(api.listAccounts)).status).toBe(403);
    expect((await secretary.ask(api.listRoles)).status).toBe(403);
  });
});
