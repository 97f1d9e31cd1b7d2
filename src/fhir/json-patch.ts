import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { FhirProblem } from './outcome.ts';

/** JSON Patch (RFC 6902) of a resource: what FHIR R4's patch sends (hl7.org/fhir/R4/http.html#patch). */

const Pointer = z
  .string()
  .max(500)
  .regex(/^(\/([^~/]|~[01])*)*$/);
const value = z.unknown().refine((one) => one !== undefined);
const Operation = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), path: Pointer, value }),
  z.object({ op: z.literal('replace'), path: Pointer, value }),
  z.object({ op: z.literal('test'), path: Pointer, value }),
  z.object({ op: z.literal('remove'), path: Pointer }),
  z.object({ op: z.literal('move'), path: Pointer, from: Pointer }),
  z.object({ op: z.literal('copy'), path: Pointer, from: Pointer }),
]);
export type Operation = z.infer<typeof Operation>;
const most = 100;
/** Copies of copies could grow without end. */
const longest = 200_000;

type Holder = Record<string, unknown> | unknown[];
const isObject = (one: unknown): one is Record<string, unknown> =>
  typeof one === 'object' && one !== null && !Array.isArray(one);

/** Why an operation does not fit the resource. */
class Misfit extends Error {}

const tokensOf = (pointer: string) =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));

/** A place in a list: an index without a leading zero, at most `last`. */
function placeIn(list: readonly unknown[], token: string, last: number): number {
  const index = /^(0|[1-9]\d{0,5})$/.test(token) ? Number(token) : -1;
  if (index < 0 || index > last)
    throw new Misfit(`there is no member ${list.length > 0 ? 'at this place' : 'yet'}`);
  return index;
}

function childOf(parent: unknown, token: string): unknown {
  if (Array.isArray(parent)) return parent[placeIn(parent, token, parent.length - 1)];
  if (isObject(parent) && Object.hasOwn(parent, token)) return parent[token];
  throw new Misfit('there is nothing at this path');
}

const valueAt = (root: unknown, pointer: string) => tokensOf(pointer).reduce(childOf, root);

/** The list or object that holds what a pointer names, and its name there. */
function holderOf(root: unknown, pointer: string): { holder: Holder; token: string } {
  const tokens = tokensOf(pointer);
  const token = tokens.pop();
  const holder = tokens.reduce(childOf, root);
  if (token === undefined) throw new Misfit('the whole resource cannot be taken away; send it by PUT');
  if (token === '__proto__' || (!isObject(holder) && !Array.isArray(holder)))
    throw new Misfit('there is nothing at this path');
  return { holder, token };
}

function add(root: unknown, pointer: string, added: unknown): void {
  const { holder, token } = holderOf(root, pointer);
  if (!Array.isArray(holder)) holder[token] = added;
  else holder.splice(token === '-' ? holder.length : placeIn(holder, token, holder.length), 0, added);
}

function remove(root: unknown, pointer: string): void {
  const { holder, token } = holderOf(root, pointer);
  childOf(holder, token);
  if (Array.isArray(holder)) holder.splice(Number(token), 1);
  else delete holder[token];
}

function replace(root: unknown, pointer: string, put: unknown): void {
  const { holder, token } = holderOf(root, pointer);
  childOf(holder, token);
  if (Array.isArray(holder)) holder[Number(token)] = put;
  else holder[token] = put;
}

function move(root: unknown, from: string, path: string): void {
  if (path.startsWith(`${from}/`)) throw new Misfit('nothing moves into itself');
  const moved = valueAt(root, from);
  remove(root, from);
  add(root, path, moved);
}

function run(root: unknown, one: Operation): void {
  switch (one.op) {
    case 'add':
      add(root, one.path, one.value);
      break;
    case 'replace':
      replace(root, one.path, one.value);
      break;
    case 'remove':
      remove(root, one.path);
      break;
    case 'copy':
      add(root, one.path, structuredClone(valueAt(root, one.from)));
      break;
    case 'move':
      move(root, one.from, one.path);
      break;
    case 'test':
      if (!isDeepStrictEqual(valueAt(root, one.path), one.value)) throw new Misfit('it is another value now');
  }
}

/** FHIR has neither empty lists nor empty objects. */
function withoutEmpty(one: unknown): unknown {
  if (Array.isArray(one)) return one.map(withoutEmpty).filter((member) => member !== undefined);
  if (!isObject(one)) return one;
  const kept = Object.entries(one)
    .map(([name, member]) => [name, withoutEmpty(member)] as const)
    .filter(([, member]) => member !== undefined && !(Array.isArray(member) && member.length === 0));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** @throws FhirProblem 400 when it is no JSON Patch */
export function readPatch(body: unknown): Operation[] {
  const read = z.array(z.unknown()).max(most).pipe(z.array(Operation)).safeParse(body);
  if (read.success) return read.data;
  const [index] = read.error.issues[0]?.path ?? [];
  const which =
    typeof index === 'number' ? `Look at operation ${index + 1}: it is not` : 'This is no list of operations';
  throw new FhirProblem(
    400,
    'structure',
    `${which} of JSON Patch (RFC 6902): at most ${most} of add, remove, replace, move, copy, test, each with its path.`,
  );
}

/** The resource after these operations, all or none. @throws FhirProblem 422 when one does not fit it */
export function applyPatch(resource: object, operations: readonly Operation[]): Record<string, unknown> {
  const changed: Record<string, unknown> = structuredClone({ ...resource });
  for (const [index, one] of operations.entries()) {
    try {
      run(changed, one);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
      throw new FhirProblem(
        422,
        'processing',
        `Operation ${index + 1} does not fit: ${error.message}. Read the resource again.`,
      );
    }
    if (JSON.stringify(changed).length > longest)
      throw new FhirProblem(422, 'too-long', 'Patched so, it is too long for a resource. Send less.');
  }
  return z.record(z.string(), z.unknown()).parse(withoutEmpty(changed) ?? {});
}
