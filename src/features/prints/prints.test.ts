import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../test/office.ts';
import { pdftotext, textOfBase64, wordsOf } from '../../../test/pdf-text.ts';
import { setUpSchedule, type TestSchedule } from '../../../test/practice.ts';
import { addAlert } from '../patients/alerts/commands.ts';
import { registerPatients } from '../patients/commands.ts';
import { restrictRecord } from '../privacy/api.ts';
import { addBlock } from '../schedule/blocks/api.ts';
import { addException } from '../schedule/setup/api.ts';
import * as visits from '../schedule/visits/api.ts';
import * as api from './api.ts';

const date = '2026-03-05';
const at = (time: string) => `${date}T${time}:00-05:00`;

const names: [family: string, given: string, printed: string][] = [
  ['Łódź', 'Zoë', 'Łódź, Zoë'],
  ['Nguyễn', 'Thị Ánh', 'Nguyễn, Thị Ánh'],
  ['Mun\u0303oz', 'José', 'Muñoz, José'],
  ['O’Brien-Šimůnek', 'Maeve', 'O’Brien-Šimůnek, Maeve'],
  ['Çelik', 'Gülşen', 'Çelik, Gülşen'],
  ['Ægir', 'Þór', 'Ægir, Þór'],
  ['Ōtani', 'Ryū', 'Ōtani, Ryū'],
  ['王', '小明', '□, □□'],
];

describe.runIf(pdftotext)('prints', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  let people: string[];
  let booked: string[];
  beforeAll(async () => {
    office = await openTestOffice();
    practice = await office.practice();
    plan = await setUpSchedule(practice, 1);
    desk = await practice.as('secretary');
    people = await practice.tx(async (tx) => {
      const made = await registerPatients(
        tx,
        names.map(([familyName, givenName], i) => ({
          familyName,
          givenName,
          bornOn: '1961-03-14',
          phones: [
            { kind: 'home' as const, number: '+12125550100' },
            { kind: 'mobile' as const, number: `+121255501${10 + i}`, preferred: true },
          ],
          addresses:
            i === 1 ? [] : [{ line1: `${i} Ulica Łąkowa`, city: 'Albany', state: 'NY', zip: '12207' }],
          ...(i === 0 ? { interpreterNeeded: true, language: 'pl', preferredName: 'Zo' } : {}),
        })),
      );
      await addAlert(tx, made[2]?.patientId ?? '', {
        text: 'Latex allergy: no gloves of latex',
        tone: 'wrong',
      });
      return made.map((one) => one.patientId);
    });
    booked = [];
    for (const [i, patientId] of people.entries()) {
      const startsAt = at(`${String(8 + Math.floor(i / 2)).padStart(2, '0')}:${i % 2 ? '30' : '00'}`);
      const body = {
        patientId,
        visitTypeId: plan.followUp,
        siteId: plan.main,
        physicianId: plan.lee,
        startsAt,
        reason: 'knee — Łokieć',
      };
      booked.push((await desk.do(visits.bookVisit, { body })).visit.visitId);
    }
  });
  afterAll(() => office.close());

  const lastAudit = () =>
    practice.tx(async (tx) => {
      const { rows } = await sql<{ action: string; subjectIds: string[] }>`
        select action, subject_ids from audit_records where practice_id = ${practice.practiceId}
        order by seq desc limit 1`.execute(tx.db);
      return rows[0];
    });

  it('a day sheet shows every name, number and alert of a physician’s day, and is on record for each', async () => {
    const { pdf, fileName } = await desk.do(api.printDaySheets, { body: { date, physicianIds: [plan.lee] } });
    const text = textOfBase64(pdf, '-layout').normalize('NFC').replace(/\s+/g, ' ');
    expect(fileName).toBe('day-sheets-2026-03-05.pdf');
    for (const [, , printed] of names) for (const part of printed.split(' ')) expect(text).toContain(part);
    for (const word of ['Dr. Lee', '8 visits', '8:00 am', '9:30 am', '(212) 555-0110', '03/14/1961'])
      expect(text).toContain(word);
    for (const word of ['Polish', 'Latex', '“Zo”', 'Łokieć', 'stands for a letter', 'Ana Ruiz'])
      expect(text).toContain(word);
    expect(await lastAudit()).toEqual({
      action: 'day-sheet.printed',
      subjectIds: expect.arrayContaining(people),
    });
    const again = textOfBase64((await desk.do(api.printDaySheets, { body: { date } })).pdf);
    // Everyone who works that day, a page each; who has no visits gets a page that says so
    expect(again.split('\f')).toHaveLength(4);
    expect(again.match(/No visits on this day\./g)).toHaveLength(2);
  });

  it('a day on which nobody works, or one physician is away, prints a page that says so', async () => {
    const sunday = await desk.do(api.printDaySheets, { body: { date: '2026-03-08' } });
    expect(textOfBase64(sunday.pdf)).toContain('No visits that day: nobody works.');
    await practice.manager.do(addException, {
      params: { resourceId: plan.okoye },
      body: { kind: 'closing', from: '2026-03-10', note: 'conference' },
    });
    const body = { date: '2026-03-10', physicianIds: [plan.okoye] };
    await practice.manager.do(addBlock, {
      body: {
        resourceId: plan.lee,
        onDate: '2026-03-10',
        startsLocal: '10:00',
        endsLocal: '11:30',
        reason: 'Rounds',
      },
    });
    const lee = await desk.do(api.printDaySheets, { body: { ...body, physicianIds: [plan.lee] } });
    const words = textOfBase64(lee.pdf, '-layout').replace(/\s+/g, ' ');
    expect(words).toContain('No visits on this day.');
    expect(words).toContain('10:00 am Blocked: Rounds until 11:30 am');
    const text = textOfBase64((await desk.do(api.printDaySheets, { body })).pdf);
    expect(text).toContain('Dr. Okoye is away: conference');
    expect(text).toContain('No visits on this day.');
  });

  it('a routing slip goes along with a visit; cards hold no reason and leave out what is cancelled', async () => {
    const slips = await desk.do(api.printSlips, { body: { visitIds: booked.slice(0, 3) } });
    const text = textOfBase64(slips.pdf).normalize('NFC');
    expect(text.split('\f')).toHaveLength(4);
    for (const word of [
      'Łódź, Zoë “Zo”',
      'Nguyễn, Thị Ánh',
      'Interpreter: Polish',
      'Latex allergy',
      'knee — Łokieć',
    ])
      expect(text).toContain(word);
    await desk.do(visits.cancelVisit, {
      params: { id: booked[7] ?? '' },
      body: { version: 1, reason: 'patient-asked' },
    });
    const body = { visitIds: [booked[1] ?? '', booked[7] ?? ''], start: 10 };
    const cards = await desk.do(api.printCards, { body });
    const card = textOfBase64(cards.pdf).normalize('NFC');
    for (const word of ['Thị Ánh Nguyễn', 'Thu, Mar 5, 2026, 8:30 am', 'With Dr. Lee'])
      expect(card).toContain(word);
    expect(card).not.toContain('Łokieć');
    expect(cards.leftOut).toEqual(['小明 王’s visit is cancelled.']);
    const none = await desk.ask(api.printCards, { body: { visitIds: [booked[7] ?? ''] } });
    expect([none.status, none.body.message]).toEqual([
      409,
      '小明 王’s visit is cancelled. There is no card to print.',
    ]);
  });

  it('labels lie on the sheet’s labels from any position; who has no address is told, not dropped', async () => {
    const body = { kind: 'address' as const, patientIds: people.slice(0, 3), copies: 2, start: 29 };
    const { pdf, leftOut } = await desk.do(api.printLabels, { body });
    expect(leftOut).toEqual(['Thị Ánh Nguyễn has no address on record.']);
    const firsts = wordsOf(pdf).filter((word) => /^(Zoë|José)$/.test(word.text.normalize('NFC')));
    // Labels 29 and 30 of the first sheet, then 1 and 2 of the next: 2.75" and 1" apart, 10 points inside
    expect(firsts.map(({ page, x }) => [page, Math.round(x)])).toEqual([
      [0, 222],
      [0, 420],
      [1, 24],
      [1, 222],
    ]);
    const [low, , high] = firsts;
    expect((low?.y ?? 0) - (high?.y ?? 0)).toBeCloseTo(9 * 72, 1);
    for (const { x, y } of wordsOf(pdf)) {
      expect(x).toBeGreaterThan(13.5);
      expect(y).toBeGreaterThan(36);
    }
    expect(textOfBase64(pdf)).toContain('0 Ulica Łąkowa');
    const chart = await desk.do(api.printLabels, { body: { kind: 'chart', patientIds: people } });
    const text = textOfBase64(chart.pdf).normalize('NFC');
    for (const [, , printed] of names) expect(text).toContain(printed);
    expect(await lastAudit()).toEqual({ action: 'labels.printed', subjectIds: people });
    const none = await desk.ask(api.printLabels, {
      body: { kind: 'address', patientIds: people.slice(1, 2) },
    });
    expect(none.body.message).toBe('Thị Ánh Nguyễn has no address on record. There is no label to print.');
  });

  it('a restricted record is a time and a kind on paper, and its own prints are refused', async () => {
    const body = { kind: 'vip' as const, roles: ['manager' as const], careTeam: false, version: 0 };
    await practice.manager.do(restrictRecord, { params: { id: people[0] ?? '' }, body });
    const sheet = textOfBase64((await desk.do(api.printDaySheets, { body: { date } })).pdf).normalize('NFC');
    expect(sheet).toContain('Restricted record');
    expect(sheet).not.toContain('Łódź');
    expect((await lastAudit())?.subjectIds).not.toContain(people[0]);
    expect(textOfBase64((await practice.manager.do(api.printDaySheets, { body: { date } })).pdf)).toContain(
      'Łódź',
    );
    // Asked why, as at the record itself
    const own = { visitIds: booked.slice(0, 1) };
    expect((await desk.ask(api.printSlips, { body: own })).status).toBe(428);
    expect((await desk.ask(api.printCards, { body: own })).status).toBe(428);
    const label = { kind: 'chart' as const, patientIds: people.slice(0, 1) };
    expect((await desk.ask(api.printLabels, { body: label })).status).toBe(428);
  });

  it('nobody prints what their roles leave out, and no person of another practice', async () => {
    const biller = await practice.as('biller');
    expect((await biller.ask(api.printDaySheets, { body: { date } })).status).toBe(403);
    const others = await (await office.practice()).as('secretary');
    const body = { kind: 'chart' as const, patientIds: people };
    expect((await others.ask(api.printLabels, { body })).status).toBe(404);
    expect((await others.ask(api.printSlips, { body: { visitIds: booked } })).status).toBe(404);
  });
});
