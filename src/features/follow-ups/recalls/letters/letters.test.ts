import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Desk, openTestOffice, type TestOffice, type TestPractice } from '../../../../../test/office.ts';
import { pdftotext, textOfBase64, wordsOf } from '../../../../../test/pdf-text.ts';
import { setUpSchedule, type TestSchedule } from '../../../../../test/practice.ts';
import { registerPatients } from '../../../patients/commands.ts';
import { recordConsents } from '../../../patients/consents/api.ts';
import { restrictRecord } from '../../../privacy/api.ts';
import { arriveVisit, checkOutVisit } from '../../../schedule/steps/commands.ts';
import { bookVisit } from '../../../schedule/visits/commands.ts';
import { BookVisit } from '../../../schedule/visits/schema.ts';
import { countFollowUps, listFollowUps, readFollowUp, refuseFollowUp } from '../../api.ts';
import { readRecallYield } from '../api.ts';
import { addRecallRule, makeRecalls } from '../commands.ts';
import * as api from './api.ts';
import { whyNoPick } from './rules.ts';

const given = ['Ada', 'Ben', 'Cleo', 'Dora', 'Eli'];

describe.runIf(pdftotext)('recall letters', () => {
  let office: TestOffice;
  let practice: TestPractice;
  let plan: TestSchedule;
  let desk: Desk;
  let people: string[];
  beforeAll(async () => {
    office = await openTestOffice();
    practice = await office.practice();
    plan = await setUpSchedule(practice);
    desk = await practice.as('secretary');
    people = await practice.tx(async (tx) => {
      const made = await registerPatients(
        tx,
        given.map((givenName, i) => ({
          ...{ familyName: 'Łąkowa', givenName },
          addresses: i === 4 ? [] : [{ line1: `${i} Elm Street`, city: 'Albany', state: 'NY', zip: '12207' }],
        })),
      );
      return made.map((one) => one.patientId);
    });
    for (const [i, patientId] of people.entries()) await seen(patientId, i);
    await practice.tx(async (tx) => {
      const rule = { name: 'After a month', afterTypeIds: [plan.newPatient], visitTypeId: plan.followUp };
      await addRecallRule(tx, { ...rule, months: 1 });
      expect(await makeRecalls(tx)).toBe(people.length);
    });
  });
  afterAll(() => office.close());

  /** A new patient's visit that took place in January. */
  const seen = async (patientId: string, nth: number) => {
    const startMs = Date.parse('2026-01-06T13:00:00.000Z') + nth * 2_400_000;
    const visit = await practice.tx((tx) => {
      tx.now = new Date(startMs - 86_400_000);
      const place = { patientId, visitTypeId: plan.newPatient, physicianId: plan.lee, siteId: plan.main };
      return bookVisit(tx, BookVisit.parse({ ...place, startsAt: new Date(startMs).toISOString() }));
    });
    await practice.tx(async (tx) => {
      tx.now = new Date(startMs + 600_000);
      const arrived = await arriveVisit(tx, visit.visitId, { version: 1 });
      await checkOutVisit(tx, visit.visitId, { version: arrived.version });
    });
  };
  const recalls = async (who = desk) =>
    (await who.do(listFollowUps, { query: { filter: 'recalls' } })).followUps;
  const asked = (all: Awaited<ReturnType<typeof recalls>>) =>
    all.map((one) => ({ id: one.followUpId, version: one.version }));
  const textOfPdf = (pdf: string) =>
    textOfBase64(pdf)
      .normalize('NFC')
      .replace(/[ \n]+/g, ' ');

  it('go to who is due, are noted with their number, and leave out who wants or can get none', async () => {
    const answers = [
      { channel: 'mail' as const, purpose: 'appointments' as const, state: 'refused' as const },
    ];
    const body = { answers, how: 'phone' as const, lastId: null };
    await desk.do(recordConsents, { params: { id: people[2] ?? '' }, body });
    const restricted = { kind: 'vip' as const, roles: ['manager' as const], careTeam: false, version: 0 };
    await practice.manager.do(restrictRecord, { params: { id: people[3] ?? '' }, body: restricted });
    const due = await recalls(practice.manager);
    expect(due).toHaveLength(5);
    expect((await desk.do(countFollowUps, {})).counts.recalls).toBe(5);
    const made = await desk.do(api.writeRecallLetters, { body: { letters: asked(due), start: 30 } });
    expect(made).toMatchObject({ sent: 2, nextOn: '2026-04-01' });
    expect([...made.leftOut].sort()).toEqual([
      'A restricted record: who may open it writes.',
      'Cleo Łąkowa does not want letters about visits: try another way.',
      'Eli Łąkowa has no address on record.',
    ]);
    const text = textOfPdf(made.letters);
    expect(text.split('\f')).toHaveLength(3);
    for (const words of [
      'Dear Ada Łąkowa,',
      'Dear Ben Łąkowa,',
      '0 Elm Street',
      'it is time for your next visit',
    ])
      expect(text).toContain(words);
    expect(text).toContain('with Dr. Lee: it was due around Fri, Feb 6, 2026.');
    expect(text).not.toMatch(/Cleo|Dora|Eli\b/);
    // The last label of the first sheet, the first of the next.
    const firsts = wordsOf(made.labels).filter((word) => /^(Ada|Ben)$/.test(word.text));
    expect(firsts.map(({ page, x }) => [page, Math.round(x)])).toEqual([
      [0, 420],
      [1, 24],
    ]);
    const id = due.find((one) => one.patientId === people[0])?.followUpId ?? '';
    const { history, followUp } = await desk.do(readFollowUp, { params: { id } });
    expect(history.at(-1)).toMatchObject({ kind: 'attempt', channel: 'mail', outcome: 'sent', letterNo: 1 });
    expect(followUp).toMatchObject({ letters: 1, nextTryOn: '2026-04-01', actOn: '2026-04-01' });
    const query = { from: '2026-02-01', to: '2026-02-28' };
    expect((await desk.do(readRecallYield, { query })).rows).toMatchObject([{ due: 5, contacted: 2 }]);
  });

  it('are not written twice: who was written to is not due, and who looked before is told', async () => {
    const due = await recalls(practice.manager);
    expect(due.map((one) => one.patientId)).not.toContain(people[0]);
    const all = (await desk.do(listFollowUps, { query: { filter: 'open' } })).followUps;
    const ada = all.filter((one) => one.patientId === people[0]);
    const early = await desk.ask(api.writeRecallLetters, { body: { letters: asked(ada) } });
    expect([early.status, early.body.message]).toEqual([
      409,
      'Ada Łąkowa is not due before Wed, Apr 1, 2026. There is no letter to write.',
    ]);
    const old = await desk.ask(api.writeRecallLetters, {
      body: { letters: ada.map((one) => ({ id: one.followUpId, version: one.version - 1 })) },
    });
    expect(old.body.message).toContain('was changed meanwhile');
    expect((await desk.do(readFollowUp, { params: { id: ada[0]?.followUpId ?? '' } })).followUp.letters).toBe(
      1,
    );
  });

  it('are printed again from what was noted, with no new try, but not to who has no need of them', async () => {
    const before = (await desk.do(readRecallYield, { query: { from: '2026-02-01', to: '2026-02-28' } })).rows;
    const { rounds } = await desk.do(api.listLetterRounds);
    expect(rounds).toMatchObject([{ letters: 2 }]);
    const again = await desk.do(api.drawLettersAgain, { body: { at: rounds[0]!.at } });
    expect([again.sent, again.leftOut]).toEqual([2, []]);
    const text = textOfPdf(again.letters);
    for (const words of ['Dear Ada Łąkowa,', 'Dear Ben Łąkowa,', 'it is time for your next visit'])
      expect(text).toContain(words);
    expect(textOfPdf(again.labels)).toContain('0 Elm Street');
    const open = (await desk.do(listFollowUps, { query: { filter: 'open' } })).followUps;
    const ben = open.find((one) => one.patientId === people[1])!;
    expect([ben.letters, ben.attempts]).toEqual([1, 1]);
    const query = { from: '2026-02-01', to: '2026-02-28' };
    expect((await desk.do(readRecallYield, { query })).rows).toEqual(before);
    await desk.do(refuseFollowUp, {
      params: { id: ben.followUpId },
      body: { version: ben.version, reason: 'Moved away' },
    });
    const less = await desk.do(api.drawLettersAgain, { body: { at: rounds[0]!.at } });
    expect([less.sent, less.leftOut]).toEqual([1, ['Ben Łąkowa’s recall is refused by now.']]);
    const biller = await practice.as('biller');
    expect((await biller.ask(api.drawLettersAgain, { body: { at: rounds[0]!.at } })).status).toBe(403);
    const other = await (await office.practice()).as('secretary');
    expect((await other.ask(api.drawLettersAgain, { body: { at: rounds[0]!.at } })).status).toBe(409);
  });

  it('come three times, each in its own words, and then somebody calls', async () => {
    const texts: string[] = [];
    for (const on of ['2026-04-02', '2026-05-04', '2026-06-03']) {
      office.clock.set(new Date(`${on}T15:00:00.000Z`));
      const ana = await practice.as('secretary');
      const ada = (await recalls(ana)).filter((one) => one.patientId === people[0]);
      const made = await ana.ask(api.writeRecallLetters, { body: { letters: asked(ada) } });
      texts.push(made.status === 200 ? textOfPdf(made.body.letters) : String(made.body.message));
    }
    expect(texts[0]).toContain('We wrote to you some weeks ago');
    expect(texts[1]).toContain('third and last letter');
    expect(texts[1]).toContain('we will not write again');
    expect(texts[2]).toBe('Ada Łąkowa had 3 letters: call, or close it. There is no letter to write.');
    const numbers = await practice.tx(async (tx) => {
      const { rows } = await sql<{ letterNo: number }>`
        select a.letter_no from follow_up_attempts a join follow_ups f using (practice_id, follow_up_id)
        where f.patient_id = ${people[0]} order by a.version limit 10`.execute(tx.db);
      return rows.map((row) => row.letterNo);
    });
    expect(numbers).toEqual([1, 2, 3]);
  });

  it('are for those who work follow-ups, of this practice', async () => {
    const now = await practice.as('secretary');
    const due = await recalls(now);
    // Whose record may not be opened stands there without a name or a number, and cannot be picked.
    const veiled = due.filter((one) => one.patientName === 'Restricted record');
    expect(veiled.map(whyNoPick)).toEqual(['who may open it writes']);
    const letters = asked(due.filter((one) => whyNoPick(one) === null));
    expect(letters.length).toBeGreaterThan(0);
    const biller = await practice.as('biller');
    expect((await biller.ask(api.writeRecallLetters, { body: { letters } })).status).toBe(403);
    const other = await (await office.practice()).as('secretary');
    expect((await other.ask(api.writeRecallLetters, { body: { letters } })).status).toBe(409);
  });
});
