import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../src/app/lists.ts';
import { readToday } from '../src/app/pages/today/today-api.ts';
import * as calls from '../src/features/calls/api.ts';
import { registerPatient } from '../src/features/patients/api.ts';
import { setPhoto } from '../src/features/patients/photo/api.ts';
import { printDaySheets, printLabels, printSlips } from '../src/features/prints/api.ts';
import { changePackets, readPackets, writePacketNow } from '../src/features/prints/packet/api.ts';
import { restrictRecord } from '../src/features/privacy/api.ts';
import { restrictedName } from '../src/features/privacy/veil/rules.ts';
import { changeFeedSettings, makeFeed } from '../src/features/schedule/feeds/api.ts';
import { listFaces, readWall } from '../src/features/schedule/flow/api.ts';
import { makeWall } from '../src/features/schedule/flow/walls/api.ts';
import { bookSeat, planSession, readSession } from '../src/features/schedule/groups/api.ts';
import { listPins, pinVisit } from '../src/features/schedule/pinboard/api.ts';
import { listOutside } from '../src/features/schedule/setup/api.ts';
import { bookVisit } from '../src/features/schedule/visits/api.ts';
import { changeTask, makeTask } from '../src/features/tasks/api.ts';
import { draftHandoff, openHandoff, sendHandoff } from '../src/features/team/handoffs/api.ts';
import { addNote } from '../src/features/team/notes/api.ts';
import { listAudit } from '../src/platform/audit/api.ts';
import { announcePresence } from '../src/platform/http/api.ts';
import { type Desk, eitherStorage, openTestOffice, type TestOffice, type TestPractice } from './office.ts';
import { pdftotext, textOf, textOfBase64 } from './pdf-text.ts';
import { grayPng } from './picture.ts';
import { setUpSchedule, type TestSchedule } from './practice.ts';

/**
 * Where a restricted record could be seen, and what stands there instead for who is not on its list: each place a
 * test, and all reads at once. Who may open what is in who-sees-what.test.ts.
 */
const date = '2026-03-04';
const phone = '+12125550777';
// The year only within a date: numbers of records hold any four digits
const leak = /zelda|quartermain|\b1971-\d\d-\d\d\b|\/1971\b|5550777|555-0777|Z\. ?Q\./i;
let office: TestOffice;
let practice: TestPractice;
let plan: TestSchedule;
/** On the list. */
let manager: Desk;
/** With everything a role may see, and not on the list. */
let other: Desk;
let id = '';
let visitId = '';
let taskId = '';
let sessionId = '';
let handoffId = '';

beforeAll(async () => {
  office = await openTestOffice({ storage: eitherStorage.at(-1) ?? 'embedded' });
  practice = await office.practice();
  plan = await setUpSchedule(practice, 1);
  manager = practice.manager;
  other = await practice.as('secretary', 'nurse', 'biller', 'auditor', 'manager');
  const name = { familyName: 'Quartermain', givenName: 'Zelda', bornOn: '1971-05-06' };
  const patient = { ...name, phones: [{ kind: 'mobile' as const, number: phone }] };
  id = (await manager.do(registerPatient, { body: { patient } })).patient.patientId;
  await addWork();
  const listed = { kind: 'vip' as const, roles: [], accountIds: [manager.accountId], careTeam: false };
  await manager.do(restrictRecord, { params: { id }, body: { ...listed, version: 0 } });
});
afterAll(() => office.close());

/** Everything that a day brings about a person. */
async function addWork(): Promise<void> {
  const at = { visitTypeId: plan.followUp, physicianId: plan.lee, siteId: plan.main, patientId: id };
  const book = async (startsAt: string) =>
    (await other.do(bookVisit, { body: { ...at, startsAt, reason: 'about Zelda' } })).visit.visitId;
  visitId = await book(`${date}T18:15:00.000Z`);
  const pinned = await book('2026-03-05T18:15:00.000Z');
  await other.do(pinVisit, { params: { id: pinned }, body: {} });
  const due = { dueAt: `${date}T20:00:00Z`, patientId: id, ownerStaffId: other.staffId };
  const { task } = await other.do(makeTask, { body: { ...due, text: 'Call Zelda' } });
  taskId = task.taskId;
  const change = { ...due, text: 'Call Zelda Quartermain' };
  await other.do(changeTask, { params: { id: taskId }, body: { ...change, version: task.version } });
  await other.do(addNote, { body: { aboutKind: 'patient', aboutId: id, text: 'Zelda asked @Ana Ruiz' } });
  const call = { callerName: 'Zelda Quartermain', callbackPhone: phone, text: 'Zelda wants her results' };
  const promise = { promisedAt: `${date}T19:00:00Z`, ownerRole: 'secretary' as const };
  await other.do(calls.takeCall, { body: { ...call, ...promise, patientId: id } });
  const group = { name: 'Class', visitTypeId: plan.followUp, siteId: plan.main, physicianId: plan.okoye };
  const body = { ...group, minutes: 60, capacity: 4, startsAt: `${date}T19:00:00.000Z` };
  sessionId = (await other.do(planSession, { body })).session.sessionId;
  const [someone = ''] = plan.patients;
  for (const patientId of [id, someone])
    await other.do(bookSeat, { params: { id: sessionId }, body: { patientId } });
  const picture = { data: grayPng(), source: 'file' as const };
  await other.do(setPhoto, { params: { id }, body: picture });
  const draft = await other.do(draftHandoff, {});
  const handoff = { toRole: 'nurse' as const, items: draft.items.map(({ key }) => ({ key })) };
  handoffId = (await other.do(sendHandoff, { body: handoff })).handoff.handoffId;
}

const says = (answer: unknown) => leak.test(JSON.stringify(answer));

describe('of a restricted record, who is not on its list sees', () => {
  it('on the roster of a group that someone has a seat, after the names', async () => {
    const { members } = await other.do(readSession, { params: { id: sessionId } });
    expect(members.map((one) => one.patientName)).toEqual(['Test, Person 1', restrictedName]);
    expect(says(members)).toBe(false);
    const seen = await manager.do(readSession, { params: { id: sessionId } });
    expect(seen.members.map((one) => one.patientName)).toEqual(['Quartermain, Zelda', 'Test, Person 1']);
  });

  it('at the side of the desk that a visit is pinned', async () => {
    const { pins } = await other.do(listPins, {});
    expect(pins.map((one) => one.visit.patientName)).toEqual([restrictedName]);
    expect(says(pins)).toBe(false);
  });

  it('no face on the flow board', async () => {
    expect((await other.do(listFaces, { query: { date } })).faces).toEqual([]);
    const { faces } = await manager.do(listFaces, { query: { date } });
    expect(faces.map((one) => one.patientId)).toEqual([id]);
  });

  it('in the call log that a call came, and nothing of it', async () => {
    for (const { calls: shown } of [
      await other.do(calls.listOpenCalls, {}),
      await other.do(calls.listCallsOfDay, { query: { date } }),
    ]) {
      expect(shown.map((one) => one.patientName)).toEqual([restrictedName]);
      expect(says(shown)).toBe(false);
    }
    for (const text of [phone, 'quartermain'])
      expect((await other.do(calls.findCallers, { body: { text } })).callers).toEqual([]);
  });

  it('in the draft of a hand-off and in one that was sent that something is owed', async () => {
    const draft = await other.do(draftHandoff, {});
    const hidden = draft.items.filter((one) => one.patientId === id);
    expect(new Set(hidden.map((one) => one.title))).toEqual(new Set([restrictedName]));
    expect(draft.notes).toMatchObject([{ patientName: restrictedName, text: '' }]);
    const { handoff } = await other.do(openHandoff, { params: { id: handoffId } });
    expect(handoff.items.filter((one) => one.patientId === id).length).toBeGreaterThan(0);
    expect(says([draft, handoff])).toBe(false);
    expect(says(await manager.do(openHandoff, { params: { id: handoffId } }))).toBe(true);
  });

  it('no colleague who has it open, and nobody is told that they have', async () => {
    for (const [kind, about] of [
      ['patient', id],
      ['visit', visitId],
      ['task', taskId],
    ] as const) {
      const there = { kind, id: about };
      await manager.do(announcePresence, { body: { ...there, tab: `manager-${kind}` } });
      const heard = await other.do(announcePresence, { body: { ...there, tab: `other-${kind}` } });
      expect(heard.others, kind).toEqual([]);
      const { others } = await manager.do(announcePresence, { body: { ...there, tab: `manager-${kind}` } });
      expect(others, kind).toEqual([]);
    }
    const plain = { kind: 'patient', id: plan.patients[0] ?? '' };
    await manager.do(announcePresence, { body: { ...plain, tab: 'manager-plain' } });
    const { others } = await other.do(announcePresence, { body: { ...plain, tab: 'other-plain' } });
    expect(others).toMatchObject([{ staffId: manager.staffId }]);
  });

  it('in the audit that something was done, and not what it says', async () => {
    const { records } = await other.do(listAudit, { query: { limit: 200 } });
    expect(records.filter((one) => one.subjectIds.includes(id)).map((one) => one.after)).toContain(null);
    expect(records.map((one) => one.action)).toEqual(expect.arrayContaining(['task.changed', 'call.taken']));
    expect(says(records)).toBe(false);
    expect(says(await manager.do(listAudit, { query: { limit: 200 } }))).toBe(true);
  });

  it('no label and no routing slip', async () => {
    const labels = { kind: 'chart' as const, patientIds: [id] };
    expect((await other.ask(printLabels, { body: labels })).status).toBe(428);
    expect((await other.ask(printSlips, { body: { visitIds: [visitId] } })).status).toBe(428);
  });

  it('in no read of any route who it is', async () => {
    const found: string[] = [];
    for (const { endpoint } of routes) {
      if (endpoint.kind !== 'read' || /^\/(fhir|api\/privacy)\//.test(endpoint.path)) continue;
      const [, , of = ''] = endpoint.path.split('/');
      const about = { visits: visitId, tasks: taskId, groups: sessionId, handoffs: handoffId }[of] ?? id;
      const address = endpoint.path.replace(/:(\w+)/g, (_, field) => (field === 'kind' ? 'patient' : about));
      const answer = await readAll(address, endpoint.method);
      expect(answer.status, endpoint.path).toBeLessThan(500);
      if (leak.test(await answer.text())) found.push(`${endpoint.method} ${endpoint.path}`);
    }
    expect(found).toEqual([]);
  }, 60_000);
});

/** As much as a route would say: fields that it does not know are let go. */
function readAll(address: string, method: string): Promise<Response> {
  const days = { date, from: date, to: '2026-03-20', physicianId: plan.lee, siteId: plan.main };
  const headers = { authorization: `Bearer ${other.token}`, 'content-type': 'application/json' };
  if (method === 'GET') {
    const query = new URLSearchParams({ ...days, who: 'everyone', show: 'all', year: '2026' });
    return fetch(`${office.url}${address}?${query}`, { headers });
  }
  const names = { text: 'quarter', familyName: 'Quartermain', givenName: 'Zelda', phones: [phone] };
  const body = { ...days, ...names, visitTypeId: plan.followUp, startsAt: `${date}T18:15:00.000Z` };
  return fetch(office.url + address, { method, headers, body: JSON.stringify(body) });
}

describe('what everyone sees names nobody who is restricted, whoever asked for it', () => {
  it('the screen on the wall: no initials', async () => {
    for (const desk of [other, manager]) {
      const { visits } = await desk.do(readWall, { query: { date } });
      expect(visits.map((one) => one.initials).sort()).toEqual(['', '', 'P. T.']);
    }
    const made = await manager.do(makeWall, { body: { name: 'Waiting room' } });
    const page = await (await fetch(office.url + made.path)).text();
    expect(page.match(/<li/g)).toHaveLength(3);
    expect(leak.test(page)).toBe(false);
  });

  it('a calendar feed with names: the kind of visit alone', async () => {
    await manager.do(changeFeedSettings, { body: { names: 'names', version: 1 } });
    const made = await manager.do(makeFeed, { body: { physicianId: plan.lee } });
    const text = await (await fetch(office.url + made.path)).text();
    expect(text.match(/SUMMARY:.*/g)?.map((line) => line.trim())).toEqual(
      expect.arrayContaining(['SUMMARY:Follow-up']),
    );
    expect(leak.test(text)).toBe(false);
  });

  it.runIf(pdftotext)(
    'the downtime packet, and the day sheet of who may not open it',
    async () => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-where-'));
      const { hasPassword: _, ...settings } = (await manager.do(readPackets)).settings;
      await manager.do(changePackets, { body: { ...settings, folder, password: null } });
      const { file } = await manager.do(writePacketNow);
      const packet = textOf(readFileSync(path.join(folder, file)));
      rmSync(folder, { recursive: true, force: true });
      const sheet = async (desk: Desk) =>
        textOfBase64((await desk.do(printDaySheets, { body: { date, physicianIds: [] } })).pdf);
      const others = await sheet(other);
      for (const text of [packet, others]) {
        expect(text).toContain(restrictedName);
        expect(leak.test(text)).toBe(false);
      }
      expect(await sheet(manager)).toContain('Quartermain');
    },
    60_000,
  );

  it('Today: owed by someone, and nothing of what', async () => {
    const { duties } = await other.do(readToday, { query: { who: 'everyone' } });
    expect(duties.filter((one) => one.patientId === id).length).toBeGreaterThan(2);
    expect(says(duties)).toBe(false);
  });
});

it('a seat of a group lies within the hours of its session', async () => {
  expect(await other.do(listOutside, {})).toEqual({ count: 0, visits: [] });
});
