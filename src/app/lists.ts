/** What each feature offers, one list per kind of contribution. A new feature adds itself here and nowhere else. */
import { callDuties } from '../features/calls/duties.ts';
import { callPermissions } from '../features/calls/permissions.ts';
import { callRoutes } from '../features/calls/routes.ts';
import { contactPermissions } from '../features/contacts/permissions.ts';
import { contactRoutes } from '../features/contacts/routes.ts';
import { coverageRoutes } from '../features/coverage/routes.ts';
import { exportPermissions } from '../features/exports/permissions.ts';
import { exportRoutes } from '../features/exports/routes.ts';
import { followUpDuties } from '../features/follow-ups/duties.ts';
import { followUpJobs } from '../features/follow-ups/jobs.ts';
import { followUpPermissions } from '../features/follow-ups/permissions.ts';
import { followUpRoutes } from '../features/follow-ups/routes.ts';
import { outsideRoutes } from '../features/history/routes.ts';
import { importJobs } from '../features/imports/jobs.ts';
import { importPermissions } from '../features/imports/permissions.ts';
import { importRoutes } from '../features/imports/routes.ts';
import { messageDuties } from '../features/messages/duties.ts';
import { messagePermissions } from '../features/messages/permissions.ts';
import { messageRoutes } from '../features/messages/routes.ts';
import { sendingJob } from '../features/messages/sending/jobs.ts';
import { chartDuties } from '../features/patients/charts/duties.ts';
import { familyDuties } from '../features/patients/families/duties.ts';
import { mergingRoutes } from '../features/patients/merging/routes.ts';
import { patientPermissions } from '../features/patients/permissions.ts';
import { patientRoutes } from '../features/patients/routes.ts';
import { accessRoutes } from '../features/practice/access/routes.ts';
import { accountRoutes } from '../features/practice/accounts/routes.ts';
import { demoRoutes } from '../features/practice/demo/routes.ts';
import { practicePermissions } from '../features/practice/permissions.ts';
import { practiceRoutes } from '../features/practice/routes.ts';
import { secondStepRoutes } from '../features/practice/second-step/routes.ts';
import { packetDuties } from '../features/prints/packet/duties.ts';
import { packetJob } from '../features/prints/packet/jobs.ts';
import { printPermissions } from '../features/prints/permissions.ts';
import { printRoutes } from '../features/prints/routes.ts';
import { privacyDuties } from '../features/privacy/duties.ts';
import { privacyJobs } from '../features/privacy/jobs.ts';
import { privacyPermissions } from '../features/privacy/permissions.ts';
import { restrictedIds } from '../features/privacy/queries.ts';
import { privacyRoutes } from '../features/privacy/routes.ts';
import { reminderJobs } from '../features/reminders/jobs.ts';
import { reminderRoutes } from '../features/reminders/routes.ts';
import { rescueDuties } from '../features/rescue/duties.ts';
import { rescuePermissions } from '../features/rescue/permissions.ts';
import { rescueRoutes } from '../features/rescue/routes.ts';
import { blockRoutes } from '../features/schedule/blocks/routes.ts';
import { bookingRuleRoutes } from '../features/schedule/booking-rules/routes.ts';
import { calendarDuties } from '../features/schedule/calendars/duties.ts';
import { calendarJob } from '../features/schedule/calendars/jobs.ts';
import { calendarRoutes } from '../features/schedule/calendars/routes.ts';
import { dayRoutes } from '../features/schedule/day/routes.ts';
import { scheduleDuties } from '../features/schedule/duties.ts';
import { feedRoutes } from '../features/schedule/feeds/routes.ts';
import { flowRoutes } from '../features/schedule/flow/routes.ts';
import { wallRoutes } from '../features/schedule/flow/walls/routes.ts';
import { groupRoutes } from '../features/schedule/groups/routes.ts';
import { holdJobs } from '../features/schedule/holds/jobs.ts';
import { holdRoutes } from '../features/schedule/holds/routes.ts';
import { scheduleJobs } from '../features/schedule/jobs.ts';
import { noticeRoutes } from '../features/schedule/notice/routes.ts';
import { openingsRoutes } from '../features/schedule/openings/routes.ts';
import { schedulePermissions } from '../features/schedule/permissions.ts';
import { pinJobs } from '../features/schedule/pinboard/jobs.ts';
import { pinRoutes } from '../features/schedule/pinboard/routes.ts';
import { reportRoutes } from '../features/schedule/reports/routes.ts';
import { riskJobs } from '../features/schedule/risk/jobs.ts';
import { riskRoutes } from '../features/schedule/risk/routes.ts';
import { seriesRoutes } from '../features/schedule/series/routes.ts';
import { setupJobs } from '../features/schedule/setup/jobs.ts';
import { outsideDuties } from '../features/schedule/setup/outside/duties.ts';
import { setupRoutes } from '../features/schedule/setup/routes.ts';
import { slotCodeRoutes } from '../features/schedule/slot-codes/routes.ts';
import { startRoutes } from '../features/schedule/start/routes.ts';
import { templateRoutes } from '../features/schedule/templates/routes.ts';
import { viewRoutes } from '../features/schedule/views/routes.ts';
import { visitRoutes } from '../features/schedule/visits/routes.ts';
import { walkInRoutes } from '../features/schedule/walk-ins/routes.ts';
import { selfServiceDuties } from '../features/self-service/duties.ts';
import { selfServiceJobs } from '../features/self-service/jobs.ts';
import { selfServicePermissions } from '../features/self-service/permissions.ts';
import { selfServiceRoutes } from '../features/self-service/routes.ts';
import { taskDuties } from '../features/tasks/duties.ts';
import { markRoutes } from '../features/tasks/marks/routes.ts';
import { taskPermissions } from '../features/tasks/permissions.ts';
import { taskRoutes } from '../features/tasks/routes.ts';
import { teamDuties } from '../features/team/duties.ts';
import { handoffDuties } from '../features/team/handoffs/duties.ts';
import { handoffRoutes } from '../features/team/handoffs/routes.ts';
import { noteDuties } from '../features/team/notes/duties.ts';
import { noteRoutes } from '../features/team/notes/routes.ts';
import { teamPermissions } from '../features/team/permissions.ts';
import { teamRoutes } from '../features/team/routes.ts';
import { waitlistDuties } from '../features/waitlist/duties.ts';
import { waitlistJobs } from '../features/waitlist/jobs.ts';
import { waitlistPermissions } from '../features/waitlist/permissions.ts';
import { waitlistRoutes } from '../features/waitlist/routes.ts';
import { auditRoutes } from '../platform/audit/routes.ts';
import { backupDuties } from '../platform/backups/duties.ts';
import type { DutySource, JobHandler, Permission } from '../platform/contributions.ts';
import type { Route } from '../platform/http/route.ts';
import { failedJobDuties } from '../platform/jobs/duties.ts';
import { jobRoutes } from '../platform/jobs/job-routes.ts';
import { upkeepJobs } from '../platform/jobs/upkeep.ts';
import { ownSessionRoutes } from '../platform/session/routes.ts';
import { fhirRoutes } from './fhir-api/routes.ts';
import { TodayBoard } from './pages/today/board.ts';
import { openDuties } from './pages/today/open-duties.ts';
import { todayRoutes } from './pages/today/today-routes.ts';
import { exporters, personHolders, personPaths, presentReasons, subjects } from './person-lists.ts';

export const permissions: readonly Permission[] = [
  ...practicePermissions,
  ...patientPermissions,
  ...contactPermissions,
  ...messagePermissions,
  ...schedulePermissions,
  ...printPermissions,
  ...taskPermissions,
  ...teamPermissions,
  ...callPermissions,
  ...followUpPermissions,
  ...waitlistPermissions,
  ...rescuePermissions,
  ...selfServicePermissions,
  ...importPermissions,
  ...exportPermissions,
  ...privacyPermissions,
];

export const jobHandlers: readonly JobHandler[] = [
  ...upkeepJobs,
  ...setupJobs,
  ...scheduleJobs,
  ...holdJobs,
  ...pinJobs,
  ...riskJobs,
  ...followUpJobs,
  ...waitlistJobs,
  ...reminderJobs,
  ...selfServiceJobs,
  ...importJobs,
  ...privacyJobs(presentReasons),
];

export const dutySources: readonly DutySource[] = [
  ...scheduleDuties,
  ...outsideDuties,
  ...taskDuties,
  ...messageDuties,
  ...packetDuties,
  ...privacyDuties,
  ...teamDuties,
  ...handoffDuties,
  ...noteDuties,
  ...callDuties,
  ...followUpDuties,
  ...waitlistDuties,
  ...rescueDuties,
  ...selfServiceDuties,
  ...familyDuties,
  ...chartDuties,
  ...calendarDuties,
  failedJobDuties([...jobHandlers, packetJob, calendarJob, sendingJob]),
  backupDuties,
];

/** Today's memory of what is owed; told of every touch by office.ts. */
export const todayBoard = new TodayBoard(dutySources, permissions);

export const routes: readonly Route[] = [
  ...auditRoutes(personPaths),
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
  ...reportRoutes,
  ...riskRoutes,
  ...openingsRoutes,
  ...dayRoutes,
  ...feedRoutes,
  ...calendarRoutes,
  ...printRoutes,
  ...flowRoutes(restrictedIds),
  ...wallRoutes,
  ...holdRoutes,
  ...blockRoutes,
  ...pinRoutes,
  ...viewRoutes,
  ...taskRoutes,
  ...markRoutes,
  ...messageRoutes,
  ...handoffRoutes(openDuties(todayBoard)),
  ...noteRoutes(subjects),
  ...teamRoutes(dutySources.flatMap((source) => source.kinds)),
  ...callRoutes,
  ...followUpRoutes,
  ...waitlistRoutes,
  ...rescueRoutes,
  ...reminderRoutes,
  ...selfServiceRoutes,
  ...importRoutes,
  ...exportRoutes(exporters),
  ...privacyRoutes(presentReasons),
  ...jobRoutes,
  ...todayRoutes(todayBoard),
  ...fhirRoutes,
];
