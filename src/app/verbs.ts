/** What the line can do, one list; pure, for the browser. A feature's verbs come from its verbs.ts. */
import { callVerbs } from '../features/calls/verbs.ts';
import { followUpVerbs } from '../features/follow-ups/verbs.ts';
import { messageVerbs } from '../features/messages/verbs.ts';
import { patientVerbs } from '../features/patients/verbs.ts';
import { printVerbs } from '../features/prints/verbs.ts';
import { rescueVerbs } from '../features/rescue/verbs.ts';
import { scheduleVerbs } from '../features/schedule/verbs.ts';
import { taskVerbs } from '../features/tasks/verbs.ts';
import { teamVerbs } from '../features/team/verbs.ts';
import { waitlistVerbs } from '../features/waitlist/verbs.ts';
import type { Verb } from '../platform/contributions.ts';

export const lineVerbs: readonly Verb[] = [
  ...patientVerbs,
  ...scheduleVerbs,
  ...printVerbs,
  ...taskVerbs,
  ...teamVerbs,
  ...callVerbs,
  ...messageVerbs,
  ...followUpVerbs,
  ...waitlistVerbs,
  ...rescueVerbs,
];
