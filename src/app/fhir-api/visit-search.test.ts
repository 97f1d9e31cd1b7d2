import type { Appointment, Bundle, Slot } from '@medplum/fhirtypes';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOf, openProgram, type Program, pagesFrom, post, put } from '../../../test/fhir/program.ts';
import { eitherStorage } from '../../../test/office.ts';
import { changeRole } from '../../features/practice/accounts/api.ts';
import { readHours, replaceWeek } from '../../features/schedule/setup/api.ts';
import { addSlotCode } from '../../features/schedule/slot-codes/api.ts';

const strict = { headers: { prefer: 'handling=strict' } };

describe.each(eitherStorage)('searching, on %s', (storage) => {
  let program: Program;
  let ids: string[];
  const pagesOf = async (address: string) => pagesFrom(program, (await program.ask<Bundle>(address)).body);
  const book = async (more: Record<string, unknown>, patient?: string) =>
    (await program.ask<Appointment>('Appointment', post(program.appointment(more, patient)))).body;

  beforeAll(async () => {
    program = await openProgram(storage);
    ids = program.plan.patients.slice(1);
  });
  afterAll(() => program.office.close());

  describe('visits', () => {
    let early: Appointment;
    let late: Appointment;
    let roomy: Appointment;
    beforeAll(async () => {
      late = await book({ start: '2026-03-09T15:00:00-04:00', end: '2026-03-09T15:15:00-04:00' });
      early = await book({ start: '2026-03-09T09:00:00-04:00', end: '2026-03-09T09:15:00-04:00' }, ids[0]);
      const at = { start: '2026-03-09T10:00:00-04:00', end: '2026-03-09T10:30:00-04:00' };
      const body = program.appointment(at, ids[1]);
      const withRoom = [
        ...(body.participant as object[]),
        { actor: { reference: `Location/${program.plan.room2}` }, status: 'accepted' },
      ];
      const serviceType = [{ coding: [{ code: 'np' }] }];
      roomy = await book({ ...body, serviceType, participant: withRoom });
      program.office.clock.advance(60_000);
      early = (await program.ask<Appointment>(`Appointment/${early.id}`, put({ ...early, comment: 'Hm' })))
        .body;
    });
    const day = 'date=2026-03-09';
    const idsOf = async (query: string) =>
      listOf((await program.ask<Bundle>(`Appointment?${query}`)).body).map((one) => one.id);

    it('come by their start or their last change, a page at a time, counted on each', async () => {
      expect(await idsOf(day)).toEqual([early.id, roomy.id, late.id]);
      for (const [sort, expected] of [
        ['date', [early.id, roomy.id, late.id]],
        ['-date', [late.id, roomy.id, early.id]],
        ['-_lastUpdated', [early.id, ...[late.id, roomy.id].sort()]],
      ] as const) {
        expect([sort, await idsOf(`${day}&_sort=${sort}`)]).toEqual([sort, expected]);
        const pages = await pagesOf(`Appointment?${day}&_sort=${sort}&_count=1&_total=accurate`);
        expect(pages.flatMap((page) => listOf(page).map((one) => one.id))).toEqual(expected);
        expect(pages.map((page) => page.total)).toEqual([3, 3, 3]);
      }
      const past = await program.ask<Bundle>(`Appointment?${day}&_offset=9&_total=accurate`);
      expect([past.body.total, past.body.entry]).toEqual([3, undefined]);
    });

    it('are found by their room as by their site, and by anyone who takes part', async () => {
      expect(await idsOf(`${day}&location=Location/${program.plan.room2}`)).toEqual([roomy.id]);
      expect(await idsOf(`${day}&location=Location/${program.plan.room1}`)).toEqual([]);
      expect(await idsOf(`${day}&location=${program.plan.main}`)).toHaveLength(3);
      expect(await idsOf(`${day}&location=${program.plan.west},${program.plan.room2}`)).toEqual([roomy.id]);
      expect(await idsOf(`${day}&actor=Location/${program.plan.room2}`)).toEqual([roomy.id]);
      expect(await idsOf(`${day}&actor=Patient/${ids[0]},Location/${program.plan.room2}`)).toEqual([
        early.id,
        roomy.id,
      ]);
      expect(await idsOf(`${day}&actor=Practitioner/${program.lee}&patient=${ids[0]}`)).toEqual([early.id]);
      expect(await idsOf(`${day}&actor=Patient/${program.lee}`)).toEqual([]);
    });

    it('of all but a status', async () => {
      await program.ask(`Appointment/${late.id}`, put({ ...late, status: 'cancelled' }));
      expect(await idsOf(`${day}&status:not=cancelled`)).toEqual([early.id, roomy.id]);
      expect(await idsOf(`${day}&status:not=booked,noshow`)).toEqual([late.id]);
    });

    it('ask the database once for a page, and never count when no total is wanted', async () => {
      // The fewest of some: a session is looked up anew, or a job looks for work, now and then.
      const statementsOf = async (query: string) => {
        const counts: number[] = [];
        for (let i = 0; i < 4; i += 1) {
          const before = program.office.statements();
          await program.ask<Bundle>(`Appointment?${query}`);
          counts.push(program.office.statements() - before);
        }
        return Math.min(...counts);
      };
      await statementsOf(day);
      expect(await statementsOf(`${day}&_sort=-date`)).toBe(await statementsOf(day));
      expect(await statementsOf(`${day}&_total=none`)).toBe(await statementsOf(day));
    });

    it('bring along whom they are with and where, on record as seen', async () => {
      const seen = async () => {
        const { rows } = await program.practice.tx((tx) =>
          sql<{ n: number }>`select count(*)::int as n from audit_records where action = 'patients.searched'
            and ${ids[0]}::uuid = any (subject_ids) and ${ids[1]}::uuid = any (subject_ids)
            and cardinality(subject_ids) = 2`.execute(tx.db),
        );
        return rows[0]?.n ?? 0;
      };
      const before = await seen();
      const all = ['patient', 'practitioner', 'location']
        .map((one) => `_include=Appointment:${one}`)
        .join('&');
      const { body } = await program.ask<Bundle>(`Appointment?_id=${roomy.id},${early.id}&${all}`, strict);
      const included = (body.entry ?? []).filter((one) => one.search?.mode === 'include');
      const shown = included.map(({ resource }) => `${resource?.resourceType}/${resource?.id}`).sort();
      expect(shown).toEqual(
        [
          `Patient/${ids[0]}`,
          `Patient/${ids[1]}`,
          `Practitioner/${program.lee}`,
          `Location/${program.plan.main}`,
          `Location/${program.plan.room2}`,
        ].sort(),
      );
      expect([body.total, listOf(body).length]).toEqual([2, 2]);
      expect(await seen()).toBe(before + 1);
      const only = await program.ask<Bundle>(
        `Appointment?_id=${early.id}&_include=Appointment:actor:Practitioner`,
      );
      expect((only.body.entry ?? []).slice(1).map((one) => one.resource?.resourceType)).toEqual([
        'Practitioner',
      ]);
    });

    it('bring along nobody for whoever may not open records', async () => {
      const asked = `Appointment?_id=${early.id}&_include=Appointment:`;
      const as = await program.keyFor('biller');
      const may = (allowed: boolean) =>
        program.practice.manager.do(changeRole, {
          params: { role: 'biller', permission: 'patients.open' },
          body: { allowed, was: !allowed },
        });
      await may(false);
      const statuses = ['patient', 'actor', 'actor:Patient', 'practitioner'].map(
        async (one) => (await program.ask(`${asked}${one}`, { as })).status,
      );
      expect(await Promise.all(statuses)).toEqual([403, 403, 403, 200]);
      await may(true);
    });

    it('with slots and calendars bring along theirs', async () => {
      const slots = `Slot?schedule=Schedule/${program.plan.lee}&start=2026-03-09`;
      const { body } = await program.ask<Bundle>(`${slots}&_include=Slot:schedule&_sort=-start`);
      const found = listOf<Slot>(body).map((slot) => slot.start ?? '');
      expect(found).toEqual([...found].sort().reverse());
      expect(body.entry?.at(-1)?.resource).toMatchObject({ resourceType: 'Schedule', id: program.plan.lee });
      const pages = await pagesOf(`${slots}&_sort=-start&_count=2`);
      expect(pages.flatMap((page) => listOf<Slot>(page).map((slot) => slot.start))).toEqual(found);
      const calendars = await program.ask<Bundle>(`Schedule?_include=Schedule:actor&_count=1`);
      expect(calendars.body.entry?.map((one) => [one.resource?.resourceType, one.search?.mode])).toEqual([
        ['Schedule', 'match'],
        ['Practitioner', 'include'],
      ]);
    });

    it('of slots says what each is kept for, and goes by it', async () => {
      const { plan, practice } = program;
      const code = { code: 'NP', name: 'New patients', color: '#7a4a9e', visitTypeIds: [plan.newPatient] };
      const { slotCodeId } = await practice.manager.do(addSlotCode, { body: code });
      const { resource } = await practice.manager.do(readHours, { query: { resourceId: plan.okoye } });
      const span = (startsLocal: string, endsLocal: string, kept: string | null = null) => ({
        ...{ weekday: 4, siteId: plan.main, startsLocal, endsLocal, slotCodeId: kept },
      });
      const rows = [span('08:00', '09:00'), span('09:00', '10:00', slotCodeId), span('10:00', '12:00')];
      const body = { version: resource.version, from: '2026-03-12', rows };
      await practice.manager.do(replaceWeek, { params: { resourceId: plan.okoye }, body });
      const day = `Slot?schedule=Schedule/${plan.okoye}&start=2026-03-12`;
      const slots = async (more = '') => listOf<Slot>((await program.ask<Bundle>(`${day}${more}`)).body);
      const said = ({ start, appointmentType }: Slot) => [start?.slice(11, 16), appointmentType?.text];
      expect((await slots()).map(said)).toEqual([
        ['08:00', undefined],
        ['09:00', 'New patients'],
        ['10:00', undefined],
      ]);
      const [kept] = await slots('&appointment-type=urn:frontdesk:slot-code|NP');
      expect(kept).toMatchObject({
        appointmentType: {
          coding: [{ system: 'urn:frontdesk:slot-code', code: 'NP', display: 'New patients' }],
        },
        serviceType: [{ coding: [{ system: 'urn:frontdesk:visit-type', code: 'np' }] }],
        status: 'free',
      });
      expect((await program.ask<Slot>(`Slot/${kept?.id}`)).body).toEqual(kept);
      expect((await slots('&appointment-type=NP,URG')).map(({ id }) => id)).toEqual([kept?.id]);
      expect(await slots('&appointment-type=other|NP')).toEqual([]);
    });
  });
});
