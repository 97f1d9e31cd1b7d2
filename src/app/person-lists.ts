/** What each feature offers about people, one list per kind of contribution. */
import { callExporter } from '../features/calls/exports.ts';
import { callHolder } from '../features/calls/merging/commands.ts';
import { callPaths, callReason } from '../features/calls/near/queries.ts';
import { callSubject } from '../features/calls/subjects.ts';
import { contactExporter } from '../features/contacts/exports.ts';
import { contactHolder } from '../features/contacts/merging/commands.ts';
import { coverageExporter } from '../features/coverage/exports.ts';
import { coverageHolder } from '../features/coverage/merging/commands.ts';
import { followUpExporter } from '../features/follow-ups/exports.ts';
import { followUpHolder } from '../features/follow-ups/merging/commands.ts';
import { followUpPaths, followUpReason } from '../features/follow-ups/near/queries.ts';
import { historyExporter } from '../features/history/exports.ts';
import { historyHolder } from '../features/history/merging/commands.ts';
import { importExporter } from '../features/imports/exports.ts';
import { messageExporter } from '../features/messages/exports.ts';
import { messageHolder } from '../features/messages/merging/commands.ts';
import { messagePaths, messageReason } from '../features/messages/near/queries.ts';
import { patientExporter } from '../features/patients/exports.ts';
import { patientHolders } from '../features/patients/merging/commands.ts';
import { registeredReason, relatedPaths } from '../features/patients/near/queries.ts';
import { patientSubject } from '../features/patients/subjects.ts';
import { practiceExporter } from '../features/practice/exports.ts';
import { printExporter } from '../features/prints/packet/exports.ts';
import { privacyExporter } from '../features/privacy/exports.ts';
import { restrictionHolder, staffLinkHolder } from '../features/privacy/merging/commands.ts';
import { reminderExporter } from '../features/reminders/exports.ts';
import { rescueExporter } from '../features/rescue/exports.ts';
import { rescueHolder } from '../features/rescue/merging/commands.ts';
import { rescuePaths, rescueReason } from '../features/rescue/near/queries.ts';
import { scheduleExporter } from '../features/schedule/exports.ts';
import { visitHolder } from '../features/schedule/merging/commands.ts';
import { seriesPaths, visitPaths, visitReason, visitStepReason } from '../features/schedule/near/queries.ts';
import { seriesHolder } from '../features/schedule/series/merging/commands.ts';
import { visitSubject } from '../features/schedule/subjects.ts';
import { selfServiceExporter } from '../features/self-service/exports.ts';
import { onlineHolder } from '../features/self-service/merging/commands.ts';
import { onlinePaths, onlineReason } from '../features/self-service/near/queries.ts';
import { taskExporter } from '../features/tasks/exports.ts';
import { taskHolder } from '../features/tasks/merging/commands.ts';
import { taskPaths, taskReason } from '../features/tasks/near/queries.ts';
import { taskSubject } from '../features/tasks/subjects.ts';
import { teamExporter } from '../features/team/exports.ts';
import { handoffHolder } from '../features/team/handoffs/commands.ts';
import { mentionReason, notePaths } from '../features/team/near/queries.ts';
import { noteHolder } from '../features/team/notes/commands.ts';
import { waitlistExporter } from '../features/waitlist/exports.ts';
import { waitlistHolder } from '../features/waitlist/merging/commands.ts';
import { waitlistPaths, waitlistReason } from '../features/waitlist/near/queries.ts';
import { auditExporter } from '../platform/audit/exports.ts';
import type {
  Exporter,
  PersonHolder,
  PersonPath,
  PresentReason,
  Subject,
} from '../platform/contributions.ts';

/** What makes looking at a person's record today's work; the cheapest and likeliest first. */
export const presentReasons: readonly PresentReason[] = [
  visitReason,
  callReason,
  messageReason,
  rescueReason,
  taskReason,
  mentionReason,
  followUpReason,
  waitlistReason,
  onlineReason,
  visitStepReason,
  registeredReason,
];

/** What a note may be about, and what a desk may say that it has open. */
export const subjects: readonly Subject[] = [patientSubject, visitSubject, taskSubject, callSubject];

/** Who holds something of a person: it moves when two records become one. */
export const personHolders: readonly PersonHolder[] = [
  ...patientHolders,
  contactHolder,
  coverageHolder,
  historyHolder,
  seriesHolder,
  visitHolder,
  taskHolder,
  messageHolder,
  noteHolder,
  handoffHolder,
  restrictionHolder,
  staffLinkHolder,
  callHolder,
  followUpHolder,
  waitlistHolder,
  rescueHolder,
  onlineHolder,
];

/** Whose record is behind an address that names no person. */
export const personPaths: readonly PersonPath[] = [
  ...visitPaths,
  ...seriesPaths,
  ...taskPaths,
  ...messagePaths,
  ...notePaths,
  ...callPaths,
  ...relatedPaths,
  ...followUpPaths,
  ...waitlistPaths,
  ...rescuePaths,
  ...onlinePaths,
];

/** What leaves when a person's record or the whole practice is exported. */
export const exporters: readonly Exporter[] = [
  practiceExporter,
  patientExporter,
  contactExporter,
  coverageExporter,
  historyExporter,
  taskExporter,
  messageExporter,
  scheduleExporter,
  printExporter,
  teamExporter,
  callExporter,
  followUpExporter,
  waitlistExporter,
  rescueExporter,
  reminderExporter,
  selfServiceExporter,
  importExporter,
  privacyExporter,
  auditExporter,
];
