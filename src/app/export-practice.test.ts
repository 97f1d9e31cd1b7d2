import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { validateResource } from '@medplum/core';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { indexDefinitions } from '../../test/fhir/program.ts';
import { fillPractice } from '../../test/fill.ts';
import { fillPrivacy } from '../../test/fill-privacy.ts';
import { fillRest } from '../../test/fill-rest.ts';
import { fillMessages } from '../../test/message-tables.ts';
import { eitherStorage, openTestOffice, type TestOffice, type TestPractice } from '../../test/office.ts';
import { fillOnline } from '../../test/online-tables.ts';
import { grayPng } from '../../test/picture.ts';
import { setUpSchedule, type TestSchedule } from '../../test/practice.ts';
import { fillRescue } from '../../test/rescuing.ts';
import { fillGroup, fillSeries } from '../../test/series.ts';
import { fillTeam } from '../../test/team-tables.ts';
import { fillTemplates } from '../../test/template-tables.ts';
import { fillWaitlist } from '../../test/waitlist-tables.ts';
import { changeCallSettings, readCallSettings, recordTry, takeCall } from '../features/calls/api.ts';
import { addContact } from '../features/contacts/api.ts';
import { addPatientContact } from '../features/contacts/people/api.ts';
import { cellText, leftOutTables } from '../features/exports/rules.ts';
import { orderFollowUp, recordAttempt } from '../features/follow-ups/api.ts';
import { addRecallRule } from '../features/follow-ups/recalls/api.ts';
import { plainCell } from '../features/imports/rules.ts';
import { addAlert, openPatient } from '../features/patients/api.ts';
import { changeChartSettings, moveChart } from '../features/patients/charts/api.ts';
import { registerPatients } from '../features/patients/commands.ts';
import { recordConsents } from '../features/patients/consents/api.ts';
import { reviewAdult } from '../features/patients/families/api.ts';
import { wholeRow } from '../features/patients/kept/rules.ts';
import { mergePatients } from '../features/patients/merging/api.ts';
import { setPhoto } from '../features/patients/photo/api.ts';
import { addRelation } from '../features/patients/relations/api.ts';
import { bookVisit, confirmVisit } from '../features/schedule/visits/api.ts';
import { makeTask } from '../features/tasks/api.ts';
import { type AuditRecord, chainMac } from '../platform/audit/chain.ts';
import { withLink } from '../platform/db/transaction.ts';
import { type ExportManifest, exportPractice } from './export-practice.ts';
import { importFhir } from './import-fhir.ts';
import { exporters } from './person-lists.ts';

const hostile = '=cmd|"/c calc"!A1, and\nmore';
async function fillAll(practice: TestPractice): Promise<TestSchedule> {
  await fillPractice(practice);
  const plan = await setUpSchedule(practice);
  const [first = '', second = '', third = ''] = plan.patients;
  const { manager } = practice;
  await practice.tx((tx) =>
    registerPatients(tx, [
      {
        familyName: 'Nuñez-O’Hara',
        givenName: '@SUM(A1)',
        bornOn: '1950-02-28',
        sex: 'female',
        note: hostile,
        phones: [{ kind: 'home', number: '+15185550142' }],
        addresses: [{ kind: 'home', line1: '2 "Main" St', city: 'Troy', state: 'NY', zip: '12180' }],
      },
    ]),
  );
  await manager.do(addAlert, { params: { id: first }, body: { text: hostile, tone: 'wrong' } });
  await manager.do(addRelation, {
    params: { id: first },
    body: { name: hostile.slice(0, 60), mayHear: ['billing'], proof: 'phone' },
  });
  await manager.do(reviewAdult, { params: { id: first }, body: {} });
  await manager.do(moveChart, { params: { id: first }, body: { endsId: null, shelf: 'Room 2', note: '=1' } });
  await manager.do(changeChartSettings, { body: { version: 0, outDays: 9 } });
  await manager.do(setPhoto, { params: { id: first }, body: { data: grayPng(), source: 'file' } });
  const { call } = await manager.do(takeCall, {
    body: { text: hostile, callerName: '=Q', patientId: first, promisedAt: '2026-03-05T15:00:00.000Z' },
  });
  await manager.do(recordTry, {
    params: { id: call.callId },
    body: { version: 1, kind: 'no-answer', note: hostile },
  });
  const { settings } = await manager.do(readCallSettings, {});
  await manager.do(changeCallSettings, { body: { version: 0, settings } });
  const answers = [{ channel: 'text' as const, purpose: 'billing' as const, state: 'refused' as const }];
  await manager.do(recordConsents, { params: { id: first }, body: { answers, how: 'form', lastId: null } });
  await manager.do(makeTask, {
    body: { text: hostile, dueAt: '2026-03-05T15:00:00.000Z', patientId: first },
  });
  const { visit } = await manager.do(bookVisit, {
    body: {
      patientId: first,
      visitTypeId: plan.followUp,
      physicianId: plan.lee,
      siteId: plan.main,
      startsAt: '2026-03-05T14:00:00.000Z',
    },
  });
  await manager.do(confirmVisit, { params: { id: visit.visitId }, body: { version: visit.version } });
  const ordered = { patientId: first, visitTypeId: plan.followUp, targetOn: '2026-06-04', first: ['=MRI'] };
  const { followUp } = await manager.do(orderFollowUp, { body: { ...ordered, instructions: hostile } });
  const rule = { name: '=Recall', afterTypeIds: [plan.newPatient], visitTypeId: plan.followUp, months: 3 };
  await manager.do(addRecallRule, { body: rule });
  const tried = { version: 1, channel: 'call', outcome: 'no-answer', note: hostile } as const;
  await manager.do(recordAttempt, { params: { id: followUp.followUpId }, body: tried });
  const { contact } = await manager.do(addContact, {
    body: { contact: { familyName: 'Osei', note: hostile, npi: null } },
  });
  const body = { contactId: contact.contactId, role: 'referring' as const };
  await manager.do(addPatientContact, { params: { id: first }, body });
  await fillPrivacy(practice, plan, hostile);
  await fillOnline(practice, plan);
  await fillTeam(practice);
  await fillWaitlist(practice, plan);
  await fillMessages(practice, plan, visit.visitId);
  await fillRest(practice, plan, contact.contactId);
  await fillSeries(practice, plan);
  await fillGroup(practice, plan);
  await fillTemplates(practice, plan);
  await fillRescue(practice, plan);
  const one = (await manager.do(openPatient, { params: { id: second } })).patient;
  const other = (await manager.do(openPatient, { params: { id: third } })).patient;
  await manager.do(mergePatients, {
    params: { id: second },
    body: { version: one.version, otherId: third, otherVersion: other.version },
  });
  return plan;
}

describe.each(eitherStorage)('a whole practice leaves (%s)', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let folder: string;
  let manifest: ExportManifest;

  beforeAll(async () => {
    indexDefinitions();
    office = await openTestOffice({ storage });
    practice = await office.practice();
    const another = await office.practice();
    await setUpSchedule(another);
    await fillAll(practice);
    folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-export-'));
    manifest = await exportPractice(office.store, practice.practiceId, folder, 2);
  });
  afterAll(async () => {
    await office.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const readLines = (file: string) =>
    readFileSync(path.join(folder, file), 'utf8').split('\n').filter(Boolean);

  it('knows every table that has a practice', async () => {
    const { rows } = await withLink(office.store.source, (link) =>
      link.query(
        `select c.relname::text as name from pg_class c join pg_attribute a on a.attrelid = c.oid
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'practice_id'`,
        [],
      ),
    );
    const covered = exporters.flatMap((one) => one.sections).flatMap(({ table }) => (table ? [table] : []));
    const all = rows.map((row) => String(row.name)).sort();
    expect([...covered, ...Object.keys(leftOutTables)].sort()).toEqual(all);
  });

  it('holds every row and column of every table', async () => {
    const withoutOf = (table: string) =>
      exporters.flatMap((one) => one.sections).find((one) => one.table === table)?.without ?? {};
    for (const { path: file, table, rows: count } of manifest.files) {
      if (!table || !file.endsWith('.csv')) continue;
      const { rows } = await practice.tx((tx) =>
        sql<{ row: Record<string, unknown> }>`select to_jsonb(t) as row from ${sql.table(table)} t`.execute(
          tx.db,
        ),
      );
      const [head = [], ...lines] = parse(readFileSync(path.join(folder, file))) as string[][];
      const columns = Object.keys(rows[0]?.row ?? {}).filter(
        (name) => !Object.hasOwn(withoutOf(table), name),
      );
      // Shorter in the table than what leaves.
      const leaving =
        table === 'patients' ? rows.map(({ row }) => wholeRow(row)) : rows.map(({ row }) => row);
      const kept = leaving.map((row) => columns.map((name) => cellText(row[name])).join(' | '));
      const left = lines.map((line) =>
        columns.map((name) => plainCell(line[head.indexOf(name)] ?? '')).join(' | '),
      );
      expect(left.sort(), table).toEqual(kept.sort());
      expect(count, table).toBe(rows.length);
      expect(count, table).toBeGreaterThan(0);
    }
  });

  it('runs nothing in a spreadsheet', () => {
    const cells = manifest.files
      .filter((file) => file.path.endsWith('.csv'))
      .flatMap((file) => parse(readFileSync(path.join(folder, file.path))) as string[][])
      .flat();
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toContain(`'${hostile}`);
  });

  it('names every file with its rows, bytes and SHA-256', () => {
    const found = ['tables', 'fhir', 'audit'].flatMap((part) =>
      readdirSync(path.join(folder, part)).map((name) => `${part}/${name}`),
    );
    expect(found.sort()).toEqual(manifest.files.map((file) => file.path).sort());
    for (const file of manifest.files) {
      const bytes = readFileSync(path.join(folder, file.path));
      expect(file.bytes).toBe(bytes.length);
      expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
    expect(JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'))).toEqual(manifest);
    expect(readFileSync(path.join(folder, 'tables/accounts.csv'), 'utf8')).not.toContain('password_hash');
  });

  it('holds the audit so that its chain can be checked, the export itself in it', () => {
    const records = readLines('audit/audit-records.ndjson').map((line) => JSON.parse(line));
    let mac: Buffer = Buffer.alloc(0);
    for (const row of records) {
      const record: AuditRecord = {
        ...{ seq: row.seq, at: row.at_ms, accountId: row.account_id, staffId: row.staff_id },
        ...{ requestId: row.request_id, action: row.action, subjectKind: row.subject_kind },
        ...{ subjectIds: row.subject_ids, reason: row.reason, before: row.before, after: row.after },
      };
      mac = chainMac(office.store.auditKey, mac, practice.practiceId, record);
      expect(row.mac).toBe(mac.toString('hex'));
    }
    expect(records.at(-1).action).toBe('practice.exported');
  });

  it('is valid FHIR R4', () => {
    const types = new Set<string>();
    for (const { path: file } of manifest.files.filter((one) => one.path.startsWith('fhir/'))) {
      for (const line of readLines(file)) {
        const resource = JSON.parse(line);
        types.add(resource.resourceType);
        validateResource(resource);
      }
    }
    expect([...types].sort()).toEqual(
      ['Appointment', 'Flag', 'Location', 'Organization', 'Patient', 'Practitioner', 'Schedule'].sort(),
    );
  });

  it('comes back into an empty practice with the same people', async () => {
    const empty = await office.practice();
    const result = await importFhir(office.store, empty.practiceId, path.join(folder, 'fhir'));
    expect(result.faults).toEqual([]);
    const people = (of: TestPractice) =>
      of.tx(async (tx) => {
        const { rows } = await sql`
          select family_name, given_name, born_on, sex,
            (select jsonb_agg(phone ->> 'number') from jsonb_array_elements(phones) phone) as phones, addresses
          from patients where entered_in_error_at is null
          order by family_name, given_name`.execute(tx.db);
        return rows;
      });
    expect(await people(empty)).toEqual(await people(practice));
  });

  it('goes into no folder that holds something', async () => {
    const taken = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-taken-'));
    writeFileSync(path.join(taken, 'mine.txt'), 'mine');
    await expect(exportPractice(office.store, practice.practiceId, taken)).rejects.toThrow(/is not empty/);
    expect(readdirSync(taken)).toEqual(['mine.txt']);
    rmSync(taken, { recursive: true });
  });
});
