import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import * as api from './api.ts';
import * as closures from './closures/api.ts';

describe('setting up the practice', () => {
  let office: TestOffice;
  let practice: TestPractice;
  beforeAll(async () => {
    office = await openTestOffice();
  });
  beforeEach(async () => {
    practice = await office.practice();
  });
  afterAll(() => office.close());

  const lee = {
    givenName: 'Mira',
    familyName: 'Lee',
    displayName: 'Dr. Lee',
    kind: 'physician' as const,
  };
  const audited = () =>
    practice.tx(async (tx) => {
      const { rows } = await sql<{ action: string }>`
        select action from audit_records where practice_id = ${practice.practiceId} order by seq`.execute(
        tx.db,
      );
      return rows.map((row) => row.action);
    });

  it('a manager adds a physician with a wrong NPI and is told the check digit', async () => {
    const answer = await practice.manager.ask(api.addStaff, { body: { ...lee, npi: '1234567890' } });
    expect(answer.status).toBe(400);
    expect(answer.body.fields?.npi).toContain('check digit');
  });

  it('a manager adds a physician, and no second one with the same NPI', async () => {
    await practice.manager.do(api.addStaff, { body: { ...lee, npi: '1234567893' } });
    const twin = { ...lee, displayName: 'Dr. Li', npi: '1234567893' };
    const answer = await practice.manager.ask(api.addStaff, { body: twin });
    expect(answer.status).toBe(409);
    expect(answer.body.message).toContain('Dr. Lee already');
    expect(answer.body.fields?.npi).toBeDefined();
  });

  it('a manager adds a site with its time zone, changes it, and it is in the audit', async () => {
    const { siteId } = await practice.manager.do(api.addSite, {
      body: { name: 'Lakeside', timeZone: 'America/Chicago', address: { city: 'Gary', state: 'IN' } },
    });
    const changed = await practice.manager.do(api.changeSite, {
      params: { siteId },
      body: { version: 1, phone: '+15550102233' },
    });
    expect(changed.version).toBe(2);
    const { sites } = await practice.manager.do(api.listSites);
    expect(sites[1]).toMatchObject({
      name: 'Lakeside',
      timeZone: 'America/Chicago',
      phone: '+15550102233',
      address: { city: 'Gary', zip: '' },
      position: 1,
    });
    expect(await audited()).toEqual(expect.arrayContaining(['site.added', 'site.changed']));
  });

  it('an old version is refused, and the answer holds the record as it is now', async () => {
    const params = { siteId: practice.siteId };
    await practice.manager.do(api.changeSite, { params, body: { version: 1, name: 'Elm Street' } });
    const answer = await practice.manager.ask(api.changeSite, { params, body: { version: 1, name: 'Elm' } });
    expect(answer.status).toBe(409);
    expect(answer.body.error).toBe('stale');
    expect(answer.body.current).toMatchObject({ name: 'Elm Street', version: 2 });
  });

  it('the only site in use cannot be taken out of use', async () => {
    const answer = await practice.manager.ask(api.changeSite, {
      params: { siteId: practice.siteId },
      body: { version: 1, active: false },
    });
    expect(answer.status).toBe(409);
    expect(answer.body.message).toContain('only site');
  });

  it('sites stand in the order the manager gives them', async () => {
    const { siteId } = await practice.manager.do(api.addSite, {
      body: { name: 'Annex', timeZone: 'America/New_York' },
    });
    await practice.manager.do(api.orderSites, { body: { ids: [siteId, practice.siteId] } });
    const { sites } = await practice.manager.do(api.listSites);
    expect(sites.map((site) => site.siteId)).toEqual([siteId, practice.siteId]);
  });

  it('the practice is renamed; a stale rename is refused', async () => {
    await practice.manager.do(api.changePractice, { body: { version: 1, name: 'Elm Street Medical' } });
    expect(await practice.manager.do(api.getPractice)).toMatchObject({
      name: 'Elm Street Medical',
      version: 2,
    });
    const stale = await practice.manager.ask(api.changePractice, { body: { version: 1, name: 'Elm' } });
    expect(stale.body.error).toBe('stale');
  });

  it('a secretary sees sites and staff and changes neither', async () => {
    const secretary = await practice.as('secretary');
    expect((await secretary.do(api.listStaff)).staff.length).toBe(2);
    const refused = [
      await secretary.ask(api.addStaff, { body: lee }),
      await secretary.ask(api.addSite, { body: { name: 'X', timeZone: 'UTC' } }),
      await secretary.ask(closures.addClosures, {
        body: { closures: [{ onDate: '2026-07-03', name: 'X' }] },
      }),
    ];
    expect(refused.map((answer) => answer.status)).toEqual([403, 403, 403]);
  });

  it('federal holidays are proposed as observed, taken once, and can be taken back', async () => {
    const { holidays } = await practice.manager.do(closures.listHolidays, { query: { year: 2026 } });
    expect(holidays).toHaveLength(11);
    // July 4, 2026 is a Saturday.
    expect(holidays.find((day) => day.name === 'Independence Day')?.observedOn).toBe('2026-07-03');
    const wanted = holidays.map((day) => ({ onDate: day.observedOn, name: day.name }));
    const { closureIds } = await practice.manager.do(closures.addClosures, { body: { closures: wanted } });
    expect(closureIds).toHaveLength(11);
    const again = await practice.manager.ask(closures.addClosures, { body: { closures: wanted } });
    expect(again.status).toBe(409);
    const closureId = closureIds[0] ?? '';
    await practice.manager.do(closures.removeClosure, { params: { closureId }, body: { version: 1 } });
    const after = await practice.manager.do(closures.listHolidays, { query: { year: 2026 } });
    expect(after.holidays.filter((day) => day.closureId !== null)).toHaveLength(10);
  });

  it('a New Year’s Day observed in the year before is proposed there', async () => {
    const { holidays } = await practice.manager.do(closures.listHolidays, { query: { year: 2027 } });
    expect(holidays.at(-1)).toMatchObject({ name: "New Year's Day", observedOn: '2027-12-31' });
  });
});
