import { randomUUID } from 'node:crypto';
import { validateResource } from '@medplum/core';
import type { Bundle } from '@medplum/fhirtypes';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexDefinitions } from '../../../test/fhir/program.ts';
import {
  type Desk,
  eitherStorage,
  openTestOffice,
  type TestOffice,
  type TestPractice,
} from '../../../test/office.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { imagesOf, type StoredImages } from '../../platform/audit/images.ts';
import { addContact } from '../contacts/api.ts';
import { addPatientContact } from '../contacts/people/api.ts';
import { addAlert, changePatient, openPatient } from '../patients/api.ts';
import { mergePatients } from '../patients/merging/api.ts';
import { bookVisit } from '../schedule/visits/api.ts';
import { makeTask } from '../tasks/api.ts';
import { exportRecord } from './api.ts';
import { referencesOf } from './rules.ts';

const hostile = '=HYPERLINK("http://x")';
const why = { recipient: 'The person themselves', purpose: 'Asked for a copy' };

describe.each(eitherStorage)('handing out a record (%s)', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let secretary: Desk;
  let plan: TestSchedule;
  let id: string;
  beforeAll(async () => {
    indexDefinitions();
    office = await openTestOffice({ storage });
    practice = await office.practice();
    plan = await setUpSchedule(practice);
    secretary = await practice.as('secretary');
    id = plan.patients[0] ?? '';
    await fillRecord();
  });
  afterAll(() => office.close());

  async function fillRecord() {
    const other = plan.patients[1] ?? '';
    await secretary.do(addAlert, { params: { id }, body: { text: 'Needs a ramp', tone: 'wait' } });
    await secretary.do(makeTask, {
      body: { text: hostile, dueAt: '2026-03-05T15:00:00.000Z', patientId: id },
    });
    const what = { visitTypeId: plan.newPatient, physicianId: plan.lee, siteId: plan.main };
    await secretary.do(bookVisit, {
      body: { ...what, patientId: other, startsAt: '2026-03-05T14:00:00.000Z', reason: hostile },
    });
    const { contact } = await secretary.do(addContact, {
      body: { contact: { familyName: 'Osei', givenName: 'Abena', credentials: 'MD' } },
    });
    await secretary.do(addPatientContact, {
      params: { id },
      body: { contactId: contact.contactId, role: 'referring' },
    });
    const { patient } = await secretary.do(openPatient, { params: { id } });
    const { patient: part } = await secretary.do(openPatient, { params: { id: other } });
    await secretary.do(mergePatients, {
      params: { id },
      body: { version: patient.version, otherId: other, otherVersion: part.version },
    });
    const { patient: merged } = await secretary.do(openPatient, { params: { id } });
    const change = { familyName: '+SUM(1,2)', givenName: '@Evil\u202e', note: '-1+2\nALERTS\n  - none' };
    await secretary.do(changePatient, { params: { id }, body: { version: merged.version, change } });
  }

  const handOut = (wanted = id) => secretary.do(exportRecord, { params: { id: wanted }, body: why });
  const fileOf = async (name: string, wanted = id) =>
    (await handOut(wanted)).files.find((file) => file.name === name)?.text ?? '';
  const tableOf = async (name: string) =>
    parse(await fileOf(name), { columns: true }) as Record<string, string>[];

  it('holds tables, FHIR, a text to read, and who looked at it', async () => {
    const { files } = await handOut();
    expect(files.map((file) => file.name)).toEqual(
      expect.arrayContaining([
        ...['record.txt', 'record.fhir.json', 'patients.csv', 'visits.csv', 'visit-steps.csv', 'tasks.csv'],
        ...['alerts.csv', 'phones.csv', 'addresses.csv', 'patient-contacts.csv', 'looked-at.csv'],
      ]),
    );
    const names = files.map((file) => file.name);
    for (const name of ['staff.csv', 'accounts.csv', 'audit-records.csv', 'contacts.csv'])
      expect(names).not.toContain(name);
    expect(await tableOf('phones.csv')).toMatchObject([{ number: "'+12125550123" }, {}]);
    expect(await tableOf('patient-contacts.csv')).toMatchObject([{ contact_name: 'Abena Osei MD' }]);
    expect(await tableOf('alerts.csv')).toMatchObject([{ text: 'Needs a ramp' }]);
  });

  it('holds what belonged to a record that became part of this one', async () => {
    expect(await tableOf('patients.csv')).toHaveLength(2);
    expect(await tableOf('visits.csv')).toMatchObject([{ physician_name: 'Dr. Lee' }]);
    const ofPart = (await handOut(plan.patients[1])).fileName;
    expect(ofPart).toBe((await handOut()).fileName);
  });

  it('is a valid FHIR Bundle in which every reference is met', async () => {
    const bundle: Bundle = JSON.parse(await fileOf('record.fhir.json'));
    validateResource(bundle);
    const held = new Set(bundle.entry?.map((one) => `${one.resource?.resourceType}/${one.resource?.id}`));
    expect([...referencesOf(bundle)].filter((one) => !held.has(one))).toEqual([]);
    const types = new Set(bundle.entry?.map((one) => one.resource?.resourceType));
    expect([...types].sort()).toEqual([
      'Appointment',
      'Flag',
      'Location',
      'Organization',
      'Patient',
      'Practitioner',
    ]);
    expect(JSON.stringify(bundle)).not.toContain(plan.patients[2]);
  });

  it('runs nothing in a spreadsheet, whatever a person is called', async () => {
    const { files } = await handOut();
    const tables = files.filter((file) => file.mediaType === 'text/csv');
    const cells = tables.flatMap((file) => (parse(file.text) as string[][]).flat());
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toEqual(expect.arrayContaining(["'+SUM(1,2)", "'@Evil\u202e", `'${hostile}`]));
  });

  it('reads as text in which a note cannot pass for another part', async () => {
    const text = await fileOf('record.txt');
    expect(text).toContain('Note: -1+2 ALERTS - none');
    expect(text.match(/^ALERTS$/gm)).toHaveLength(1);
    expect(text).toContain('With: Dr. Lee');
    expect(text).toContain('Who: Abena Osei MD');
  });

  it('is put on record with who receives it and what for, and tells so itself the next time', async () => {
    const asked = { recipient: 'County court', purpose: 'Order 12-345' };
    await secretary.do(exportRecord, { params: { id }, body: asked });
    const { rows } = await practice.tx((tx) =>
      sql<StoredImages & { reason: string; accountId: string; subjectIds: string[] }>`
        select reason, before, after, packed, account_id, subject_ids::text[] as subject_ids from audit_records
        where action = 'patient.exported' order by seq desc limit 1`.execute(tx.db),
    );
    expect(rows[0] && imagesOf(rows[0])).toMatchObject({ after: asked });
    expect(rows[0]).toMatchObject({
      reason: 'For County court: Order 12-345',
      accountId: secretary.accountId,
      subjectIds: [id],
    });
    expect(await tableOf('looked-at.csv')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          who: 'Ana Ruiz',
          action: 'patient.exported',
          reason: 'For County court: Order 12-345',
        }),
        expect.objectContaining({ action: 'patient.opened' }),
      ]),
    );
  });

  it('names nobody in the name of the file', async () => {
    expect((await handOut()).fileName).toMatch(/^record-[0-9a-f]{8}-2026-03-04$/);
  });

  it('is refused without a recipient and a purpose', async () => {
    for (const [field, body] of Object.entries({
      recipient: { ...why, recipient: ' ' },
      purpose: { ...why, purpose: '' },
    })) {
      const { status, body: answer } = await secretary.ask(exportRecord, { params: { id }, body });
      expect(status).toBe(400);
      expect(Object.keys(answer.fields ?? {})).toEqual([field]);
    }
  });

  it('is for the secretary and the manager', async () => {
    for (const role of ['biller', 'nurse', 'physician', 'auditor'] as const) {
      const desk = await practice.as(role);
      expect((await desk.ask(exportRecord, { params: { id }, body: why })).status, role).toBe(403);
    }
    expect((await practice.manager.ask(exportRecord, { params: { id }, body: why })).status).toBe(200);
  });

  it('finds nobody of another practice', async () => {
    const theirs = await office.practice();
    for (const wanted of [id, randomUUID()]) {
      const answer = await theirs.manager.ask(exportRecord, { params: { id: wanted }, body: why });
      expect(answer.status).toBe(404);
    }
  });
});
