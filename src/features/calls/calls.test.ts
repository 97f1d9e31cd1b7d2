import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../test/office.ts';
import { addPeople } from '../../../test/practice.ts';
import { rounds, seed } from '../../../test/rounds.ts';
import { readToday } from '../../app/pages/today/today-api.ts';
import { localMinutes } from '../../platform/calendar/zones.ts';
import { seeded } from '../../platform/random.ts';
import { addContact } from '../contacts/api.ts';
import { recordConsents } from '../patients/consents/api.ts';
import { mergePatients } from '../patients/merging/api.ts';
import { addRelation } from '../patients/relations/api.ts';
import { addNote, listNotes } from '../team/notes/api.ts';
import * as api from './api.ts';
import { callDuties } from './duties.ts';
import type { NewCall } from './schema.ts';

const later = '2026-03-04T20:00:00.000Z';

describe.each(eitherStorage)('calls on %s', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let ana: Desk;
  let nurse: Desk;
  let ids: string[];
  beforeAll(async () => {
    office = await openTestOffice({ storage });
    practice = await office.practice();
    ana = await practice.as('secretary');
    nurse = await practice.as('nurse');
    ids = await practice.tx((tx) => addPeople(tx, 4));
  });
  afterAll(() => office.close());

  const idOf = (index: number) => ids[index] ?? '';
  const take = async (call: Partial<NewCall>, desk = ana) =>
    (await desk.do(api.takeCall, { body: { text: 'refill', callerName: 'Quinn', ...call } })).call;
  const [source] = callDuties;
  const owed = () =>
    practice.tx(
      async (tx) =>
        (await source?.list(tx.db, {
          now: office.clock.now(),
          practiceTimeZone: 'America/New_York',
        })) ?? [],
    );

  it('owes what was promised by its time to whom it was promised, until one key settles it', async () => {
    const call = await take({ patientId: idOf(0), reason: 'refill', promisedAt: later, ownerRole: 'nurse' });
    expect(call).toMatchObject({ patientName: 'Person 1 Test', doneAt: null, urgent: false, version: 1 });
    const [duty] = await owed();
    expect(duty).toMatchObject({ patientId: idOf(0), severity: 'calm', ownerRole: 'nurse' });
    const { duties } = await nurse.do(readToday, {});
    expect(duties.map((one) => [one.kind, one.mine])).toEqual([['call', true]]);
    const params = { id: call.callId };
    await nurse.do(api.recordTry, { params, body: { version: 1, kind: 'no-answer' } });
    const late = await ana.ask(api.finishCall, { params, body: { version: 1 } });
    expect([late.status, late.body.error]).toEqual([409, 'stale']);
    await nurse.do(api.finishCall, { params, body: { version: 2 } });
    expect(await owed()).toEqual([]);
    const { steps } = await ana.do(api.readCall, { params });
    expect(steps.map((step) => step.kind)).toEqual(['no-answer', 'done']);
    await nurse.do(api.reopenCall, { params, body: { version: 3 } });
    expect(await owed()).toHaveLength(1);
    await nurse.do(api.callInError, { params, body: { version: 4, reason: 'a test' } });
    expect(await owed()).toEqual([]);
  });

  it('owes nothing for a call without a promise, and at once where a word of danger was said', async () => {
    const calm = await take({ text: 'asks for directions' });
    expect([calm.doneAt !== null, calm.promisedAt]).toEqual([true, null]);
    const red = await take({ text: 'has chest pain since noon', patientId: idOf(1) });
    expect(red).toMatchObject({ urgent: true, redFlags: ['chest pain'], ownerRole: 'nurse', doneAt: null });
    await take({ text: 'wants a note', promisedAt: '2026-03-04T10:00:00.000Z', ownerRole: 'nurse' });
    expect((await owed()).map((duty) => [duty.severity, duty.title.startsWith('URGENT')])).toEqual([
      ['danger', true],
      ['wrong', false],
    ]);
    const { calls } = await ana.do(api.listOpenCalls, {});
    expect(calls[0]?.callId).toBe(red.callId);
  });

  it('finds who calls among patients, authorized persons and the directory, and keeps a stranger as typed', async () => {
    const { relation } = await ana.do(addRelation, {
      params: { id: idOf(2) },
      body: {
        name: 'Zoë Farrow',
        relationship: 'daughter',
        phone: '518 555 0177',
        mayHear: ['billing'],
        proof: 'form',
      },
    });
    const phones = [{ kind: 'office' as const, number: '518-555-0166' }];
    await practice.manager.do(addContact, {
      body: { contact: { kind: 'organization', organizationName: 'Birch Pharmacy', phones } },
    });
    const find = async (text: string) =>
      (await ana.do(api.findCallers, { body: { text } })).callers.map((one) => [
        one.kind,
        one.callerKind,
        one.name,
      ]);
    expect(await find('5185550177')).toEqual([['relation', 'family', 'Zoë Farrow']]);
    expect(await find('0177')).toEqual([['relation', 'family', 'Zoë Farrow']]);
    expect(await find('zoe farrow')).toEqual([['relation', 'family', 'Zoë Farrow']]);
    expect(await find('(518) 555-0166')).toEqual([['contact', 'pharmacy', 'Birch Pharmacy']]);
    expect((await find('test person')).every(([kind]) => kind === 'patient')).toBe(true);
    expect(await find('nobody of that name')).toEqual([]);
    const call = await take({
      ...{ callerKind: 'family', callerName: '', relationId: relation.relationId, patientId: idOf(2) },
      identity: { state: 'verified', identifiers: ['born-on', 'phone'] },
    });
    expect(call).toMatchObject({ callerName: 'Zoë Farrow', identity: 'verified' });
    const strange = await take({ relationId: relation.relationId, patientId: idOf(1) }).catch((error) =>
      String(error),
    );
    expect(strange).toContain('authorized person');
    const one = { state: 'verified' as const, identifiers: ['phone' as const] };
    const unproved = await ana.ask(api.takeCall, { body: { text: 'x', callerName: 'Q', identity: one } });
    expect(unproved.status).toBe(400);
    const stranger = await take({
      callerKind: 'other',
      callerName: 'Dana from the mill',
      callbackPhone: '518 555 0199',
    });
    expect([stranger.callerName, stranger.callbackPhone]).toEqual(['Dana from the mill', '+15185550199']);
    const params = { id: stranger.callId };
    const about = await ana.do(api.sayAboutWhom, { params, body: { version: 1, patientId: idOf(3) } });
    expect(about.call).toMatchObject({ patientId: idOf(3), callerName: 'Dana from the mill' });
  });

  it('leaves a message only where the patient allows it', async () => {
    const answers = [
      { channel: 'voicemail' as const, purpose: 'results' as const, state: 'refused' as const },
    ];
    const body = { answers, how: 'phone' as const, lastId: null };
    await ana.do(recordConsents, { params: { id: idOf(3) }, body });
    const call = await take({ patientId: idOf(3), reason: 'results', promisedAt: later, ownerRole: 'nurse' });
    const params = { id: call.callId };
    expect((await nurse.do(api.readCall, { params })).mayLeaveMessage).toBe('no');
    const left = { version: 1, kind: 'left-message' as const };
    const refused = await nurse.ask(api.recordTry, { params, body: left });
    expect([refused.status, refused.body.message]).toEqual([
      409,
      expect.stringContaining('wants no voicemail'),
    ]);
    const bill = await take({ patientId: idOf(3), reason: 'billing', promisedAt: later });
    expect((await nurse.do(api.recordTry, { params: { id: bill.callId }, body: left })).call.lastTried).toBe(
      'left-message',
    );
    const to = { version: 1, ownerStaffId: ana.staffId, promisedAt: later, note: 'knows her' };
    const { call: handed } = await nurse.do(api.handOverCall, { params, body: to });
    expect([handed.ownerStaffId, handed.ownerRole]).toEqual([ana.staffId, null]);
    expect((await owed()).some((duty) => duty.subjectId === call.callId)).toBe(true);
  });

  it('goes along when two records become one', async () => {
    const before = (await ana.do(api.listPatientCalls, { params: { id: idOf(3) } })).calls.length;
    const body = { version: 1, otherId: idOf(3), otherVersion: 1, choices: {} };
    await ana.do(mergePatients, { params: { id: idOf(0) }, body });
    expect((await ana.do(api.listPatientCalls, { params: { id: idOf(0) } })).calls).toHaveLength(before);
  });

  it('has notes of colleagues, which stand on the record once it is known whom it is about', async () => {
    const call = await take({});
    const noted = { aboutKind: 'call', aboutId: call.callId, text: 'Rang twice before, @nurse' };
    const { note } = await ana.do(addNote, { body: noted });
    expect(note).toMatchObject({ subjectKind: 'call', patientId: null, mentions: [{ name: 'any nurse' }] });
    const on = async (kind: string, id: string) =>
      (await nurse.do(listNotes, { params: { kind, id } })).notes.map((one) => one.text);
    expect(await on('call', call.callId)).toEqual([note.text]);
    const params = { id: call.callId };
    const about = { version: call.version, patientId: idOf(1) };
    const said = await ana.do(api.sayAboutWhom, { params, body: about });
    expect(await on('patient', idOf(1))).toEqual([note.text]);
    const body = { version: said.call.version, reason: 'a test call' };
    await ana.do(api.callInError, { params, body });
    expect((await ana.ask(addNote, { body: noted })).status).toBe(404);
  });

  it('keeps the practice’s own reasons, words and instruction; two who save at once hear of it', async () => {
    const { settings } = await practice.manager.do(api.readCallSettings, {});
    const mine = { ...settings, redFlags: ['purple spots'], instruction: 'Fetch Dr. Lee.' };
    const nobody = await ana.ask(api.changeCallSettings, { body: { version: 0, settings: mine } });
    expect(nobody.status).toBe(403);
    const saved = await practice.manager.do(api.changeCallSettings, { body: { version: 0, settings: mine } });
    expect(saved.settings).toMatchObject({ version: 1, instruction: 'Fetch Dr. Lee.' });
    const again = await practice.manager.ask(api.changeCallSettings, {
      body: { version: 0, settings: mine },
    });
    expect([again.status, again.body.error]).toEqual([409, 'stale']);
    expect((await take({ text: 'purple spots on the arm' })).urgent).toBe(true);
    expect((await take({ text: 'chest pain' })).urgent).toBe(false);
  });

  it('counts by hour and reason as an independent count does', async () => {
    const other = await office.practice();
    const desk = await other.as('secretary');
    const random = seeded(seed(), 'calls');
    const expected = new Map<string, number>();
    const count = rounds(30, 300);
    await other.tx(async (tx) => {
      for (let index = 0; index < count; index++) {
        // Two weeks over the change to summer time on March 8
        const at = new Date(Date.parse('2026-03-01T05:00:00Z') + random.below(14 * 24 * 60) * 60_000);
        const reason = random.pick(['refill', 'billing', 'other']);
        const isWrong = random.chance(0.1);
        await sql`
          insert into calls (practice_id, call_id, at, caller_kind, caller_name, reason, text, done_at,
            entered_in_error_at)
          values (${tx.practiceId}, gen_random_uuid(), ${at}, 'other', 'Q', ${reason}, 'x', ${at},
            ${isWrong ? at : null})`.execute(tx.db);
        if (isWrong) continue;
        const hour = Math.floor(localMinutes(at.getTime(), 'America/New_York') / 60);
        const key = `${hour} ${reason}`;
        expected.set(key, (expected.get(key) ?? 0) + 1);
      }
    });
    const query = { from: '2026-03-01', to: '2026-03-15' };
    const { cells } = await desk.do(api.countCalls, { query });
    expect(new Map(cells.map((cell) => [`${cell.hour} ${cell.reason}`, cell.count]))).toEqual(expected);
    const backwards = await desk.ask(api.countCalls, { query: { from: '2026-03-02', to: '2026-03-01' } });
    expect(backwards.status).toBe(400);
  });
});
