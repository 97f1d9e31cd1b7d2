import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../test/office.ts';
import { setUpSchedule } from '../../../../test/practice.ts';
import { changePatient, openPatient, openPatientCard, searchPatients } from '../../patients/api.ts';
import { bookVisit, readVisit } from '../../schedule/visits/api.ts';
import { changePrivacySettings, readPrivacySettings } from '../api.ts';
import { listLooks } from './api.ts';
import { joined, looksTable } from './rules.ts';

const look = (seq: number, at: string, what = 'Opened the record') => ({
  ...{ seq, at, what, who: 'Ana Ruiz', role: 'Secretary' },
});

describe('looks', () => {
  it('that go on are one line; hours later it is another', () => {
    const looks = [
      look(3, '2026-03-04T17:00:00Z'),
      look(2, '2026-03-04T15:04:00Z'),
      look(1, '2026-03-04T15:00:00Z'),
    ];
    expect(joined(looks).map((one) => one.seq)).toEqual([3, 2]);
  });

  it('as a table run nothing in a spreadsheet', () => {
    const rows = looksTable([{ ...look(1, '2026-03-04T15:00:00Z'), who: '=Ana, "R"' }], (at) => at);
    expect(rows.split('\r\n')[1]).toBe(`2026-03-04T15:00:00Z,"'=Ana, ""R""",Secretary,Opened the record`);
  });
});

describe('who looked at my record', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let desk: Desk;
  let id = '';
  beforeAll(async () => {
    office = await openTestOffice();
    practice = await office.practice();
    const plan = await setUpSchedule(practice, 2);
    desk = await practice.as('secretary');
    id = plan.patients[0] ?? '';
    await desk.do(openPatient, { params: { id } });
    await desk.do(openPatientCard, { params: { id } });
    await desk.do(searchPatients, { body: { text: 'Test Person' } });
    const { patient } = await desk.do(openPatient, { params: { id: plan.patients[1] ?? '' } });
    await desk.do(changePatient, {
      params: { id: patient.patientId },
      body: { version: patient.version, change: { note: 'x' } },
    });
    const { visit } = await desk.do(bookVisit, {
      body: {
        ...{ patientId: id, visitTypeId: plan.followUp, physicianId: plan.lee, siteId: plan.main },
        startsAt: '2026-03-05T15:00:00Z',
      },
    });
    await (await practice.as('nurse')).do(readVisit, { params: { id: visit.visitId } });
  });
  afterAll(() => office.close());

  const ask = async (query = {}) => {
    const { looks, next } = await practice.manager.do(listLooks, { params: { id }, query });
    return { told: looks.map(({ who, role, what }) => `${who}, ${role}: ${what}`), next, looks };
  };

  it('says when, who and what, in plain words, of the record and its visits', async () => {
    expect((await ask()).told).toEqual([
      'Ana Ruiz, Nurse: Opened a visit',
      'Ana Ruiz, Secretary: Booked a visit',
      'Ana Ruiz, Secretary: Saw the summary (name, phones, visits)',
      'Ana Ruiz, Secretary: Opened the record',
      'The office’s own program, Office program: Brought the record in from another system',
    ]);
    expect((await ask({ lists: 'with' })).told).toContain('Ana Ruiz, Secretary: Found in a search');
  });

  it('comes in pages', async () => {
    const first = await ask({ limit: 3 });
    expect(first.next).not.toBeNull();
    const second = await ask({ limit: 100, before: first.next });
    expect(second.next).toBeNull();
    expect(second.looks.at(-1)?.what).toMatch(/^Brought/);
  });

  it('names roles alone where the practice chose so', async () => {
    const { settings, roles } = await practice.manager.do(readPrivacySettings, {});
    const roleModes = Object.fromEntries(roles.map(({ role, mode }) => [role, mode]));
    await practice.manager.do(changePrivacySettings, {
      body: { ...settings, roleModes, lookerWords: 'role' },
    });
    expect((await ask()).told.join()).not.toContain('Ana');
  });
});
