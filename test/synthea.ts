import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Bundles of invented people (synthetichealth.github.io/synthea), where this machine has them beside the program. */
const folder = ['../../shared', '../../../shared']
  .map((at) => path.resolve(import.meta.dirname, at, 'data/synthea'))
  .find(existsSync);

export const syntheaFiles = folder
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .map((file) => path.join(folder, file))
  : [];

type Entry = { fullUrl: string; resource: Record<string, unknown> };

/** The entries of a bundle; those of one resource type where it is given. */
export function readSynthea(file: string, resourceType?: string): Entry[] {
  const { entry } = JSON.parse(readFileSync(file, 'utf8')) as { entry: Entry[] };
  return entry.filter((one) => !resourceType || one.resource.resourceType === resourceType);
}
