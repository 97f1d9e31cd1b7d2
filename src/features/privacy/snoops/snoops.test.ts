import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestOffice, type TestOffice } from '../../../../test/office.ts';
import { seed as chosenSeed, rounds } from '../../../../test/rounds.ts';
import { presentReasons } from '../../../app/person-lists.ts';
import { addDays } from '../../../platform/calendar/dates.ts';
import { toInstant } from '../../../platform/calendar/zones.ts';
import { inTransaction, type Tx, theOffice } from '../../../platform/db/transaction.ts';
import { makeDemoPractice, playNext, resumeDemo, setUpDemo } from '../../../simulator/demo.ts';
import { lookThrough } from './commands.ts';

/** Ten looks of curiosity in a simulated month are found; the month itself has none. */

const size = { physicians: 2, patients: 330, pastDays: 30, comingDays: 40, density: 1 };
const timeZone = 'America/New_York';
const today = '2026-03-04';

type Someone = {
  accountId: string;
  staffId: string;
  displayName: string;
  familyName: string;
  givenName: string;
};
type Month = {
  practiceId: string;
  who: Record<string, Someone>;
  tx<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Look through a day. */
  through(onDate: string): Promise<string[]>;
};

async function playMonth(office: TestOffice, seed: string): Promise<Month> {
  const practiceId = await makeDemoPractice(office.store);
  await setUpDemo(office.store, practiceId, seed, size);
  const player = {
    ...(await resumeDemo(office.store, practiceId, size)),
    plan: null,
    bulk: { patients: null, visits: 0 },
  };
  while (await playNext(player, 5000));
  const tx: Month['tx'] = (work) => inTransaction(office.store, { practiceId, actor: theOffice }, work);
  const accounts = await tx(async ({ db }) => {
    const { rows } = await sql<Someone & { roles: string[] }>`
      select a.account_id, a.staff_id, a.display_name, a.roles, s.family_name, s.given_name
      from accounts a join staff s using (practice_id, staff_id)
      order by a.display_name`.execute(db);
    return rows;
  });
  return {
    practiceId,
    tx,
    who: Object.fromEntries(accounts.map((one) => [one.roles[0] ?? '', one])),
    through: async (onDate) =>
      (await tx((open) => lookThrough(open, { onDate, timeZone, reasons: presentReasons }))).map(
        ({ evidence }) => evidence.join(' '),
      ),
  };
}

const daysOf = (first: string, count: number) => Array.from({ length: count }, (_, n) => addDays(first, n));

describe.each(Array.from({ length: rounds(1, 8) }, (_, n) => `${chosenSeed()} ${n}`))(
  'a month of %s',
  (seed) => {
    let office: TestOffice;
    let month: Month;
    beforeAll(async () => {
      office = await openTestOffice({ at: `${today}T20:00:00.000Z` });
      month = await playMonth(office, seed);
    }, 240_000);
    afterAll(() => office.close());

    it('has nothing in it that stands out', async () => {
      const found: string[] = [];
      for (const day of daysOf(addDays(today, -30), 31)) found.push(...(await month.through(day)));
      expect(found).toEqual([]);
      const looks = await month.tx(async ({ db }) => {
        const { rows } = await sql<{ people: number; unexplained: number }>`
        select sum(people)::int as people, sum(unexplained)::int as unexplained from look_days`.execute(db);
        return rows[0];
      });
      expect(looks?.people).toBeGreaterThan(300);
      expect(looks?.unexplained).toBeGreaterThan(3);
    });

    it('shows ten snoops who hide in it', async () => {
      const { tx, who } = month;
      const strangers = await tx(async ({ db }) => {
        const { rows } = await sql<{ patientId: string }>`
        select p.patient_id from patients p
        where not exists (select from visits v where v.practice_id = p.practice_id and v.patient_id = p.patient_id)
          and not exists (select from tasks t where t.practice_id = p.practice_id and t.patient_id = p.patient_id)
          and not exists (select from look_ups l where l.practice_id = p.practice_id and l.patient_id = p.patient_id)
          and not exists (select from calls c where c.practice_id = p.practice_id and c.patient_id = p.patient_id)
        order by p.patient_id limit 60`.execute(db);
        return rows.map((row) => row.patientId);
      });
      expect(strangers.length).toBeGreaterThan(32);
      const some = (role: string): Someone => {
        const one = who[role];
        if (!one) throw new Error(`Nobody is ${role}.`);
        return one;
      };
      const next = () => strangers.pop() ?? '';
      const look = (role: string, patientId: string, day: string, at = '11:20', said = false) =>
        tx(async (open) => {
          const { accountId, staffId } = some(role);
          open.actor = { accountId, staffId, may: () => true };
          open.now = new Date(toInstant(day, at, timeZone));
          open.audit({ action: 'patient.opened', subjectKind: 'patient', subjectIds: [patientId] });
          if (said)
            await sql`
            insert into look_ups values (${open.practiceId}, gen_random_uuid(), ${accountId}, ${staffId}, ${patientId},
              ${day}::date, ${open.now}, 'calling')`.execute(open.db);
        });
      const change = (patientId: string, set: Record<string, string>) =>
        tx(({ db }) =>
          sql`
          update patients set family_name = coalesce(${set.family ?? null}, family_name),
            given_name = coalesce(${set.given ?? null}, given_name),
            search_family = lower(coalesce(${set.family ?? null}, search_family)),
            phones = coalesce(${set.phones ?? null}::jsonb, phones),
            addresses = coalesce(${set.addresses ?? null}::jsonb, addresses)
          where patient_id = ${patientId}`.execute(db),
        );
      const home = JSON.stringify([
        { kind: 'home', line1: '77 Quarry Lane', city: 'Alderton', state: 'NY', zip: '14991' },
      ]);
      const phone = (number: string) => JSON.stringify([{ kind: 'mobile', number }]);
      const [linked, named, neighbor, sameLine, ownName, theirName, again, night, vip, later] = Array.from(
        { length: 10 },
        next,
      );
      const day = addDays(today, -2);
      const { physician, biller, nurse } = {
        physician: some('physician'),
        biller: some('biller'),
        nurse: some('nurse'),
      };
      await tx(async ({ db, practiceId }) => {
        await sql`insert into staff_patients values (${practiceId}, ${physician.staffId}, ${linked})`.execute(
          db,
        );
        await sql`update staff set phone = '+16075559911' where staff_id = ${biller.staffId}`.execute(db);
        await sql`update staff set phone = '+16075559922' where staff_id = ${nurse.staffId}`.execute(db);
        await sql`insert into restricted_records (practice_id, patient_id, kind, set_at)
        values (${practiceId}, ${vip}, 'vip', ${`${addDays(day, -20)}T12:00:00Z`}),
          (${practiceId}, ${later}, 'vip', ${`${addDays(day, 1)}T12:00:00Z`})`.execute(db);
        await sql`update staff set family_name = 'Quillfeather' where staff_id = ${some('secretary').staffId}`.execute(
          db,
        );
        await sql`update staff set family_name = 'Wolverhampton' where staff_id = ${some('auditor').staffId}`.execute(
          db,
        );
      });
      await change(linked ?? '', { addresses: home, phones: phone('+16075559933') });
      await change(named ?? '', {
        family: biller.familyName,
        given: biller.givenName,
        phones: phone('+16075559911'),
      });
      await change(neighbor ?? '', { addresses: home, phones: phone('+16075559944') });
      await change(sameLine ?? '', { phones: phone('+16075559922') });
      await change(ownName ?? '', { family: 'Quillfeather' });
      await change(theirName ?? '', { family: 'Wolverhampton' });
      await look('secretary', linked ?? '', day, '10:10', true);
      await look('secretary', named ?? '', day, '10:15', true);
      await look('nurse', neighbor ?? '', day, '10:20', true);
      await look('secretary', sameLine ?? '', day, '10:25', true);
      await look('secretary', ownName ?? '', day, '10:30');
      await look('physician', theirName ?? '', day, '10:35');
      for (const back of [6, 4, 2])
        await look('secretary', again ?? '', addDays(today, -back), '13:05', true);
      await look('nurse', night ?? '', day, '23:40');
      await look('nurse', vip ?? '', day, '11:00', true);
      // Restricted the day after: nobody could know.
      await look('nurse', later ?? '', day, '11:05', true);
      for (let n = 0; n < 20; n += 1) await look('biller', next(), day, '14:00', true);
      for (const back of [6, 4, 3]) await month.through(addDays(today, -back));
      const found = await month.through(day);
      const expected = [
        `the record of ${physician.displayName}, who works here`,
        `the record of ${biller.displayName}, who works here`,
        `address is ${physician.displayName}’s`,
        `phone number is ${nurse.displayName}’s`,
        'last name is their own',
        `last name is ${some('auditor').displayName}’s`,
        'same record on 3 days',
        'hours outside',
        'is restricted',
        '20 people were looked at',
      ];
      for (const one of expected)
        expect(
          found.filter((text) => text.includes(one)),
          one,
        ).toHaveLength(1);
      expect(found).toHaveLength(expected.length);
    });
  },
);
