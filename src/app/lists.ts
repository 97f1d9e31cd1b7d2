/** What each feature offers, one list per kind of contribution. A new feature adds itself here and nowhere else. */
import { callDuties } from '../features/calls/duties.ts';
import { callExporter } from '../features/calls/exports.ts';
import { callHolder } from '../features/calls/merging/commands.ts';
import { callPaths, callReason } from '../features/calls/near/queries.ts';
import { callPermissions } from '../features/calls/permissions.ts';
import { callRoutes } from '../features/calls/routes.ts';
import { contactExporter } from '../features/contacts/exports.ts';
import { organizationImporter } from '../features/contacts/fhir.ts';
import { contactHolder } from '../features/contacts/merging/commands.ts';
import { contactPermissions } from '../features/contacts/permissions.ts';
import { contactRoutes } from '../features/contacts/routes.ts';
import { coverageExporter } from '../features/coverage/exports.ts';
import { coverageImporter } from '../features/coverage/fhir.ts';
import { coverageHolder } from '../features/coverage/merging/commands.ts';
import { coverageRoutes } from '../features/coverage/routes.ts';
import { exportPermissions } from '../features/exports/permissions.ts';
import { exportRoutes } from '../features/exports/routes.ts';
import { followUpDuties } from '../features/follow-ups/duties.ts';
import { followUpExporter } from '../features/follow-ups/exports.ts';
import { followUpJobs } from '../features/follow-ups/jobs.ts';
import { followUpHolder } from '../features/follow-ups/merging/commands.ts';
import { followUpPaths, followUpReason } from '../features/follow-ups/near/queries.ts';
import { followUpPermissions } from '../features/follow-ups/permissions.ts';
import { followUpRoutes } from '../features/follow-ups/routes.ts';
import { historyExporter } from '../features/history/exports.ts';
import { encounterImporter } from '../features/history/fhir.ts';
import { historyHolder } from '../features/history/merging/commands.ts';
import { outsideRoutes } from '../features/history/routes.ts';
import { importExporter } from '../features/imports/exports.ts';
import { importJobs } from '../features/imports/jobs.ts';
import { importPermissions } from '../features/imports/permissions.ts';
import { importRoutes } from '../features/imports/routes.ts';
import { chartDuties } from '../features/patients/charts/duties.ts';
import { patientExporter } from '../features/patients/exports.ts';
import { familyDuties } from '../features/patients/families/duties.ts';
import { patientImporter } from '../features/patients/fhir.ts';
import { patientHolders } from '../features/patients/merging/commands.ts';
import { mergingRoutes } from '../features/patients/merging/routes.ts';
import { registeredReason } from '../features/patients/near/queries.ts';
import { patientPermissions } from '../features/patients/permissions.ts';
import { patientRoutes } from '../features/patients/routes.ts';
import { patientSubject } from '../features/patients/subjects.ts';
import { accessRoutes } from '../features/practice/access/routes.ts';
import { accountRoutes } from '../features/practice/accounts/routes.ts';
import { demoRoutes } from '../features/practice/demo/routes.ts';
import { practiceExporter } from '../features/practice/exports.ts';
import { practitionerImporter } from '../features/practice/fhir.ts';
import { practicePermissions } from '../features/practice/permissions.ts';
import { practiceRoutes } from '../features/practice/routes.ts';
import { secondStepRoutes } from '../features/practice/second-step/routes.ts';
import { packetDuties } from '../features/prints/packet/duties.ts';
import { printExporter } from '../features/prints/packet/exports.ts';
import { packetJob } from '../features/prints/packet/jobs.ts';
import { printPermissions } from '../features/prints/permissions.ts';
import { printRoutes } from '../features/prints/routes.ts';
import { privacyDuties } from '../features/privacy/duties.ts';
import { privacyExporter } from '../features/privacy/exports.ts';
import { privacyJobs } from '../features/privacy/jobs.ts';
import { restrictionHolder, staffLinkHolder } from '../features/privacy/merging/commands.ts';
import { privacyPermissions } from '../features/privacy/permissions.ts';
import { privacyRoutes } from '../features/privacy/routes.ts';
import { blockRoutes } from '../features/schedule/blocks/routes.ts';
import { bookingRuleRoutes } from '../features/schedule/booking-rules/routes.ts';
import { calendarDuties } from '../features/schedule/calendars/duties.ts';
import { calendarJob } from '../features/schedule/calendars/jobs.ts';
import { calendarRoutes } from '../features/schedule/calendars/routes.ts';
import { dayRoutes } from '../features/schedule/day/routes.ts';
import { scheduleDuties } from '../features/schedule/duties.ts';
import { scheduleExporter } from '../features/schedule/exports.ts';
import { feedRoutes } from '../features/schedule/feeds/routes.ts';
import { flowRoutes } from '../features/schedule/flow/routes.ts';
import { groupRoutes } from '../features/schedule/groups/routes.ts';
import { holdJobs } from '../features/schedule/holds/jobs.ts';
import { holdRoutes } from '../features/schedule/holds/routes.ts';
import { scheduleJobs } from '../features/schedule/jobs.ts';
import { visitHolder } from '../features/schedule/merging/commands.ts';
import { seriesPaths, visitPaths, visitReason, visitStepReason } from '../features/schedule/near/queries.ts';
import { noticeRoutes } from '../features/schedule/notice/routes.ts';
import { openingsRoutes } from '../features/schedule/openings/routes.ts';
import { schedulePermissions } from '../features/schedule/permissions.ts';
import { pinJobs } from '../features/schedule/pinboard/jobs.ts';
import { pinRoutes } from '../features/schedule/pinboard/routes.ts';
import { seriesHolder } from '../features/schedule/series/merging/commands.ts';
import { seriesRoutes } from '../features/schedule/series/routes.ts';
import { setupJobs } from '../features/schedule/setup/jobs.ts';
import { outsideDuties } from '../features/schedule/setup/outside/duties.ts';
import { setupRoutes } from '../features/schedule/setup/routes.ts';
import { slotCodeRoutes } from '../features/schedule/slot-codes/routes.ts';
import { startRoutes } from '../features/schedule/start/routes.ts';
import { visitSubject } from '../features/schedule/subjects.ts';
import { templateRoutes } from '../features/schedule/templates/routes.ts';
import { viewRoutes } from '../features/schedule/views/routes.ts';
import { visitRoutes } from '../features/schedule/visits/routes.ts';
import { walkInRoutes } from '../features/schedule/walk-ins/routes.ts';
import { taskDuties } from '../features/tasks/duties.ts';
import { taskExporter } from '../features/tasks/exports.ts';
import { markRoutes } from '../features/tasks/marks/routes.ts';
import { taskHolder } from '../features/tasks/merging/commands.ts';
import { taskPaths, taskReason } from '../features/tasks/near/queries.ts';
import { taskPermissions } from '../features/tasks/permissions.ts';
import { taskRoutes } from '../features/tasks/routes.ts';
import { taskSubject } from '../features/tasks/subjects.ts';
import { teamDuties } from '../features/team/duties.ts';
import { teamExporter } from '../features/team/exports.ts';
import { handoffHolder } from '../features/team/handoffs/commands.ts';
import { handoffDuties } from '../features/team/handoffs/duties.ts';
import { handoffRoutes } from '../features/team/handoffs/routes.ts';
import { mentionReason, notePaths } from '../features/team/near/queries.ts';
import { noteHolder } from '../features/team/notes/commands.ts';
import { noteDuties } from '../features/team/notes/duties.ts';
import { noteRoutes } from '../features/team/notes/routes.ts';
import { teamPermissions } from '../features/team/permissions.ts';
import { teamRoutes } from '../features/team/routes.ts';
import { auditExporter } from '../platform/audit/exports.ts';
import { auditRoutes } from '../platform/audit/routes.ts';
import { backupDuties } from '../platform/backups/duties.ts';
import type {
  DutySource,
  Exporter,
  FhirImporter,
  JobHandler,
  Permission,
  PersonHolder,
  PersonPath,
  PresentReason,
  Subject,
} from '../platform/contributions.ts';
import type { Route } from '../platform/http/route.ts';
import { failedJobDuties } from '../platform/jobs/duties.ts';
import { jobRoutes } from '../platform/jobs/job-routes.ts';
import { upkeepJobs } from '../platform/jobs/upkeep.ts';
import { ownSessionRoutes } from '../platform/session/routes.ts';
import { fhirRoutes } from './fhir-api/routes.ts';
import { TodayBoard } from './pages/today/board.ts';
import { openDuties } from './pages/today/open-duties.ts';
import { todayRoutes } from './pages/today/today-routes.ts';

export const permissions: readonly Permission[] = [
  ...practicePermissions,
  ...patientPermissions,
  ...contactPermissions,
  ...schedulePermissions,
  ...printPermissions,
  ...taskPermissions,
  ...teamPermissions,
  ...callPermissions,
  ...followUpPermissions,
  ...importPermissions,
  ...exportPermissions,
  ...privacyPermissions,
];

/** What makes looking at a person's record today's work; the cheapest and likeliest first. */
export const presentReasons: readonly PresentReason[] = [
  visitReason,
  callReason,
  taskReason,
  mentionReason,
  followUpReason,
  visitStepReason,
  registeredReason,
];

export const jobHandlers: readonly JobHandler[] = [
  ...upkeepJobs,
  ...setupJobs,
  ...scheduleJobs,
  ...holdJobs,
  ...pinJobs,
  ...followUpJobs,
  ...importJobs,
  ...privacyJobs(presentReasons),
];

export const dutySources: readonly DutySource[] = [
  ...scheduleDuties,
  ...outsideDuties,
  ...taskDuties,
  ...packetDuties,
  ...privacyDuties,
  ...teamDuties,
  ...handoffDuties,
  ...noteDuties,
  ...callDuties,
  ...followUpDuties,
  ...familyDuties,
  ...chartDuties,
  ...calendarDuties,
  failedJobDuties([...jobHandlers, packetJob, calendarJob]),
  backupDuties,
];

/** What a note may be about, and what a desk may say that it has open. */
export const subjects: readonly Subject[] = [patientSubject, visitSubject, taskSubject];

/** Who holds something of a person: it moves when two records become one. */
export const personHolders: readonly PersonHolder[] = [
  ...patientHolders,
  contactHolder,
  coverageHolder,
  historyHolder,
  seriesHolder,
  visitHolder,
  taskHolder,
  noteHolder,
  handoffHolder,
  restrictionHolder,
  staffLinkHolder,
  callHolder,
  followUpHolder,
];

/** Whose record is behind an address that names no person. */
export const personPaths: readonly PersonPath[] = [
  ...visitPaths,
  ...seriesPaths,
  ...taskPaths,
  ...notePaths,
  ...callPaths,
  ...followUpPaths,
];

/** What leaves when a person's record or the whole practice is exported. */
export const exporters: readonly Exporter[] = [
  practiceExporter,
  patientExporter,
  contactExporter,
  coverageExporter,
  historyExporter,
  taskExporter,
  scheduleExporter,
  printExporter,
  teamExporter,
  callExporter,
  followUpExporter,
  importExporter,
  privacyExporter,
  auditExporter,
];

/** Today's memory of what is owed; told of every touch by office.ts. */
export const todayBoard = new TodayBoard(dutySources, permissions);

export const routes: readonly Route[] = [
  ...auditRoutes,
  ...ownSessionRoutes,
  ...practiceRoutes,
  ...demoRoutes,
  ...accountRoutes(permissions),
  ...accessRoutes,
  ...secondStepRoutes,
  ...patientRoutes,
  ...mergingRoutes(personHolders),
  ...contactRoutes,
  ...coverageRoutes,
  ...outsideRoutes,
  ...setupRoutes,
  ...startRoutes,
  ...slotCodeRoutes,
  ...templateRoutes,
  ...bookingRuleRoutes,
  ...visitRoutes,
  ...seriesRoutes,
  ...walkInRoutes,
  ...groupRoutes,
  ...noticeRoutes,
  ...openingsRoutes,
  ...dayRoutes,
  ...feedRoutes,
  ...calendarRoutes,
  ...printRoutes,
  ...flowRoutes,
  ...holdRoutes,
  ...blockRoutes,
  ...pinRoutes,
  ...viewRoutes,
  ...taskRoutes,
  ...markRoutes,
  ...handoffRoutes(openDuties(todayBoard)),
  ...noteRoutes(subjects),
  ...teamRoutes(dutySources.flatMap((source) => source.kinds)),
  ...callRoutes,
  ...followUpRoutes,
  ...importRoutes,
  ...exportRoutes(exporters),
  ...privacyRoutes(presentReasons),
  ...jobRoutes,
  ...todayRoutes(todayBoard),
  ...fhirRoutes,
];

export const fhirImporters: readonly FhirImporter[] = [
  organizationImporter,
  practitionerImporter,
  patientImporter,
  coverageImporter,
  encounterImporter,
];
