import type { Bundle, Resource } from '@medplum/fhirtypes';
import { outcome } from './outcome.ts';

export type Found = {
  base: string;
  resources: readonly Resource[];
  /** null: not known */
  total: number | null;
  /** Relative addresses. */
  self: string;
  next: string | null;
  /** Said beside the resources, e.g. that there is more than can be paged through. */
  warning?: string | null;
};

/** A searchset (hl7.org/fhir/R4/bundle.html). */
export function searchset({ base, resources, total, self, next, warning }: Found): Bundle {
  const entry = resources.map((resource) => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource,
    search: { mode: 'match' as const },
  }));
  const said = warning
    ? [
        {
          resource: outcome('too-costly', warning, { severity: 'warning' }),
          search: { mode: 'outcome' as const },
        },
      ]
    : [];
  const all = [...entry, ...said];
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
