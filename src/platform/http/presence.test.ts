import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listenAt } from '../../../test/durability/one-database.ts';
import { openTestOffice, type TestOffice } from '../../../test/office.ts';
import { registerPatient } from '../../features/patients/api.ts';
import { newId } from '../id.ts';
import { announcePresence } from './api.ts';
import { type Presence, PresenceHub } from './presence.ts';

let office: TestOffice;
beforeAll(async () => {
  office = await openTestOffice();
});
afterAll(() => office.close());

const present = (accountId: string, more: Partial<Presence> = {}): Presence => ({
  ...{
    accountId,
    staffId: accountId,
    name: accountId,
    kind: 'patient',
    id: 'p1',
    editing: false,
    sinceMs: 1,
  },
  ...more,
});

test('a desk hears of others once they come, edit, go or fall silent, and of no beat between', () => {
  const told: string[] = [];
  const hub = new PresenceHub({ tellDesks: (_, id) => told.push(id) });
  const others = (accountId: string) =>
    hub.othersAt('x', present(accountId)).map((one) => `${one.name}${one.editing ? ' edits' : ''}`);
  hub.announce('x', 'tab-a', present('Ana'));
  for (let beats = 0; beats < 5; beats++) hub.announce('x', 'tab-a', present('Ana'));
  hub.announce('x', 'tab-a2', present('Ana'));
  hub.announce('x', 'tab-b', present('Ben', { editing: true }));
  expect(told).toEqual(['p1', 'p1', 'p1']);
  expect([others('Ana'), others('Ben'), others('Eve')]).toEqual([
    ['Ben edits'],
    ['Ana'],
    ['Ben edits', 'Ana'],
  ]);
  // Another practice knows nothing of it.
  expect(hub.othersAt('y', present('Eve'))).toEqual([]);
  hub.announce('x', 'tab-b', present('Ben', { id: 'p2' }));
  expect([told.slice(3), others('Ana')]).toEqual([['p1', 'p2'], []]);
  hub.announce('x', 'tab-b', null);
  hub.silentMs = -1;
  hub.sweep();
  expect([told.slice(5), others('Eve')]).toEqual([['p2', 'p1', 'p1'], []]);
  hub.close();
});

test('two processes tell each other, and neither tells back what it heard', () => {
  const told: number[] = [];
  const other = new PresenceHub({ tellDesks: () => told.push(2) });
  const one = new PresenceHub({ tellDesks: () => told.push(1), tellOthers: (notice) => other.hear(notice) });
  one.announce('x', 'tab-a', present('Ana'));
  expect(other.othersAt('x', present('Ben'))).toHaveLength(1);
  expect(told).toEqual([1, 2]);
  one.announce('x', 'tab-a', null);
  expect(other.othersAt('x', present('Ben'))).toEqual([]);
  one.close();
  other.close();
});

test('only who may see the record is told, by ids alone, without a statement or a beat that keeps the desk awake', async () => {
  const practice = await office.practice();
  const [ana, ben] = [await practice.as('secretary'), await practice.as('secretary')];
  const { patient } = await ana.do(registerPatient, {
    body: { patient: { familyName: 'Quill', givenName: 'Marta' } },
  });
  const ears = await listenAt(office.url, ben.token);
  await ears.until('event: hello');
  const body = { kind: 'patient', id: patient.patientId };
  const tabs = { ana: `tab-${newId()}`, ben: `tab-${newId()}` };
  await ben.do(announcePresence, { body: { ...body, tab: tabs.ben } });
  const before = office.statements();
  await ana.do(announcePresence, { body: { ...body, tab: tabs.ana, editing: true } });
  await ears.until(`"topic":"presence","keys":["${patient.patientId}"]`);
  const { others } = await ben.do(announcePresence, { body: { ...body, tab: tabs.ben } });
  expect(others).toEqual([{ staffId: ana.staffId, name: 'Ana Ruiz', editing: true }]);
  // What a session may do is looked up once; nothing else is asked of the database.
  expect(office.statements() - before).toBeLessThanOrEqual(2);
  expect(ears.heard()).not.toMatch(/Ana|Quill/);
  await ears.close();
  const barred = await practice.as('biller');
  await practice.tx(async (tx) => {
    await sql`insert into role_changes (practice_id, role, permission, allowed)
      values (${tx.practiceId}, 'biller', 'patients.open', false)`.execute(tx.db);
    tx.touch('sessions');
  });
  const refused = await barred.ask(announcePresence, { body: { ...body, tab: 'tab-12345' } });
  expect(refused.status).toBe(403);
  expect(
    (await ana.ask(announcePresence, { body: { ...body, kind: 'secret', tab: 'tab-12345' } })).status,
  ).toBe(400);
});
