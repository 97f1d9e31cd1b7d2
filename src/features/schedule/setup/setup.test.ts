import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { newId } from '../../../platform/id.ts';
import { registerPatients } from '../../patients/commands.ts';
import * as practiceApi from '../../practice/api.ts';
import { addClosures } from '../../practice/closures/api.ts';
import * as api from './api.ts';

describe('setting up the schedule', () => {
  let office: TestOffice;
  let practice: TestPractice;
  beforeAll(async () => {
    office = await openTestOffice();
  });
  beforeEach(async () => {
    practice = await office.practice();
  });
  afterAll(() => office.close());

  const lee = { givenName: 'Mira', familyName: 'Lee', displayName: 'Dr. Lee', kind: 'physician' as const };
  const addLee = async () => {
    const { staffId } = await practice.manager.do(practiceApi.addStaff, { body: lee });
    const body = { kind: 'physician' as const, name: 'Dr. Lee', staffId };
    const { resourceId } = await practice.manager.do(api.addResource, { body });
    return { staffId, resourceId };
  };
  const addRoom = (name = 'Room 1') =>
    practice.manager.do(api.addResource, { body: { kind: 'room', name, siteId: practice.siteId } });
  const allDays = (startsLocal: string, endsLocal: string, weekdays = [1, 2, 3, 4, 5]) =>
    weekdays.map((weekday) => ({ weekday, siteId: practice.siteId, startsLocal, endsLocal }));
  /** A visit put straight into the tables: booking it is another part's job. */
  const putVisit = (resourceId: string, startsAt: string, endsAt: string) =>
    practice.tx(async (tx) => {
      const [typeId, visitId] = [newId(), newId()];
      const own = practice.practiceId;
      const [patient] = await registerPatients(tx, [{ familyName: 'Test', givenName: 'Test' }]);
      const patientId = patient!.patientId;
      await sql`insert into visit_types (practice_id, visit_type_id, name, code, minutes)
        values (${own}, ${typeId}, 'Test', ${typeId.slice(-8)}, 30)`.execute(tx.db);
      await sql`insert into visits (practice_id, visit_id, patient_id, visit_type_id, site_id, physician_id, starts_at,
          ends_at, state, created_at)
        values (${own}, ${visitId}, ${patientId}, ${typeId}, ${practice.siteId}, ${resourceId}, ${startsAt},
          ${endsAt}, 'booked', ${tx.now})`.execute(tx.db);
      await sql`insert into visit_resources (practice_id, visit_id, resource_id, lane, starts_at, ends_at)
        values (${own}, ${visitId}, ${resourceId}, 0, ${startsAt}, ${endsAt})`.execute(tx.db);
      return visitId;
    });

  it('a manager puts a physician, a room and a device on the schedule; a secretary reads them in one request', async () => {
    await addLee();
    await addRoom();
    const device = { kind: 'device' as const, name: 'Ultrasound', siteId: practice.siteId, capacity: 2 };
    await practice.manager.do(api.addResource, { body: device });
    const type = { name: 'New patient', code: 'np', minutes: 40, needs: [{ kind: 'room' as const }] };
    await practice.manager.do(api.addVisitType, { body: type });
    const secretary = await practice.as('secretary');
    const setup = await secretary.do(api.getSetup);
    expect(setup.sites).toHaveLength(1);
    expect(setup.physicians.map((one) => one.name)).toEqual(['Dr. Lee']);
    expect(setup.rooms.map((one) => one.name)).toEqual(['Room 1']);
    expect(setup.devices[0]).toMatchObject({ name: 'Ultrasound', capacity: 2 });
    expect(setup.visitTypes[0]).toMatchObject({ code: 'np', needs: [{ kind: 'room', resourceIds: [] }] });
  });

  it('a secretary sets up nothing', async () => {
    const secretary = await practice.as('secretary');
    const { resourceId } = await addRoom();
    const refused = [
      await secretary.ask(api.addResource, { body: { kind: 'room', name: 'X', siteId: practice.siteId } }),
      await secretary.ask(api.addVisitType, { body: { name: 'X', code: 'x', minutes: 10 } }),
      await secretary.ask(api.replaceWeek, {
        params: { resourceId },
        body: { version: 1, from: '2026-03-09', rows: [] },
      }),
    ];
    expect(refused.map((answer) => answer.status)).toEqual([403, 403, 403]);
  });

  it('only a physician of the staff becomes a column, and only once', async () => {
    const { staffId } = await addLee();
    const again = await practice.manager.ask(api.addResource, {
      body: { kind: 'physician', name: 'Mira Lee', staffId },
    });
    expect(again.body.message).toContain('on the schedule already');
    const { staffId: other } = await practice.manager.do(practiceApi.addStaff, {
      body: { ...lee, displayName: 'Ana', kind: 'front_desk' },
    });
    const wrong = await practice.manager.ask(api.addResource, {
      body: { kind: 'physician', name: 'Ana', staffId: other },
    });
    expect(wrong.body.message).toContain('not set up as a physician');
  });

  it('two rooms of a site are not called the same; a room has its site', async () => {
    await addRoom();
    const twin = await practice.manager.ask(api.addResource, {
      body: { kind: 'room', name: 'room 1', siteId: practice.siteId },
    });
    expect(twin.body.fields?.name).toContain('another name');
    const nowhere = await practice.manager.ask(api.addResource, { body: { kind: 'room', name: 'X' } });
    expect(nowhere.body.fields?.siteId).toBeDefined();
  });

  it('one code is one visit type, and what it names is there', async () => {
    await practice.manager.do(api.addVisitType, { body: { name: 'Follow-up', code: 'fu', minutes: 15 } });
    const twin = { name: 'Flu shot', code: 'fu', minutes: 10 };
    const answer = await practice.manager.ask(api.addVisitType, { body: twin });
    expect(answer.body.message).toContain('belongs to Follow-up');
    const { resourceId } = await addRoom();
    const wrong = { name: 'X', code: 'x', minutes: 10, physicianIds: [resourceId] };
    expect((await practice.manager.ask(api.addVisitType, { body: wrong })).status).toBe(400);
  });

  it('a stale change of a visit type is refused with the type as it is', async () => {
    const { visitTypeId } = await practice.manager.do(api.addVisitType, {
      body: { name: 'Follow-up', code: 'fu', minutes: 15 },
    });
    const params = { visitTypeId };
    await practice.manager.do(api.changeVisitType, { params, body: { version: 1, minutes: 20 } });
    const answer = await practice.manager.ask(api.changeVisitType, {
      params,
      body: { version: 1, minutes: 25 },
    });
    expect(answer.body).toMatchObject({ error: 'stale', current: { minutes: 20, version: 2 } });
  });

  it('a new week ends the old one the day before it begins', async () => {
    const { resourceId } = await addLee();
    const params = { resourceId };
    await practice.manager.do(api.replaceWeek, {
      params,
      body: { version: 1, from: '2026-01-01', rows: allDays('08:00', '17:00') },
    });
    await practice.manager.do(api.replaceWeek, {
      params,
      body: { version: 2, from: '2026-04-01', rows: allDays('09:00', '13:00', [1, 2]) },
    });
    const { weekly, resource } = await practice.manager.do(api.readHours, { query: { resourceId } });
    expect(resource.version).toBe(3);
    expect(weekly.filter((row) => row.effectiveTo === '2026-03-31')).toHaveLength(5);
    expect(weekly.filter((row) => row.effectiveFrom === '2026-04-01')).toHaveLength(2);
    const late = await practice.manager.ask(api.replaceWeek, {
      params,
      body: { version: 2, from: '2026-05-01', rows: [] },
    });
    expect(late.body.error).toBe('stale');
  });

  it('a week with overlapping hours is refused at its row', async () => {
    const { resourceId } = await addLee();
    const rows = [...allDays('08:00', '12:00', [1]), ...allDays('11:00', '15:00', [1])];
    const answer = await practice.manager.ask(api.replaceWeek, {
      params: { resourceId },
      body: { version: 1, from: '2026-03-09', rows },
    });
    expect(answer.body.fields?.['rows.1']).toContain('overlaps');
  });

  it('a closing says which booked visits now fall outside, and taking it back heals them', async () => {
    const { resourceId } = await addLee();
    await practice.manager.do(api.replaceWeek, {
      params: { resourceId },
      body: { version: 1, from: '2026-01-01', rows: allDays('08:00', '17:00') },
    });
    const visitId = await putVisit(resourceId, '2026-03-10T15:00:00Z', '2026-03-10T15:30:00Z');
    await putVisit(resourceId, '2026-03-12T15:00:00Z', '2026-03-12T15:30:00Z');
    const closed = await practice.manager.do(api.addException, {
      params: { resourceId },
      body: { kind: 'closing', from: '2026-03-10', to: '2026-03-11', note: 'Conference' },
    });
    expect(closed.exceptionIds).toHaveLength(2);
    expect(closed.outside).toMatchObject({
      count: 1,
      visits: [{ visitId, because: 'Dr. Lee is away: Conference' }],
    });
    await practice.manager.do(api.removeException, {
      params: { exceptionId: closed.exceptionIds[0] ?? '' },
      body: { version: 1 },
    });
    expect((await practice.manager.do(api.listOutside)).count).toBe(0);
    await practice.manager.do(addClosures, { body: { closures: [{ onDate: '2026-03-12', name: 'Snow' }] } });
    expect((await practice.manager.do(api.listOutside)).visits[0]?.because).toBe('Closed: Snow');
  });

  it('a shorter week says what falls outside', async () => {
    const { resourceId } = await addLee();
    const params = { resourceId };
    await practice.manager.do(api.replaceWeek, {
      params,
      body: { version: 1, from: '2026-01-01', rows: allDays('08:00', '17:00') },
    });
    await putVisit(resourceId, '2026-03-10T19:00:00Z', '2026-03-10T19:30:00Z');
    const { outside } = await practice.manager.do(api.replaceWeek, {
      params,
      body: { version: 2, from: '2026-03-09', rows: allDays('08:00', '12:00') },
    });
    expect(outside.count).toBe(1);
  });

  it('a past exception is refused', async () => {
    const { resourceId } = await addLee();
    const answer = await practice.manager.ask(api.addException, {
      params: { resourceId },
      body: { kind: 'closing', from: '2026-03-01' },
    });
    expect(answer.body.fields?.from).toContain('past');
  });

  it('a physician who leaves, or is renamed, is followed on the schedule', async () => {
    const { staffId, resourceId } = await addLee();
    const params = { staffId };
    await practice.manager.do(practiceApi.changeStaff, {
      params,
      body: { version: 1, displayName: 'Dr. Lee-Park' },
    });
    await office.runner.drain();
    const named = await practice.manager.do(api.listResources);
    expect(named.resources.find((one) => one.resourceId === resourceId)?.name).toBe('Dr. Lee-Park');
    await practice.manager.do(practiceApi.changeStaff, { params, body: { version: 2, active: false } });
    await office.runner.drain();
    expect((await practice.manager.do(api.getSetup)).physicians).toEqual([]);
  });

  it('every change is in the audit', async () => {
    const { resourceId } = await addLee();
    const body = { version: 1, from: '2026-03-09', rows: allDays('08:00', '12:00') };
    await practice.manager.do(api.replaceWeek, { params: { resourceId }, body });
    const actions = await practice.tx(async (tx) => {
      const { rows } = await sql<{ action: string }>`
        select action from audit_records where practice_id = ${practice.practiceId} order by seq`.execute(
        tx.db,
      );
      return rows.map((row) => row.action);
    });
    expect(actions).toEqual(expect.arrayContaining(['staff.added', 'resource.added', 'hours.replaced']));
  });
});
