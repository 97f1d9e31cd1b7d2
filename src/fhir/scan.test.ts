import { describe, expect, it } from 'vitest';
import { BundleScanner, type Piece } from './scan.ts';

const limits = { bytes: 2000, depth: 12 };
const encoder = new TextEncoder();
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

function scan(text: string, size: number): { pieces: Piece[]; most: number } {
  const bytes = encoder.encode(text);
  const scanner = new BundleScanner(limits);
  const pieces: Piece[] = [];
  let most = 0;
  for (let at = 0; at < bytes.length; at += size) {
    pieces.push(...scanner.push(bytes.slice(at, at + size)));
    most = Math.max(most, scanner.held);
  }
  return { pieces: [...pieces, ...scanner.end()], most };
}

/** One line a piece: `0 {…}` of an entry, `shell {…}` last, with its fault before it. */
const plain = (pieces: readonly Piece[]) =>
  pieces.map((piece) => {
    const name = piece.kind === 'shell' ? 'shell' : String(piece.index);
    return [name, piece.fault, textOf(piece.bytes)].filter((part) => part !== undefined).join(' ');
  });

const bundle = (entries: string) => `{"resourceType":"Bundle","entry":[${entries}],"type":"batch"}`;
const shell = 'shell {"resourceType":"Bundle","entry":[],"type":"batch"}';

describe.each([1, 7, 100_000])('entries out of chunks of %i bytes', (size) => {
  const rows: [string, string, string[]][] = [
    ['two entries', bundle('{"a":1}, {"b":[2]}'), ['0 {"a":1}', '1 {"b":[2]}', shell]],
    ['no entry', bundle(' \n '), [shell]],
    ['brackets in strings', bundle('{"a":"]}\\"{["}'), ['0 {"a":"]}\\"{["}', shell]],
    ['letters of several bytes', bundle('{"a":"Zoë 👩‍⚕️"}'), ['0 {"a":"Zoë 👩‍⚕️"}', shell]],
    ['an escape at the end of a string', bundle('{"a":"\\\\"},{}'), ['0 {"a":"\\\\"}', '1 {}', shell]],
    [
      'words and numbers',
      bundle('null,12 , "x",[1],true'),
      ['0 null', '1 12', '2 "x"', '3 [1]', '4 true', shell],
    ],
    ['one resource', '{"resourceType":"Patient","id":"1"}', ['shell {"resourceType":"Patient","id":"1"}']],
    ['no JSON', 'hello', ['shell cut hello']],
    ['nothing', '', ['shell cut ']],
    [
      'the entries of a list resource, which are its own',
      '{"resourceType":"List","entry":[{"item":{}}]}',
      ['shell {"resourceType":"List","entry":[{"item":{}}]}'],
    ],
    [
      'a type that stands behind the entries',
      '{"entry":[{"a":1}],"resourceType":"Bundle"}',
      ['0 {"a":1}', 'shell {"entry":[],"resourceType":"Bundle"}'],
    ],
    [
      'entries inside an entry, which belong to it',
      bundle('{"resource":{"resourceType":"Bundle","entry":[{}]}}'),
      ['0 {"resource":{"resourceType":"Bundle","entry":[{}]}}', shell],
    ],
    ['entries that are no list', '{"entry":{"a":[1]}}', ['shell {"entry":{"a":[1]}}']],
    [
      'two lists of entries',
      '{"entry":[{"a":1}],"entry":[{"b":1}]}',
      ['0 {"a":1}', '1 {"b":1}', 'shell {"entry":[],"entry":[]}'],
    ],
    ['more behind the end', '{"a":1}\n {"a":2}', ['shell more {"a":1}']],
    ['a cut between entries', '{"entry":[{"a":1},', ['0 {"a":1}', 'shell cut {"entry":[']],
    [
      'a cut in an entry',
      '{"entry":[{"a":1},{"b":"x',
      ['0 {"a":1}', '1 cut {"b":"x', 'shell cut {"entry":['],
    ],
    ['a cut behind the entries', '{"entry":[{"a":1}],"t', ['0 {"a":1}', 'shell cut {"entry":[],"t']],
    [
      'a quote that is missing, which ends with its line',
      bundle('{"a":"x,\n"b":[2]\n},{"c":3}'),
      ['0 {"a":"x,\n"b":[2]\n}', '1 {"c":3}', shell],
    ],
    ['a bracket too many', bundle('{"a":1}},{"b":2}'), ['0 {"a":1}', '1 {"b":2}', shell]],
    [
      'a list that was not closed, closed by the object around it',
      bundle('{"a":[1},{"b":2}'),
      ['0 {"a":[1}', '1 {"b":2}', shell],
    ],
    ['an entry that was not closed', bundle('{"a":{"x":1},{"b":2}'), ['0 {"a":{"x":1},', '1 {"b":2}', shell]],
  ];
  it.each(rows)('finds %s', (_, text, expected) => {
    expect(plain(scan(text, size).pieces)).toEqual(expected);
  });

  it('keeps the beginning of an entry that is too deep, and goes on behind it', () => {
    const deep = `{"type":"Patient","x":${'['.repeat(40)}${']'.repeat(40)}}`;
    const [first, second, last] = scan(bundle(`${deep},{"b":2}`), size).pieces;
    expect(first).toMatchObject({ kind: 'entry', index: 0, fault: 'deep' });
    expect(textOf(first?.bytes ?? new Uint8Array())).toMatch(/^\{"type":"Patient","x":\[+$/);
    expect(plain([second, last].flatMap((piece) => piece ?? []))).toEqual(['1 {"b":2}', shell]);
  });

  it('keeps only the beginning of a resource that is too deep by itself', () => {
    const text = `{"resourceType":"Patient","x":${'[{"y":'.repeat(5000)}`;
    const { pieces, most } = scan(text, size);
    expect(pieces).toMatchObject([{ kind: 'shell', fault: 'deep' }]);
    expect(textOf(pieces[0]?.bytes ?? new Uint8Array())).toMatch(/^\{"resourceType":"Patient","x":\[/);
    expect(most).toBeLessThan(limits.bytes);
  });

  it('holds no more of an entry that is too large than its beginning', () => {
    const large = `{"a":"${'x'.repeat(300_000)}"}`;
    const { pieces, most } = scan(bundle(`{"a":1},${large},{"b":2}`), size);
    expect(pieces).toMatchObject([{ index: 0 }, { index: 1, fault: 'large' }, { index: 2 }, {}]);
    expect(plain(pieces.slice(2))).toEqual(['2 {"b":2}', shell]);
    expect(pieces[1]?.bytes.length).toBeLessThanOrEqual(65_536);
    expect(most).toBeLessThanOrEqual(limits.bytes + 65_536);
  });

  it('says that what stands around the entries is too large', () => {
    const { pieces } = scan(`{"note":"${'x'.repeat(5000)}","entry":[{"a":1}]}`, size);
    expect(pieces).toMatchObject([
      { kind: 'entry', index: 0 },
      { kind: 'shell', fault: 'large', entries: 1, lists: 1 },
    ]);
  });

  it('tells whether the file ended among the entries', () => {
    expect(scan('{"entry":[{"a":1},', size).pieces.at(-1)).toMatchObject({ isInEntries: true, entries: 1 });
    expect(scan('{"entry":[{"a":1}]', size).pieces.at(-1)).toMatchObject({ isInEntries: false });
  });
});
