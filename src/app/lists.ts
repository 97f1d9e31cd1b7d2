/** What each feature offers, one list per kind of contribution. A new feature adds itself here and nowhere else. */
import { patientImporter } from '../features/patients/fhir.ts';
import { patientPermissions } from '../features/patients/permissions.ts';
import { patientRoutes } from '../features/patients/routes.ts';
import { accountRoutes } from '../features/practice/accounts/routes.ts';
import { practitionerImporter } from '../features/practice/fhir.ts';
import { practicePermissions } from '../features/practice/permissions.ts';
import { practiceRoutes } from '../features/practice/routes.ts';
import { auditRoutes } from '../platform/audit/routes.ts';
import type { DutySource, FhirImporter, JobHandler, Permission } from '../platform/contributions.ts';
import type { Route } from '../platform/http/route.ts';
import { upkeepJobs } from '../platform/jobs/upkeep.ts';

export const permissions: readonly Permission[] = [...practicePermissions, ...patientPermissions];

export const routes: readonly Route[] = [
  ...auditRoutes,
  ...practiceRoutes,
  ...accountRoutes(permissions),
  ...patientRoutes,
];

export const jobHandlers: readonly JobHandler[] = [...upkeepJobs];

export const dutySources: readonly DutySource[] = [];

export const fhirImporters: readonly FhirImporter[] = [practitionerImporter, patientImporter];
