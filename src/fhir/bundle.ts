import type { Bundle, Resource } from '@medplum/fhirtypes';

export type Found = {
  base: string;
  resources: readonly Resource[];
  /** What they refer to: shown beside them, and not counted. */
  included: readonly Resource[];
  /** null: not known */
  total: number | null;
  /** Relative addresses. */
  self: string;
  next: string | null;
};

/** A searchset (hl7.org/fhir/R4/bundle.html). */
export function searchset({ base, resources, included, total, self, next }: Found): Bundle {
  const entryOf = (mode: 'match' | 'include') => (resource: Resource) => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode },
  });
  const all = [...resources.map(entryOf('match')), ...included.map(entryOf('include'))];
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    ...(total === null ? {} : { total }),
    link: [
      { relation: 'self', url: `${base}/${self}` },
      ...(next ? [{ relation: 'next' as const, url: `${base}/${next}` }] : []),
    ],
    // An empty list is no FHIR.
    ...(all.length > 0 ? { entry: all } : {}),
  } as Bundle;
}
