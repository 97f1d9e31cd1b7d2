import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Identifier, knownBy } from '../fhir/resources.ts';
import type { FhirRecord } from '../platform/contributions.ts';

/** Where references of FHIR resources lead: kept while an import runs, and no longer. */

/** `server` is where the resource says that it lives, '' where it does not say. */
type Kept = FhirRecord & { server: string };
/** Under which names a resource may be referred to. */
export type Named = { server: string; keys: string[] };

/** Two million people of four names each, about a gigabyte; what comes past them is not found. */
const mostKeys = 8_000_000;
const mostIdentifiers = 20;

const relative = /^([A-Z][A-Za-z]{0,63})\/([A-Za-z0-9\-.]{1,64})$/;
const absolute = /^(https?:\/\/.+)\/([A-Z][A-Za-z]{0,63}\/[A-Za-z0-9\-.]{1,64})$/;

const Names = z.object({
  resourceType: z.string(),
  id: z.string().max(200).optional().catch(undefined),
  identifier: z.array(Identifier).optional().catch(undefined),
});

/** The names of a resource: where it lives, `Type/id`, and its identifiers. */
export function namesOf(resource: Record<string, unknown>, fullUrl: string): Named {
  const read = Names.safeParse(resource);
  if (!read.success) return { server: '', keys: [] };
  const { resourceType, id } = read.data;
  const server = serverOf(fullUrl);
  const keys = fullUrl === '' ? [] : [fullUrl];
  if (id) keys.push(`${resourceType}/${id}`);
  if (id && server) keys.push(`${server}/${resourceType}/${id}`);
  for (const { system, value } of knownBy(read.data).slice(0, mostIdentifiers)) {
    keys.push(`${resourceType}?identifier=${system}|${value}`);
  }
  return { server, keys: [...new Set(keys)] };
}

/** `https://ehr.example/fhir` of `https://ehr.example/fhir/Patient/7`. */
export const serverOf = (fullUrl: string): string => absolute.exec(fullUrl)?.[1] ?? '';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const two = 1;
const words = 4;

export class References {
  /**
   * Names by a part of their hash, in a table of four words a place: three of the hash, and 0 where it is free, 1
   * where two records have the name, else the record's number and 2. A Map of texts took four times as much.
   */
  #table = new Uint32Array(words * 64);
  #size = 0;
  readonly #records: Kept[] = [];
  readonly #most: number;
  /** Something was not kept, since there was no room. */
  isFull = false;

  constructor(most = mostKeys) {
    this.#most = most;
  }

  add(named: Named, record: FhirRecord): void {
    const kept: Kept = { ...record, name: record.name.slice(0, 200), server: named.server };
    const number = this.#records.push(kept) + 1;
    for (const key of named.keys) this.#put(key, number);
  }

  #put(key: string, number: number): void {
    const hash = hashOf(key);
    const at = this.#placeOf(hash);
    const known = this.#table[at + 3] ?? 0;
    if (known === 0 && this.#size >= this.#most) this.isFull = true;
    else if (known === 0) {
      this.#table.set([...hash, number], at);
      this.#size += 1;
      if (this.#size * words * 2 > this.#table.length) this.#grow();
    } else if (known !== two && !this.#isSame(known, number)) this.#table[at + 3] = two;
  }

  #isSame(one: number, other: number): boolean {
    const [first, second] = [this.#records[one - 2], this.#records[other - 2]];
    return first?.recordId === second?.recordId && first?.resourceType === second?.resourceType;
  }

  /** Where a hash stands, or the free place where it would. */
  #placeOf(hash: Uint32Array): number {
    const table = this.#table;
    const places = table.length / words;
    for (let place = (hash[0] ?? 0) % places; ; place = (place + 1) % places) {
      const at = place * words;
      if (table[at + 3] === 0) return at;
      if (table[at] === hash[0] && table[at + 1] === hash[1] && table[at + 2] === hash[2]) return at;
    }
  }

  #grow(): void {
    const before = this.#table;
    this.#table = new Uint32Array(before.length * 2);
    for (let at = 0; at < before.length; at += words) {
      if (before[at + 3] !== 0) {
        this.#table.set(before.subarray(at, at + words), this.#placeOf(before.subarray(at, at + 3)));
      }
    }
  }

  /**
   * @param server where the resource that refers says it lives: its relative references are meant there
   * @returns null where it leads to two, undefined where it leads nowhere
   */
  find(reference: string, server: string): FhirRecord | null | undefined {
    const plain = reference.replace(/\/_history\/[^/]*$/, '');
    const found = plain.includes('?') ? this.#get(decoded(plain)) : this.#find(plain, server);
    if (!found) return found;
    return { resourceType: found.resourceType, recordId: found.recordId, name: found.name };
  }

  #find(plain: string, server: string): Kept | null | undefined {
    const [, home, local] = absolute.exec(plain) ?? [];
    const within = home ?? (relative.test(plain) ? server : '');
    const there = this.#get(home || within === '' ? plain : `${within}/${plain}`);
    if (there !== undefined || within === '') return there;
    // Another server's record of the same id is someone else.
    const anywhere = this.#get(local ?? plain);
    return anywhere && anywhere.server !== '' ? undefined : anywhere;
  }

  #get(key: string): Kept | null | undefined {
    const number = this.#table[this.#placeOf(hashOf(key)) + 3] ?? 0;
    return number === two ? null : this.#records[number - 2];
  }
}

function hashOf(key: string): Uint32Array {
  const digest = createHash('sha256').update(key).digest();
  return new Uint32Array([digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8)]);
}
