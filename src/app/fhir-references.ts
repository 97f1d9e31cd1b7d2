import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Identifier, knownBy } from '../fhir/resources.ts';
import type { FhirRecord } from '../platform/contributions.ts';

/** Where references of FHIR resources lead: kept while an import runs, and no longer. */

/** `server` is where the resource says that it lives, '' where it does not say. */
type Kept = FhirRecord & { server: string };
/** Under which names a resource may be referred to. */
export type Named = { server: string; keys: string[] };

/** About 1.2 GB of memory; what comes past it is not found. */
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

export class References {
  /** null: two records have this name. Names are kept as a part of their hash, 16 letters each. */
  readonly #records = new Map<string, Kept | null>();
  readonly #most: number;
  /** Something was not kept, since there was no room. */
  isFull = false;

  constructor(most = mostKeys) {
    this.#most = most;
  }

  add(named: Named, record: FhirRecord): void {
    const kept: Kept = { ...record, name: record.name.slice(0, 200), server: named.server };
    for (const key of named.keys) this.#put(hashOf(key), kept);
  }

  #put(hash: string, kept: Kept): void {
    const known = this.#records.get(hash);
    if (known === undefined) {
      if (this.#records.size < this.#most) this.#records.set(hash, kept);
      else this.isFull = true;
    } else if (known && (known.recordId !== kept.recordId || known.resourceType !== kept.resourceType)) {
      this.#records.set(hash, null);
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
    return this.#records.get(hashOf(key));
  }
}

const hashOf = (key: string) => createHash('sha256').update(key).digest().toString('base64url', 0, 12);
