import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rounds, seed } from '../../test/rounds.ts';
import { applyPatch, readPatch } from './json-patch.ts';

const patched = (resource: object, operations: unknown) => applyPatch(resource, readPatch(operations));
const person = { a: 1, name: [{ family: 'A' }, { family: 'B' }], 'x/y': { '~': 2 } };

describe('a JSON Patch', () => {
  it.each<[string, unknown[], object]>([
    ['adds a member', [{ op: 'add', path: '/b', value: 2 }], { ...person, b: 2 }],
    ['adds over a member', [{ op: 'add', path: '/a', value: 2 }], { ...person, a: 2 }],
    [
      'adds into a list',
      [{ op: 'add', path: '/name/0', value: { family: 'Z' } }],
      { ...person, name: [{ family: 'Z' }, ...person.name] },
    ],
    [
      'adds at the end of a list',
      [{ op: 'add', path: '/name/-', value: { family: 'Z' } }],
      { ...person, name: [...person.name, { family: 'Z' }] },
    ],
    [
      'replaces deep inside',
      [{ op: 'replace', path: '/name/1/family', value: 'Z' }],
      { ...person, name: [{ family: 'A' }, { family: 'Z' }] },
    ],
    ['removes from a list', [{ op: 'remove', path: '/name/0' }], { ...person, name: [{ family: 'B' }] }],
    [
      'leaves no empty list behind',
      [
        { op: 'remove', path: '/name/0' },
        { op: 'remove', path: '/name/0' },
      ],
      { a: 1, 'x/y': { '~': 2 } },
    ],
    [
      'reads escaped names',
      [{ op: 'replace', path: '/x~1y/~0', value: 3 }],
      { ...person, 'x/y': { '~': 3 } },
    ],
    ['copies', [{ op: 'copy', from: '/a', path: '/b' }], { ...person, b: 1 }],
    ['moves', [{ op: 'move', from: '/a', path: '/b' }], { b: 1, name: person.name, 'x/y': { '~': 2 } }],
    ['goes on where a test holds', [{ op: 'test', path: '/name/0', value: { family: 'A' } }], person],
    ['does nothing where it is empty', [], person],
  ])('%s', (_, operations, expected) => {
    expect(patched(person, operations)).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['no list', { op: 'add', path: '/a', value: 1 }],
    ['an unknown operation', [{ op: 'delete', path: '/a' }]],
    ['no path', [{ op: 'remove' }]],
    ['a path without its slash', [{ op: 'remove', path: 'a' }]],
    ['a wrong escape', [{ op: 'remove', path: '/a~2' }]],
    ['no value', [{ op: 'add', path: '/a' }]],
    ['no from', [{ op: 'move', path: '/a' }]],
    ['too many', Array.from({ length: 101 }, () => ({ op: 'remove', path: '/a' }))],
    ['nothing', null],
  ])('that is none is refused: %s', (_, operations) => {
    expect(() => patched(person, operations)).toThrow(expect.objectContaining({ status: 400 }));
  });

  it.each<[string, unknown[]]>([
    ['removes what is not there', [{ op: 'remove', path: '/b' }]],
    ['replaces what is not there', [{ op: 'replace', path: '/b', value: 1 }]],
    ['goes through what is not there', [{ op: 'add', path: '/b/c', value: 1 }]],
    ['goes into a text', [{ op: 'add', path: '/name/0/family/x', value: 1 }]],
    ['is past the end of a list', [{ op: 'add', path: '/name/3', value: 1 }]],
    ['has a leading zero', [{ op: 'remove', path: '/name/01' }]],
    ['removes the end of a list', [{ op: 'remove', path: '/name/-' }]],
    ['takes all away', [{ op: 'remove', path: '' }]],
    ['moves into itself', [{ op: 'move', from: '/name', path: '/name/0' }]],
    ['tests another value', [{ op: 'test', path: '/a', value: '1' }]],
    ['reaches for what every object has', [{ op: 'replace', path: '/constructor/name', value: 1 }]],
    ['reaches for a prototype', [{ op: 'add', path: '/__proto__/x', value: 1 }]],
    ['grows without end', Array.from({ length: 60 }, () => ({ op: 'copy', from: '/name', path: '/name/-' }))],
  ])('that does not fit is refused: %s', (_, operations) => {
    const kept = structuredClone(person);
    expect(() => patched(kept, operations)).toThrow(expect.objectContaining({ status: 422 }));
    expect(kept).toEqual(person);
  });

  it('of anything is done or refused kindly', () => {
    const path = fc.oneof(
      fc.constantFrom('', '/a', '/name', '/name/0', '/name/-', '/name/1/family', '/x~1y', '/__proto__'),
      fc.string(),
    );
    const operation = fc.record(
      {
        op: fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'),
        path,
        from: path,
        value: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    const check = (operations: unknown) => {
      try {
        patched(person, operations);
      } catch (error) {
        expect(error).toHaveProperty('status');
      }
    };
    fc.assert(fc.property(fc.array(operation), check), { numRuns: rounds(300, 20_000), seed: seed() });
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
