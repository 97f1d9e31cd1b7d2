import { Buffer } from 'node:buffer';

/**
 * FHIR files with invented people, as they should not be: cut off, mistyped, in other encodings, endless. From a
 * seed, so that a test that failed can be played again.
 */

/** mulberry32: a number from 0 to 1, the same ones for a seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const families = ['Tanaka', 'O’Neill', 'Łuczak', 'Nguyễn', 'van der Berg', 'Ochieng'];
const givens = ['Ines', 'Bo', 'Zoë', '慧', 'Marek', 'Adaeze'];

export type Person = Record<string, unknown> & { id: string };

export function person(random: () => number, id: string): Person {
  const pick = (all: readonly string[]) => all[Math.floor(random() * all.length)] ?? '';
  const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
  return {
    resourceType: 'Patient',
    id,
    identifier: [{ system: 'urn:test:hostile', value: id }],
    name: [{ family: pick(families), given: [pick(givens)] }],
    birthDate: `19${20 + Math.floor(random() * 79)}-0${1 + Math.floor(random() * 9)}-${day}`,
    address: [{ line: ['1 Elm St'], city: 'Albany', state: 'NY' }],
  };
}

export const bundleOf = (resources: readonly unknown[]) => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: resources.map((resource) => ({ resource })),
});

/** Something of another type in a place of the resource, anywhere in it. */
export function mistype(random: () => number, resource: Person): Person {
  const copy = structuredClone(resource);
  const odd = [null, 7, true, 'text', [], {}, [[]], { a: { b: [] } }, '', -0.5, ['x', null]];
  const holders: Record<string, unknown>[] = [];
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return;
    holders.push(value as Record<string, unknown>);
    for (const member of Object.values(value)) visit(member);
  };
  visit(copy);
  const holder = holders[Math.floor(random() * holders.length)] ?? copy;
  const keys = Object.keys(holder);
  const key = keys[Math.floor(random() * keys.length)] ?? 'name';
  holder[key] = odd[Math.floor(random() * odd.length)];
  return copy;
}

/** Bytes of the text, some of them another byte, some missing. */
export function damage(random: () => number, text: string): Buffer {
  const bytes = Buffer.from(text);
  for (let times = 1 + Math.floor(random() * 4); times > 0; times -= 1) {
    bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  }
  return random() < 0.5 ? bytes : bytes.subarray(0, Math.floor(random() * bytes.length));
}

/** A bundle of about so many bytes, one entry after the other: `people` patients among observations. */
export function* hugeBundle(random: () => number, bytes: number, people: number): Generator<string> {
  yield '{"resourceType":"Bundle","type":"collection","entry":[';
  const note = 'x'.repeat(2000);
  const entries = Math.ceil(bytes / 2100);
  const every = Math.floor(entries / people);
  for (let at = 0; at < entries; at += 1) {
    const isPerson = at % every === 0 && at / every < people;
    const resource = isPerson
      ? person(random, `huge-${at}`)
      : { resourceType: 'Observation', note: [{ text: note }] };
    yield `${at === 0 ? '' : ',\n'}${JSON.stringify({ resource })}`;
  }
  yield ']}';
}
