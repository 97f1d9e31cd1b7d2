/** Every page of the desk, one list. A feature's pages come from its web/ folder. */
import { callPages } from '../features/calls/web/pages.tsx';
import { contactPages } from '../features/contacts/web/pages.tsx';
import { followUpPages } from '../features/follow-ups/web/pages.tsx';
import { messagePages } from '../features/messages/web/pages.tsx';
import { patientPages } from '../features/patients/web/pages.tsx';
import { privacyPages } from '../features/privacy/web/pages.tsx';
import { reminderPages } from '../features/reminders/web/pages.tsx';
import { rescuePages } from '../features/rescue/web/pages.tsx';
import { startPages } from '../features/schedule/start/web/start-page.tsx';
import { schedulePages } from '../features/schedule/web/pages.tsx';
import { selfServicePages } from '../features/self-service/web/pages.tsx';
import { teamPages } from '../features/team/web/pages.tsx';
import { waitlistPages } from '../features/waitlist/web/pages.tsx';
import type { DeskPage } from '../platform/web/desk-page.ts';
import { auditPages } from './pages/audit/audit-page.tsx';
import { helpPages } from './pages/help/help-page.tsx';
import { settingsPages } from './pages/settings/settings-pages.tsx';
import { yourSignInPages } from './pages/sign-in/own/your-sign-in-page.tsx';
import { systemPages } from './pages/system/system-page.tsx';
import { todayPages } from './pages/today/today-page.tsx';

export const deskPages: readonly DeskPage[] = [
  ...todayPages,
  ...schedulePages,
  ...callPages,
  ...messagePages,
  ...followUpPages,
  ...waitlistPages,
  ...reminderPages,
  ...patientPages,
  ...contactPages,
  ...teamPages,
  ...rescuePages,
  ...selfServicePages,
  ...settingsPages,
  ...startPages,
  ...privacyPages,
  ...auditPages,
  ...systemPages,
  ...yourSignInPages,
  ...helpPages,
];
