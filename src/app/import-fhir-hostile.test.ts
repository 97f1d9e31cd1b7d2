import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleOf, damage, hugeBundle, mistype, person, randomFrom } from '../../test/hostile-fhir.ts';
import { eitherStorage, openTestOffice, type TestOffice, type TestPractice } from '../../test/office.ts';
import { rounds, seed } from '../../test/rounds.ts';
import type { FhirImporter } from '../platform/contributions.ts';
import { fhirImporters } from './fhir-importers.ts';
import { describeImport } from './import-command.ts';
import { importFhir } from './import-fhir.ts';

describe.each(eitherStorage)('FHIR files as they should not be (%s)', (storage) => {
  let office: TestOffice;
  let practice: TestPractice;
  let folder: string;
  beforeAll(async () => {
    office = await openTestOffice({ storage });
  });
  afterAll(() => office.close());
  beforeEach(async () => {
    practice = await office.practice();
    folder = mkdtempSync(path.join(os.tmpdir(), 'frontdesk-fhir-'));
    return () => rmSync(folder, { recursive: true, force: true });
  });

  const put = (file: string, content: unknown) => {
    const isText = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(path.join(folder, file), isText ? content : JSON.stringify(content));
  };
  const take = (options = {}) => importFhir(office.store, practice.practiceId, folder, options);
  const countPatients = () =>
    practice.tx(async (tx) => {
      const { rows } = await sql<{ count: string }>`select count(*) from patients`.execute(tx.db);
      return Number(rows[0]?.count);
    });
  const lines = (notes: { file: string; path: string; what: string }[]) =>
    notes.map((note) => [note.file, note.path, note.what].filter(Boolean).join(' '));

  it('takes what stands before a cut, and names the cut', async () => {
    const random = randomFrom(seed());
    const text = JSON.stringify(bundleOf(Array.from({ length: 120 }, (_, at) => person(random, `p${at}`))));
    put('cut.json', text.slice(0, text.indexOf('"p117"') + 60));
    const { counts, faults } = await take();
    expect(counts.Patient?.made).toBe(117);
    expect(faults).toMatchObject([{ file: 'cut.json', what: 'is cut off: the file ends here' }]);
    expect(faults[0]?.path).toMatch(/^Bundle\.entry\[117\]\.resource\.identifier\[0\]/);
    expect(await countPatients()).toBe(117);
  });

  it('opens only files, and names what is none', async () => {
    put('good.json', person(randomFrom(seed()), 'good'));
    put('empty.json', '');
    mkdirSync(path.join(folder, 'folder.json'));
    execFileSync('mkfifo', [path.join(folder, 'pipe.json')]);
    symlinkSync('nowhere', path.join(folder, 'dangling.json'));
    symlinkSync('loop.json', path.join(folder, 'loop.json'));
    symlinkSync('good.json', path.join(folder, 'same.json'));
    const result = await take();
    expect(lines(result.faults)).toEqual([
      'dangling.json leads nowhere: there is no such file',
      'empty.json is empty',
      'folder.json is a folder and was left out',
      'loop.json leads nowhere: a link that leads to itself',
      'pipe.json is no regular file and was left out',
    ]);
    expect(result).toMatchObject({ files: 3, counts: { Patient: { made: 1, same: 1 } } });
    const summary = describeImport(result);
    for (const line of result.faults) expect(summary).toContain(`  ${line.file}: ${line.what}`);
  });

  it('refuses endless lists, endless names and days that are none, each at its path', async () => {
    const random = randomFrom(seed());
    const one = (at: number, more: object) => ({ ...person(random, `p${at}`), ...more });
    put(
      'a.json',
      bundleOf([
        one(0, {
          telecom: Array.from({ length: 10_000 }, () => ({ system: 'phone', value: '518 555 0100' })),
        }),
        one(1, {
          identifier: Array.from({ length: 10_000 }, (_, n) => ({ system: 'urn:x', value: `${n}` })),
        }),
        one(2, { name: [{ family: 'x'.repeat(1_000_000) }] }),
        one(3, { name: new Array(10_000).fill(7) }),
        one(4, { birthDate: '0000-00-00' }),
        one(5, { birthDate: '0000' }),
        one(6, { birthDate: '1980-13-01' }),
        one(7, { deceasedDateTime: '2020-00-10T00:00:00Z' }),
        one(8, { contact: [{ relationship: new Array(5000).fill({}) }] }),
        { resourceType: '__proto__' },
        { resourceType: 'constructor' },
        { id: 'no type' },
        one(9, {}),
      ]),
    );
    const { counts, faults, leftOut } = await take();
    expect(lines(faults)).toEqual([
      'a.json Bundle.entry[9].resource.resourceType is no type of FHIR resources',
      'a.json Bundle.entry[10].resource.resourceType is no type of FHIR resources',
      'a.json Bundle.entry[11].resource holds no FHIR resource',
      'a.json Bundle.entry[0].resource.telecom has more than 100 members',
      'a.json Bundle.entry[1].resource.identifier has more than 100 members',
      'a.json Bundle.entry[2].resource.name[0].family is longer than 2,000 letters',
      'a.json Bundle.entry[3].resource.name has more than 100 members',
      'a.json Bundle.entry[4].resource.birthDate is not a date',
      'a.json Bundle.entry[5].resource.birthDate is not a date',
      'a.json Bundle.entry[6].resource.birthDate is not a date',
      'a.json Bundle.entry[7].resource.deceasedDateTime is not a date',
      'a.json Bundle.entry[8].resource.contact[0].relationship has more than 100 members',
    ]);
    expect({ counts, leftOut }).toMatchObject({ counts: { Patient: { made: 1 } }, leftOut: {} });
  });

  it('survives mistyped and damaged resources, and takes the sound ones between them', async () => {
    const random = randomFrom(seed());
    const many = rounds(60, 600);
    const sound = Array.from({ length: many }, (_, at) => person(random, `sound-${at}`));
    put('a.json', bundleOf(sound.flatMap((one, at) => [mistype(random, person(random, `odd-${at}`)), one])));
    for (let at = 0; at < 20; at += 1) {
      const text = JSON.stringify(bundleOf([person(random, `bad-${at}`), person(random, `bad-${at}b`)]));
      put(`b-${at}.${at % 2 ? 'json' : 'ndjson'}`, damage(random, text));
    }
    const { counts, faults } = await take();
    expect(counts.Patient?.made).toBeGreaterThanOrEqual(many);
    expect(faults.length).toBeGreaterThan(0);
    for (const { path: at, what } of faults) expect(`${at} ${what}`).toMatch(/^[\w.[\]:,;()… -]+$/);
    const kept = await take();
    expect(kept.counts.Patient).toMatchObject({ made: 0, changed: 0 });
  });

  it('streams a bundle of 40 MB and holds a small part of it', async () => {
    const out = openSync(path.join(folder, 'huge.json'), 'w');
    for (const part of hugeBundle(randomFrom(seed()), 40 * 2 ** 20, 50)) writeSync(out, part);
    closeSync(out);
    let last = { done: 0, total: 0 };
    const result = await take({ onProgress: (progress: typeof last) => (last = progress) });
    expect(result).toMatchObject({ faults: [], counts: { Patient: { made: 50 } } });
    expect(last.total).toBeGreaterThan(40e6);
    expect(last.done).toBe(last.total);
    // One entry (2 kB) and what stands around them.
    expect(result.held).toBeLessThan(8192);
  });

  it('goes on behind an entry of more than it holds', async () => {
    const random = randomFrom(seed());
    const large = { ...person(random, 'large'), photo: [{ data: 'x'.repeat(3 * 2 ** 20) }] };
    put('a.json', bundleOf([person(random, 'one'), large, person(random, 'two')]));
    const { counts, faults, held } = await take({ limits: { bytes: 2 ** 20, depth: 64 } });
    expect(counts.Patient?.made).toBe(2);
    expect(lines(faults)).toEqual(['a.json Bundle.entry[1].resource is larger than 1 MB and was left out']);
    expect(held).toBeLessThanOrEqual(2 ** 20 + 65_536);
  });

  describe('references', () => {
    let found: Record<string, string | null>;
    const visits: FhirImporter = {
      resourceTypes: ['Encounter'],
      refers: true,
      take: async (_, resource, source) => {
        const { id, subject } = resource as { id: string; subject: { reference: string } };
        const record = await source.find(subject.reference);
        found[id] = record && `${record.resourceType} ${record.name}`;
        return record ? 'made' : 'skipped';
      },
    };
    const takeAll = () => {
      found = {};
      return take({ importers: [...fhirImporters, visits] });
    };
    const ines = (id: string, value: string) => ({
      resourceType: 'Patient',
      id,
      identifier: [{ system: 'urn:test', value }],
      name: [{ given: ['Ines'], family: value }],
    });
    const visit = (id: string, reference: string) => ({
      resourceType: 'Encounter',
      id,
      subject: { reference },
    });
    const at = (fullUrl: string, resource: unknown) => ({ fullUrl, resource });
    const bundle = (...entry: unknown[]) => ({ resourceType: 'Bundle', type: 'batch', entry });

    it('lead to a person wherever in the files they stand, also when everyone is known already', async () => {
      put(
        'a.json',
        bundle(
          at('urn:uuid:e1', visit('by-uuid', 'urn:uuid:1')),
          at('https://one.example/fhir/Encounter/1', visit('at-home', 'Patient/7')),
          at('https://two.example/fhir/Encounter/1', visit('elsewhere', 'Patient/7')),
          at('https://three.example/fhir/Encounter/1', visit('on-a-third-server', 'Patient/7')),
        ),
      );
      put(
        'b.ndjson',
        [visit('of-two', 'Patient/7'), visit('to-nobody', 'Patient/8')]
          .map((one) => JSON.stringify(one))
          .join('\n'),
      );
      put('c.json', visit('by-identifier', 'Patient?identifier=urn:test%7CUuid'));
      put('d.json', visit('by-version', 'https://one.example/fhir/Patient/7/_history/3'));
      put('e.json', visit('without-a-server', 'Patient/plain'));
      put(
        'z.json',
        bundle(
          at('urn:uuid:1', ines('u', 'Uuid')),
          at('https://one.example/fhir/Patient/7', ines('7', 'One')),
          at('https://two.example/fhir/Patient/7', ines('7', 'Two')),
          { resource: ines('plain', 'Plain') },
          null,
        ),
      );
      const first = await takeAll();
      const expected = {
        'by-uuid': 'Patient Ines Uuid',
        'at-home': 'Patient Ines One',
        elsewhere: 'Patient Ines Two',
        'on-a-third-server': null,
        'of-two': null,
        'to-nobody': null,
        'by-identifier': 'Patient Ines Uuid',
        'by-version': 'Patient Ines One',
        'without-a-server': 'Patient Ines Plain',
      };
      expect(found).toEqual(expected);
      expect(first.counts).toMatchObject({ Patient: { made: 4 }, Encounter: { made: 6, skipped: 3 } });
      // Read twice, said once.
      expect(lines(first.faults)).toEqual(['z.json Bundle.entry[4] is not an entry with a resource']);
      await takeAll();
      expect(found).toEqual(expected);
    });

    it('do not lead to a person whose taking was undone by the database', async () => {
      const undone: FhirImporter = {
        resourceTypes: ['Basic'],
        take: async (tx, _, source) => {
          source.isRecord({ resourceType: 'Basic', recordId: 'gone', name: '' });
          await sql`select ${'x'}::text::uuid`.execute(tx.db);
          return 'made';
        },
      };
      put('a.json', bundle({ resource: { resourceType: 'Basic', id: '1' } }, { resource: ines('2', 'Two') }));
      put('b.json', bundle({ resource: visit('gone', 'Basic/1') }, { resource: visit('here', 'Patient/2') }));
      found = {};
      const { faults } = await take({ importers: [...fhirImporters, visits, undone] });
      expect(found).toEqual({ gone: null, here: 'Patient Ines Two' });
      expect(lines(faults)).toEqual([
        'a.json Bundle.entry[0].resource holds a value that cannot be stored (22P02)',
      ]);
    });
  });
});
