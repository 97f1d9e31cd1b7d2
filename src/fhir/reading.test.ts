import { describe, expect, it } from 'vitest';
import { bundleOf, damage, mistype, person, randomFrom } from '../../test/hostile-fhir.ts';
import { rounds, seed } from '../../test/rounds.ts';
import { type Found, ResourceReader } from './reading.ts';

const limits = { bytes: 4000, depth: 12 };
const options = { limits, wants: (type: string) => type === 'Patient' };

function read(content: string | Uint8Array, size: number, isLines = false): Found[] {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const reader = new ResourceReader({ ...options, isLines });
  const found: Found[] = [];
  for (let at = 0; at < bytes.length; at += size) found.push(...reader.push(bytes.slice(at, at + size)));
  return [...found, ...reader.end()];
}

const plain = (found: readonly Found[]) =>
  found.map((one) => {
    if (one.kind === 'resource') return `${one.path}${one.fullUrl ? ` ${one.fullUrl}` : ''}`;
    return one.kind === 'other' ? `other ${one.type}` : `! ${one.path}: ${one.what}`;
  });

const ada = '{"resourceType":"Patient","id":"a"}';
const entry = (resource: string) => `{"resource":${resource}}`;
const bundle = (...entries: string[]) => `{"resourceType":"Bundle","entry":[${entries.join(',')}]}`;
const utf16 = (text: string) => new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'));
const cutIn = (text: string, bytes: readonly number[]) =>
  new Uint8Array(Buffer.concat([Buffer.from(text), Buffer.from(bytes)]));

describe.each([1, 7, 100_000])('a file read in chunks of %i bytes', (size) => {
  const rows: [string, string | Uint8Array, string[]][] = [
    ['one resource', ada, ['Patient']],
    ['a mark at its beginning', `\uFEFF${ada}`, ['Patient']],
    ['a type that nobody wants', '{"resourceType":"Observation"}', ['other Observation']],
    [
      'entries with addresses',
      bundle(`{"fullUrl":"urn:uuid:1","resource":${ada}}`),
      ['Bundle.entry[0].resource urn:uuid:1'],
    ],
    ['nothing', '', ['! : is empty']],
    ['blanks', ' \n', ['! : is empty']],
    [
      'UTF-16',
      utf16(ada),
      ['! : is not UTF-8 (it looks like UTF-16): save the file as UTF-8 and import it again'],
    ],
    [
      'a packed file',
      new Uint8Array([0x1f, 0x8b, 8, 0, 0]),
      ['! : is a packed file: unpack it and import what is in it'],
    ],
    [
      'bytes that are no UTF-8, and an entry behind them',
      new Uint8Array(
        Buffer.from(
          bundle(entry('{"resourceType":"Patient","name":[{"family":"\xe9"}]}'), entry(ada)),
          'latin1',
        ),
      ),
      [
        '! Bundle.entry[0].resource.name[0].family: holds bytes that are not UTF-8: save the file as UTF-8 and import it again',
        'Bundle.entry[1].resource',
      ],
    ],
    ['a NUL as it is', '{"resourceType":"Patient","id":"a\0"}', ['! Patient.id: holds a NUL character']],
    [
      'a NUL and half a character in escapes',
      bundle(
        entry('{"resourceType":"Patient","id":"\\u0000"}'),
        entry('{"resourceType":"Patient","name":[{"given":["\\ud83d"]}]}'),
        entry('{"resourceType":"Patient","name":[{"given":["\\ud83d\\ude00"]}]}'),
        entry('{"resourceType":"Observation","note":"\\u0000"}'),
      ),
      [
        '! Bundle.entry[0].resource.id: holds a NUL character',
        '! Bundle.entry[1].resource.name[0].given[0]: holds half a character',
        'Bundle.entry[2].resource',
        'other Observation',
      ],
    ],
    [
      'entries that are none',
      bundle(
        'null',
        '7',
        '{}',
        entry('null'),
        entry('[]'),
        entry('{"id":"x"}'),
        entry('{"resourceType":7}'),
        entry(ada),
      ),
      [
        '! Bundle.entry[0]: is not an entry with a resource',
        '! Bundle.entry[1]: is not an entry with a resource',
        ...[2, 3, 4, 5, 6].map((at) => `! Bundle.entry[${at}].resource: holds no FHIR resource`),
        'Bundle.entry[7].resource',
      ],
    ],
    [
      'types that are no names',
      bundle(
        entry('{"resourceType":"__proto__"}'),
        entry('{"resourceType":"constructor"}'),
        entry('{"resourceType":""}'),
      ),
      [0, 1, 2].map((at) => `! Bundle.entry[${at}].resource.resourceType: is no type of FHIR resources`),
    ],
    ['entries that are no list', '{"resourceType":"Bundle","entry":{}}', ['! Bundle.entry: is not a list']],
    ['a Bundle without entries', '{"resourceType":"Bundle"}', []],
    [
      'a Bundle in a Bundle',
      bundle(entry(bundle(entry(ada), 'null')), entry(ada)),
      [
        'Bundle.entry[0].resource.entry[0].resource',
        '! Bundle.entry[0].resource.entry[1]: is not an entry with a resource',
        'Bundle.entry[1].resource',
      ],
    ],
    [
      'members that stand there twice',
      bundle(
        entry('{"resourceType":"Patient","id":"1","id":"2"}'),
        entry('{"resourceType":"Goal","id":"1","id":"2"}'),
      ),
      ['! Bundle.entry[0].resource.id: stands there twice', 'other Goal'],
    ],
    [
      'two lists of entries',
      `{"resourceType":"Bundle","entry":[${entry(ada)}],"entry":[${entry(ada)}]}`,
      ['Bundle.entry[0].resource', 'Bundle.entry[1].resource', '! Bundle.entry: stands there twice'],
    ],
    [
      'entries of something else',
      `{"entry":[${entry(ada)}]}`,
      ['Bundle.entry[0].resource', '! : holds entries, but its resourceType is not Bundle'],
    ],
    [
      'a cut in an entry',
      bundle(entry(ada), entry('{"resourceType":"Patient","name":[{"family":"Lovelace"}]}')).slice(0, -14),
      [
        'Bundle.entry[0].resource',
        '! Bundle.entry[1].resource.name[0].family: is cut off: the file ends here',
      ],
    ],
    [
      'a cut in a letter of several bytes',
      cutIn('{"resourceType":"Patient","id":"', [0xf0, 0x9f]),
      ['! Patient.id: is cut off: the file ends here'],
    ],
    [
      'a cut between entries',
      `{"resourceType":"Bundle","entry":[${entry(ada)},`,
      ['Bundle.entry[0].resource', '! Bundle.entry[1]: is cut off: the file ends here'],
    ],
    [
      'a broken entry and a whole one',
      bundle(entry('{"resourceType":"Patient","active":yes}'), entry(ada)),
      ['! Bundle.entry[0].resource.active: is not JSON', 'Bundle.entry[1].resource'],
    ],
    [
      'an entry that is too deep',
      bundle(entry(`{"resourceType":"Patient","x":${'['.repeat(20)}${']'.repeat(20)}}`), entry(ada)),
      [
        '! Bundle.entry[0].resource: is nested deeper than 12 levels and was left out',
        'Bundle.entry[1].resource',
      ],
    ],
    [
      'a large one of a type that nobody wants',
      bundle(entry(`{"resourceType":"Binary","data":"${'x'.repeat(9000)}"}`), entry(ada)),
      ['other Binary', 'Bundle.entry[1].resource'],
    ],
    [
      'more than one resource',
      `${ada}\n${ada}`,
      ['Patient', '! : holds more than one resource: only the first was read. Name such a file .ndjson'],
    ],
    ['text', 'Dear Sir or Madam', ['! : is not JSON']],
    ['a number', '12', ['! : holds no FHIR resource']],
  ];
  it.each(rows)('finds what is in it: %s', (_, content, expected) => {
    expect(plain(read(content, size))).toEqual(expected);
  });

  it('goes line by line', () => {
    const lines = [
      ada,
      '',
      '{"resourceType":"Patient","name":[',
      'no',
      `{"x":"${'x'.repeat(9000)}"}`,
      '[]',
      bundle(entry(ada)),
      `${ada}\r`,
    ];
    expect(plain(read(`${lines.join('\n')}\n{"resourceType":"Pat`, size, true))).toEqual([
      'line 1 Patient',
      '! line 3 Patient.name[0]: is cut off: the line ends here',
      '! line 4: is not JSON',
      '! line 5: is larger than 0 MB and was left out',
      '! line 6: holds no FHIR resource',
      'line 7 Bundle.entry[0].resource',
      'line 8 Patient',
      '! line 9 resourceType: is cut off: the file ends here',
    ]);
  });
});

describe('files that are damaged at random', () => {
  it('are read alike in chunks of any size, and hold no more than the limit', () => {
    const random = randomFrom(seed());
    for (let round = rounds(150, 5000); round > 0; round -= 1) {
      const people = Array.from({ length: 4 }, (_, at) => person(random, `p${at}`));
      const bad = damage(random, JSON.stringify(bundleOf([...people, mistype(random, person(random, 'm'))])));
      const isLines = random() < 0.3;
      const whole = plain(read(bad, 100_000, isLines));
      expect(plain(read(bad, 1 + Math.floor(random() * 60), isLines))).toEqual(whole);
    }
  });

  it('lose no more than the entry that was damaged, where its brackets are whole', () => {
    const random = randomFrom(seed());
    for (let round = rounds(100, 3000); round > 0; round -= 1) {
      const texts = Array.from({ length: 5 }, (_, at) =>
        JSON.stringify({ resource: person(random, `p${at}`) }),
      );
      const at = Math.floor(random() * 5);
      texts[at] = (texts[at] ?? '').replace('"birthDate":', '"birthDate" oops ');
      const found = read(`{"resourceType":"Bundle","entry":[${texts.join(',')}]}`, 50);
      expect(found.filter((one) => one.kind === 'resource')).toHaveLength(4);
      expect(plain(found)[at]).toBe(`! Bundle.entry[${at}].resource.birthDate: is not JSON`);
    }
  });
});
