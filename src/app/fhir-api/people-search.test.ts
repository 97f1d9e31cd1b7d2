import type { Bundle, OperationOutcome, Patient, Resource } from '@medplum/fhirtypes';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  form,
  listOf,
  nextOf,
  openProgram,
  type Program,
  pagesFrom,
  put,
} from '../../../test/fhir/program.ts';
import { eitherStorage } from '../../../test/office.ts';
import { registerPatients } from '../../features/patients/commands.ts';
import { results } from '../../fhir/search.ts';
import { namesOf as namesAsked } from './capabilities.ts';

const strict = { headers: { prefer: 'handling=strict' } };
const phones = [{ kind: 'mobile' as const, number: '+12125559911' }];
const people = [
  { familyName: 'Núñez', givenName: 'Ana', middleName: 'Luz', bornOn: '1990-05-01', phones },
  { familyName: 'Nunez', givenName: 'Bea', bornOn: '1980-05-01' },
  { familyName: 'Van Nunen', givenName: '', bornOn: null },
  { familyName: 'Zander', givenName: 'Nunzia', preferredName: 'Zia', bornOn: '1970-05-01' },
];

describe.each(eitherStorage)('searching people, on %s', (storage) => {
  let program: Program;
  let ids: string[];
  const find = async (values: Record<string, string>) =>
    listOf<Patient>((await program.ask<Bundle>('Patient/_search', form(values))).body);
  const namesOf = (found: Patient[]) =>
    found.map((one) => `${one.name?.[0]?.family} ${one.name?.[0]?.given?.[0] ?? ''}`.trim());
  beforeAll(async () => {
    program = await openProgram(storage);
    const made = await program.practice.tx((tx) => registerPatients(tx, people));
    ids = made.map((one) => one.patientId);
  });
  afterAll(() => program.office.close());

  describe('people', () => {
    it.each([
      [{ family: 'nun' }, ['Nunez Bea', 'Núñez Ana']],
      [{ 'family:exact': 'Nunez' }, ['Nunez Bea']],
      [{ 'family:exact': 'nunez' }, []],
      [{ 'family:contains': 'NUNE' }, ['Nunez Bea', 'Núñez Ana', 'Van Nunen']],
      [{ 'given:exact': 'Luz' }, ['Núñez Ana']],
      [{ 'given:contains': 'unzi' }, ['Zander Nunzia']],
      [{ 'given:missing': 'true' }, ['Van Nunen']],
      [{ 'given:missing': 'false', 'family:contains': 'nune' }, ['Nunez Bea', 'Núñez Ana']],
      [{ 'family:missing': 'true' }, []],
      [{ 'name:missing': 'false', name: 'zander' }, ['Zander Nunzia']],
      [{ 'name:exact': 'Zia' }, ['Zander Nunzia']],
      [{ 'name:exact': 'zia' }, []],
      [{ 'name:contains': 'unz' }, ['Zander Nunzia']],
      [{ name: 'nun', 'family:exact': 'Zander' }, ['Zander Nunzia']],
    ])('are found by %j', async (values, expected) => {
      const found = await find({ ...(values as unknown as Record<string, string>) });
      expect(namesOf(found).sort()).toEqual([...expected].sort());
    });

    it.each([
      // Núñez and Nunez are filed as one family name, so the given name decides.
      ['name', ['Núñez Ana', 'Nunez Bea', 'Van Nunen', 'Zander Nunzia']],
      ['-name', ['Zander Nunzia', 'Van Nunen', 'Nunez Bea', 'Núñez Ana']],
      ['birthdate', ['Zander Nunzia', 'Nunez Bea', 'Núñez Ana', 'Van Nunen']],
      ['-birthdate', ['Núñez Ana', 'Nunez Bea', 'Zander Nunzia', 'Van Nunen']],
      ['given,-birthdate', ['Van Nunen', 'Núñez Ana', 'Nunez Bea', 'Zander Nunzia']],
    ])('come by %s, also a page at a time', async (_sort, sorted) => {
      const asked = { _id: ids.join(), _sort };
      const names = namesOf(await find(asked));
      expect(names).toEqual(sorted);
      const first = await program.ask<Bundle>('Patient/_search', form({ ...asked, _count: '1' }));
      const pages = await pagesFrom(program, first.body);
      expect(pages.flatMap((page) => namesOf(listOf<Patient>(page)))).toEqual(names);
    });

    it('are told in total on every page when it is asked for, and never when it is not wanted', async () => {
      const totals = async (total: string) => {
        const asked = { _id: ids.join(), _count: '2', _total: total };
        const first = await program.ask<Bundle>('Patient/_search', form(asked));
        return (await pagesFrom(program, first.body)).map((page) => page.total);
      };
      expect(await totals('accurate')).toEqual([4, 4]);
      expect(await totals('none')).toEqual([undefined, undefined]);
      for (const one of ['_summary=count', '_count=0']) {
        const { body } = await program.ask<Bundle>(`Patient?_id=${ids.join()}&${one}`);
        expect([body.total, body.entry, nextOf(body)]).toEqual([4, undefined, undefined]);
      }
    });

    it('with the longest names are paged through as well', async () => {
      const long = { familyName: 'Ñandú'.repeat(20), givenName: 'Łukasz 😀'.repeat(11) };
      const made = await program.practice.tx((tx) => registerPatients(tx, [long, long, long]));
      const _id = made.map((one) => one.patientId).join();
      const ways: Record<string, string>[] = [
        { _id, _sort: 'family,given', _count: '1' },
        { _id, name: long.givenName, _count: '1' },
      ];
      for (const asked of ways) {
        const first = await program.ask<Bundle>('Patient/_search', form(asked));
        const pages = await pagesFrom(program, first.body);
        expect(pages.flatMap((page) => listOf(page).map((one) => one.id)).sort()).toEqual(
          _id.split(',').sort(),
        );
      }
    });

    it('stay in step from page to page while one before is renamed and another comes', async () => {
      const asked = { _id: ids.join(), _sort: '-birthdate', _count: '2' };
      const first = await program.ask<Bundle>('Patient/_search', form(asked));
      const [ana] = listOf<Patient>(first.body);
      await program.ask(`Patient/${ana?.id}`, put({ ...ana, birthDate: '1960-01-01' }));
      const second = await program.ask<Bundle>(nextOf(first.body) ?? '');
      // As of the second page: whoever is older than the last one shown, also who has become so.
      expect(namesOf(listOf<Patient>(second.body))).toEqual(['Zander Nunzia', 'Núñez Ana']);
      const now = listOf<Patient>(second.body)[1];
      await program.ask(`Patient/${now?.id}`, put({ ...now, birthDate: '1990-05-01' }));
    });

    it('are never met by another’s number: a phone is not an MRN, a system not another', async () => {
      const [ana] = await find({ _id: ids[0] ?? '' });
      const mrn = ana?.identifier?.[0];
      expect(namesOf(await find({ phone: '(212) 555-9911' }))).toEqual(['Núñez Ana']);
      expect(namesOf(await find({ phone: '+1 212 555 9911' }))).toEqual(['Núñez Ana']);
      expect(await find({ phone: mrn?.value ?? '' })).toEqual([]);
      const renumbered = '2125559911';
      await program.practice.tx((tx) =>
        sql`update patients set mrn = ${renumbered}, search_digits = ${` ${renumbered} `}
          where patient_id = ${ids[1]}`.execute(tx.db),
      );
      expect(namesOf(await find({ phone: renumbered }))).toEqual(['Núñez Ana']);
      const keep = (system: string, value: string) => ({
        ...ana,
        identifier: [...(ana?.identifier ?? []), { system, value }],
      });
      const kept = await program.ask<Patient>(`Patient/${ana?.id}`, put(keep('urn:x', 'a|b,c')));
      const cases: [string, number][] = [
        ['urn:x|a\\|b\\,c', 1],
        ['a\\|b\\,c', 1],
        ['urn:x|a', 0],
        ['urn:y|a\\|b\\,c', 0],
        ['URN:X|a\\|b\\,c', 0],
        ['|a\\|b\\,c', 0],
        ['urn:x|', 1],
        [`${mrn?.system}|${mrn?.value}`, 1],
        [`urn:x|${mrn?.value}`, 0],
      ];
      for (const [identifier, count] of cases)
        expect([identifier, (await find({ identifier })).length]).toEqual([identifier, count]);
      expect(kept.status).toBe(200);
    });

    it('with a number of another system that is new are another version', async () => {
      const [bea] = await find({ _id: ids[1] ?? '' });
      const identifier = [...(bea?.identifier ?? []), { system: 'urn:z', value: '1' }];
      const changed = await program.ask<Patient>(`Patient/${bea?.id}`, put({ ...bea, identifier }));
      const version = Number(bea?.meta?.versionId) + 1;
      expect([changed.body.meta?.versionId, changed.headers.get('etag')]).toEqual([
        String(version),
        `W/"${version}"`,
      ]);
      const stale = await program.ask(`Patient/${bea?.id}`, put({ ...bea, identifier }));
      expect(stale.status).toBe(412);
      const same = await program.ask<Patient>(`Patient/${bea?.id}`, put(changed.body));
      expect(same.body).toEqual(changed.body);
    });
  });

  it('shows a part of each, marked, which is not taken back', async () => {
    const shapeOf = async (query: string) => {
      const { body } = await program.ask<Bundle>(`Patient?_id=${ids[0]}&${query}`);
      return Object.keys(listOf<Patient>(body)[0] ?? {}).sort();
    };
    const always = ['active', 'deceasedBoolean', 'id', 'meta', 'resourceType'];
    expect(await shapeOf('_elements=name,birthDate')).toEqual([...always, 'birthDate', 'name'].sort());
    expect(await shapeOf('_summary=text')).toEqual(always);
    expect(await shapeOf('_summary=true')).not.toContain('communication');
    expect(await shapeOf('_summary=data')).toContain('communication');
    const part = await program.ask<Patient>(`Patient/${ids[0]}?_elements=name`);
    expect(part.body.meta?.tag?.[0]?.code).toBe('SUBSETTED');
    expect((await program.ask(`Patient/${ids[0]}`, put(part.body))).status).toBe(422);
  });

  it.each([
    ['Patient?shoe-size=9', 'shoe-size'],
    ['Appointment?_has:Observation:patient:code=1', '_has:Observation:patient:code'],
    ['Patient?_revinclude=Appointment:patient', '_revinclude'],
    ['Appointment?_include:iterate=Appointment:patient', '_include:iterate'],
  ])('names what it does not know to whoever wants to be told: %s', async (address, name) => {
    const refused = await program.ask<OperationOutcome>(address, strict);
    expect(refused.status).toBe(400);
    expect(refused.body.issue[0]).toMatchObject({ code: 'not-supported', expression: [`http.${name}`] });
    expect(refused.body.issue[0]?.details?.text).toContain(`“${name}”`);
    const lenient = await program.ask<Resource>(`${address}&_count=1`);
    expect(lenient.status).toBe(200);
  });

  it('goes on only with what it began: no page or cursor of another search is taken for one', async () => {
    const urlOf = async (query: string) =>
      new URL(`http://x/${nextOf((await program.ask<Bundle>(`${query}&_count=1`)).body)}`);
    const cursor = (await urlOf(`Patient?_id=${ids.join()}`)).searchParams.get('_cursor') ?? '';
    const asked = { 'family:contains': 'nune', email: 'name', _count: '1' };
    const byPost = await program.ask<Bundle>('Patient/_search', form(asked));
    expect(byPost.status).toBe(200);
    const page = await program.ask<Bundle>('Patient/_search', form({ family: 'nun', _count: '1' }));
    const sealed = new URL(`http://x/${nextOf(page.body)}`).searchParams.get('_page') ?? '';
    const statuses = [
      `Patient?_cursor=${cursor}`,
      `Patient?_cursor=${cursor}&_sort=-name`,
      `Patient?_sort=birthdate&_cursor=${cursor}`,
      `Practitioner?_cursor=${cursor}`,
      `Appointment?_cursor=${cursor}`,
      `Patient?_cursor=${sealed}`,
      `Patient?_cursor=${cursor.slice(0, -2)}`,
    ].map(async (address) => (await program.ask(address)).status);
    expect(await Promise.all(statuses)).toEqual([200, 400, 400, 400, 400, 400, 400]);
  });

  it.each([
    ...['\u0000', 'a\u0000b', "'", "' or 1=1 --", '%', '_', '\\', '\\,', '|', '||', '$1', '{}', '[]', 'null'],
    ...['\ud800', '\u202e', '😀', 'a'.repeat(2000), ',', ',,', '-', ':', '%s %L %I %1$s', "E'\\x00'", '"'],
  ])('takes nothing amiss: %j', async (value) => {
    for (const [type, names] of [
      ['Patient?', [...namesAsked('Patient'), ...results, '_offset', '_cursor']],
      ['Appointment?date=2026-03-09&', namesAsked('Appointment')],
    ] as const)
      for (const name of names) {
        const query = new URLSearchParams([[name, value]]).toString();
        const { status } = await program.ask<Resource>(`${type}${query}`);
        expect([name, [200, 400].includes(status)]).toEqual([name, true]);
      }
  });
});
