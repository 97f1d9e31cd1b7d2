import { z } from 'zod';
import { FhirFault } from './resources.ts';

const text = z.string().max(2000);

/** http://hl7.org/fhir/R4/references.html */
export const Reference = z.object({
  reference: text.optional(),
  display: text.optional(),
  identifier: z.object({ system: text.optional(), value: text.optional() }).optional(),
});
export type Reference = z.infer<typeof Reference>;

type Found = { resourceType: string; recordId: string; name: string };
type Find = (reference: string) => Promise<Found | null>;

/**
 * The id of the person that an element must lead to.
 * @param path of the element inside its resource, `.subject`
 * @throws FhirFault where it leads to nobody who is here
 */
export async function findPerson(reference: Reference, path: string, find: Find): Promise<string> {
  const at = `${path}.reference`;
  if (!reference.reference) throw new FhirFault(at, 'names no person: without one it belongs to nobody');
  const found = await find(reference.reference);
  if (found?.resourceType === 'Patient') return found.recordId;
  throw new FhirFault(at, 'leads to nobody here: bring the Patient in first, then this once more');
}

/** What a reference is called: by the record that it leads to, else by its display; '' where neither says it. */
export async function nameOf(reference: Reference, find: Find): Promise<string> {
  const found = reference.reference ? await find(reference.reference) : null;
  return (found?.name || reference.display || '').trim();
}
