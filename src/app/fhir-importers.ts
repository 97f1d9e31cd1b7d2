/** What each feature takes from FHIR R4 resources, in the order in which the kinds are read. */
import { organizationImporter } from '../features/contacts/fhir.ts';
import { coverageImporter } from '../features/coverage/fhir.ts';
import { encounterImporter } from '../features/history/fhir.ts';
import { patientImporter } from '../features/patients/fhir.ts';
import { practitionerImporter } from '../features/practice/fhir.ts';
import type { FhirImporter } from '../platform/contributions.ts';

export const fhirImporters: readonly FhirImporter[] = [
  organizationImporter,
  practitionerImporter,
  patientImporter,
  coverageImporter,
  encounterImporter,
];
