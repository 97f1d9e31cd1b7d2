import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, openTestOffice, type TestOffice } from '../../../../test/office.ts';
import { setUpSchedule } from '../../../../test/practice.ts';
import { mergePatients } from '../../../features/patients/merging/api.ts';
import { finishTask, makeTask } from '../../../features/tasks/api.ts';
import * as handoffs from '../../../features/team/handoffs/api.ts';
import * as notes from '../../../features/team/notes/api.ts';
import { todayBoard } from '../../lists.ts';
import { readToday } from './today-api.ts';

let office: TestOffice;
const pace = todayBoard.paceMs;
beforeAll(async () => {
  office = await openTestOffice();
  todayBoard.paceMs = 0;
});
afterAll(async () => {
  todayBoard.paceMs = pace;
  await office.close();
});

const ten = Date.parse('2026-03-04T15:00:00.000Z');
const at = (minutes: number) => new Date(ten + minutes * 60_000).toISOString();
const duties = async (desk: Desk) => (await desk.do(readToday, {})).duties;
const titles = async (desk: Desk) => (await duties(desk)).map((duty) => duty.title);

describe('a hand-off', () => {
  test('is drafted from what is open, asked about, answered, acknowledged; what was theirs by name goes along', async () => {
    const practice = await office.practice();
    const [ana, ben, eve] = [
      await practice.as('secretary'),
      await practice.as('secretary'),
      await practice.as('nurse'),
    ];
    const make = async (text: string, more = {}) =>
      (await ana.do(makeTask, { body: { text, dueAt: at(60), ownerStaffId: ana.staffId, ...more } })).task;
    const [first, second] = [await make('call the lab'), await make('send the fax')];
    await make('stock the room', { ownerStaffId: null, ownerRole: 'secretary' });
    const draft = await ana.do(handoffs.draftHandoff, {});
    expect(draft.items.map((item) => `${item.title} ${item.personal}`)).toEqual([
      'call the lab true',
      'send the fax true',
      'stock the room false',
    ]);
    await ana.do(finishTask, { params: { id: second.taskId }, body: { version: second.version } });
    const items = draft.items.map(({ key }) => ({ key, note: 'by noon' }));
    const body = { toStaffId: ben.staffId, text: 'Good night', items };
    const { handoff } = await ana.do(handoffs.sendHandoff, { body });
    // Settled before it was sent: left out.
    expect(handoff).toMatchObject({ count: 2, toName: 'Ana Ruiz', acknowledgedAt: null });
    const params = { id: handoff.handoffId };
    // It is nobody else's: a nurse does not find it.
    expect((await eve.ask(handoffs.openHandoff, { params })).status).toBe(404);
    expect((await ana.ask(handoffs.acknowledgeHandoff, { params, body: { version: 1 } })).status).toBe(403);

    expect(await titles(ben)).toContain('Take over from Ana Ruiz');
    await ben.do(handoffs.askAboutHandoff, { params, body: { version: 1, text: 'Which lab?' } });
    expect(await titles(ana)).toContain('Answer Ana Ruiz');
    await ana.do(handoffs.answerHandoff, { params, body: { version: 2, text: 'The one on Elm Street' } });
    expect(await titles(ana)).not.toContain('Answer Ana Ruiz');
    office.clock.set(ten + 31 * 60_000);
    const late = (await duties(ben)).find((duty) => duty.kind === 'handoff.unacknowledged');
    expect(late?.severity).toBe('wrong');
    office.clock.set(ten);

    await ben.do(handoffs.acknowledgeHandoff, { params, body: { version: 3 } });
    expect(await titles(ben)).toContain('call the lab');
    expect(await titles(ana)).not.toContain('call the lab');
    await ben.do(finishTask, { params: { id: first.taskId }, body: { version: first.version } });
    const { handoff: read } = await ben.do(handoffs.openHandoff, { params });
    expect(read.items.map((item) => [item.title, item.open, item.note])).toEqual([
      ['call the lab', false, 'by noon'],
      ['stock the room', true, 'by noon'],
    ]);
    expect(read.words.map((word) => word.kind)).toEqual(['question', 'answer']);
    const again = await practice.manager.ask(handoffs.acknowledgeHandoff, { params, body: { version: 4 } });
    expect(again.body.message).toBe('Ana Ruiz has acknowledged this already.');
    expect((await ben.do(handoffs.listHandoffs, {})).handoffs).toHaveLength(1);
  });

  test('to a role is read by any of it, without what their roles do not include, and taken back while open', async () => {
    const practice = await office.practice();
    const lin = await practice.as('nurse');
    const { manager } = practice;
    await manager.do(makeTask, {
      body: { text: 'sign the order', dueAt: at(30), ownerStaffId: manager.staffId },
    });
    const { items } = await manager.do(handoffs.draftHandoff, {});
    const body = { toRole: 'nurse' as const, items: items.map(({ key }) => ({ key })) };
    const { handoff } = await manager.do(handoffs.sendHandoff, { body });
    const params = { id: handoff.handoffId };
    expect((await lin.do(handoffs.openHandoff, { params })).handoff).toMatchObject({ mayAcknowledge: true });
    await practice.tx(async (tx) => {
      await sql`update handoff_items set permission = 'office.upkeep'`.execute(tx.db);
    });
    const { handoff: read } = await lin.do(handoffs.openHandoff, { params });
    expect(read.items).toMatchObject([{ title: '', detail: '', open: false }]);
    expect((await lin.ask(handoffs.withdrawHandoff, { params, body: { version: 1 } })).status).toBe(403);
    await manager.do(handoffs.withdrawHandoff, { params, body: { version: 1 } });
    expect(await titles(lin)).toEqual([]);
  });
});

describe('a note', () => {
  test('mentions a colleague until it is read, keeps what it said, is struck out with a reason', async () => {
    const practice = await office.practice();
    const { patients } = await setUpSchedule(practice, 2);
    const [ana, lin] = [await practice.as('secretary'), await practice.as('nurse')];
    const [one = '', other = ''] = patients;
    const write = { aboutKind: 'patient', aboutId: one, text: '@Max Okafor and @nurse: call her' };
    const { note } = await ana.do(notes.addNote, { body: write });
    expect(note).toMatchObject({ inRecord: false, patientId: one });
    const [mention] = (await duties(lin)).filter((duty) => duty.kind === 'note.mention');
    expect(mention).toMatchObject({
      title: 'Ana Ruiz: “@Max Okafor and @nurse: call her”',
      ownerRole: 'nurse',
    });
    expect(mention?.patientId).toBe(one);
    const params = { id: mention?.subjectId ?? '' };
    await lin.do(notes.readMention, { params, body: { version: 1 } });
    expect((await duties(lin)).filter((duty) => duty.kind === 'note.mention')).toEqual([]);
    const own = { id: note.noteId };
    const changed = { version: 1, text: '@nurse: call her daughter', inRecord: true };
    expect((await lin.ask(notes.changeNote, { params: own, body: changed })).status).toBe(403);
    await ana.do(notes.changeNote, { params: own, body: changed });
    // Who is no longer named need not read it.
    const owed = (await duties(practice.manager)).filter((duty) => duty.kind === 'note.mention');
    expect(owed).toEqual([]);
    const { versions } = await lin.do(notes.listNoteVersions, { params: own });
    expect(versions).toMatchObject([{ version: 1, text: '@Max Okafor and @nurse: call her' }]);
    await ana.do(notes.strikeNote, { params: own, body: { version: 2, reason: 'wrong person' } });
    const about = { kind: 'patient', id: one };
    const { notes: listed } = await lin.do(notes.listNotes, { params: about });
    expect(listed).toMatchObject([{ struckReason: 'wrong person', inRecord: true }]);
    const gone = await ana.ask(notes.changeNote, { params: own, body: { ...changed, version: 3 } });
    expect(gone.status).toBe(409);

    const merge = { version: 1, otherId: one, otherVersion: 1 };
    await practice.manager.do(mergePatients, { params: { id: other }, body: merge });
    const moved = await lin.do(notes.listNotes, { params: { kind: 'patient', id: other } });
    expect(moved.notes.map((each) => each.subjectId)).toEqual([other]);
  });

  test('on what is not here, or what their roles do not show, is refused', async () => {
    const practice = await office.practice();
    const ana = await practice.as('secretary');
    const body = { aboutKind: 'patient', aboutId: ana.staffId, text: 'hello' };
    expect((await ana.ask(notes.addNote, { body })).status).toBe(404);
    expect((await ana.ask(notes.addNote, { body: { ...body, aboutKind: 'secret' } })).status).toBe(404);
    const auditor = await practice.as('auditor');
    expect((await auditor.ask(notes.addNote, { body })).status).toBe(403);
  });
});
