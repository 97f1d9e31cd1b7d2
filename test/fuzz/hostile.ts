import type { Random } from '../../src/platform/random.ts';

/** What a desk never sends, and somebody will. */

type Schema = {
  $ref?: string;
  $defs?: Record<string, Schema>;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  format?: string;
  pattern?: string;
  minimum?: number;
  minLength?: number;
  minItems?: number;
};

export type { Schema };

const long = (length: number) => 'x'.repeat(length);

/** Values for any field, by what they try. */
const values: (() => unknown)[] = [
  () => null,
  () => '',
  () => ' ',
  () => 0,
  () => -1,
  () => 1e308,
  () => 2 ** 63,
  () => 0.1,
  () => true,
  () => [],
  () => ({}),
  () => [[[]]],
  () => 'nul \u0000 inside',
  () => 'control \u0001\u0007\u001b[31m\r\n',
  () => '\u202Eright to left',
  () => '\uD800 half a pair',
  () => '👩‍⚕️'.repeat(50),
  () => long(5000),
  () => long(300_000),
  () => "Robert'); drop table patients;--",
  () => '<script>alert(1)</script>',
  () => '=cmd|calc',
  () => `\${jndi:ldap://x}`,
  () => '../../etc/passwd',
  () => '2026-02-30',
  () => '0000-00-00',
  () => '99999-01-01',
  () => '-infinity',
  () => '2026-13-45T99:99:99Z',
  () => 'NaN',
  () => '00000000-0000-0000-0000-000000000000',
  () => 'ffffffff-ffff-ffff-ffff-ffffffffffff',
  () => 'not-a-uuid',
  () => Array.from({ length: 3000 }, (_, i) => i),
  () => ({ toString: 'x', constructor: 'x', hasOwnProperty: 'x' }),
  () => ({ id: { id: { id: {} } } }),
];

export const hostileValue = (random: Random): unknown => random.pick(values)();

/** Whole bodies that no schema describes. */
export const hostileBodies: readonly [what: string, body: string, type?: string][] = [
  ['nothing', ''],
  ['half a brace', '{"a":'],
  ['a number', '7'],
  ['a list', '[1,2,3]'],
  ['null', 'null'],
  ['deep lists', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['deep objects', `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`],
  ['a prototype', '{"__proto__":{"isManager":true},"constructor":{"prototype":{"x":1}}}'],
  ['keys twice', '{"version":1,"version":"two","version":null}'],
  ['too much', `{"text":"${long(1_200_000)}"}`],
  ['a form', 'a=1&b=2', 'application/x-www-form-urlencoded'],
  ['plain text', 'hello', 'text/plain'],
  [
    'XML',
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    'text/xml',
  ],
];

const deepest = 8;

/** Something that the schema takes, with real ids where it wants ids. */
export function sample(
  schema: Schema,
  random: Random,
  ids: readonly string[],
  root: Schema = schema,
  depth = 0,
): unknown {
  if (schema.$ref) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return depth > deepest ? null : sample(root.$defs?.[name] ?? {}, random, ids, root, depth + 1);
  }
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return random.pick(schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return sample(random.pick(choices), random, ids, root, depth + 1);
  if (schema.allOf) {
    const parts = schema.allOf.map((part) => sample(part, random, ids, root, depth + 1));
    return Object.assign({}, ...parts);
  }
  const type = Array.isArray(schema.type) ? random.pick(schema.type) : schema.type;
  switch (type) {
    case 'object': {
      const wanted = Object.entries(schema.properties ?? {}).filter(
        ([name]) => schema.required?.includes(name) || random.chance(0.6),
      );
      return Object.fromEntries(
        wanted.map(([name, part]) => [name, sample(part, random, ids, root, depth + 1)]),
      );
    }
    case 'array': {
      const count = depth > deepest ? 0 : Math.max(schema.minItems ?? 0, random.below(3));
      return Array.from({ length: count }, () => sample(schema.items ?? {}, random, ids, root, depth + 1));
    }
    case 'integer':
    case 'number':
      return Math.max(schema.minimum ?? 1, 1);
    case 'boolean':
      return random.chance(0.5);
    case 'null':
      return null;
    default:
      return sampleText(schema, random, ids);
  }
}

function sampleText(schema: Schema, random: Random, ids: readonly string[]): string {
  if (schema.format === 'uuid' || schema.pattern?.includes('[0-9a-fA-F]{8}')) return random.pick(ids);
  if (schema.format === 'date' || schema.pattern?.includes('\\d{4}-')) return '2026-03-05';
  if (schema.format === 'date-time') return '2026-03-05T15:00:00.000Z';
  if (schema.format === 'email') return 'someone@test.example';
  if (schema.pattern?.includes(':')) return '10:30';
  return long(Math.max(schema.minLength ?? 1, 3));
}

/** The same with one field, anywhere in it, made hostile. */
export function spoil(value: unknown, random: Random): unknown {
  if (Array.isArray(value) && value.length > 0 && random.chance(0.7)) {
    const at = random.below(value.length);
    return value.map((one, index) => (index === at ? spoil(one, random) : one));
  }
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const names = Object.keys(value);
    if (names.length === 0 || random.chance(0.1))
      return { ...value, [`x${random.below(9)}`]: hostileValue(random) };
    const name = random.pick(names);
    if (random.chance(0.1)) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
    const fields = value as Record<string, unknown>;
    return { ...fields, [name]: random.chance(0.4) ? spoil(fields[name], random) : hostileValue(random) };
  }
  return hostileValue(random);
}
