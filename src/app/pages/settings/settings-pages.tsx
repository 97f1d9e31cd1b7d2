import './settings.css';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { callSettingsPages } from '../../../features/calls/settings/web/settings-pages.tsx';
import { recallSettingsPages } from '../../../features/follow-ups/recalls/web/settings-pages.tsx';
import { importSettingsPages } from '../../../features/imports/web/settings-pages.tsx';
import { messageSettingsPages } from '../../../features/messages/settings/web/settings-pages.tsx';
import { chartSettingsPages } from '../../../features/patients/charts/web/settings-pages.tsx';
import type { SettingsPage } from '../../../features/practice/web/settings-page.tsx';
import { practiceSettingsPages } from '../../../features/practice/web/settings-pages.tsx';
import { printSettingsPages } from '../../../features/prints/web/settings-pages.tsx';
import { privacySettingsPages } from '../../../features/privacy/web/settings-pages.tsx';
import { reminderSettingsPages } from '../../../features/reminders/settings/web/settings-pages.tsx';
import { scheduleSettingsPages } from '../../../features/schedule/setup/web/settings-pages.tsx';
import { selfServiceSettingsPages } from '../../../features/self-service/web/settings-pages.tsx';
import { waitlistSettingsPages } from '../../../features/waitlist/settings/web/settings-pages.tsx';
import { useAddress } from '../../../platform/web/address.ts';
import type { DeskPage } from '../../../platform/web/desk-page.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';

/** Every page of the settings, in the order of the menu; a feature's come from its web/settings-pages.tsx. */
const pages: readonly SettingsPage[] = [
  ...practiceSettingsPages,
  ...scheduleSettingsPages,
  ...printSettingsPages,
  ...callSettingsPages,
  ...messageSettingsPages,
  ...reminderSettingsPages,
  ...recallSettingsPages,
  ...waitlistSettingsPages,
  ...selfServiceSettingsPages,
  ...chartSettingsPages,
  ...importSettingsPages,
  ...privacySettingsPages,
];

function SettingsFrame({ page, children }: { page: SettingsPage; children: ReactNode }) {
  const session = useSession();
  const { line } = useSlots();
  const menu = useRef<HTMLElement>(null);
  useEffect(() => {
    menu.current?.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, []);
  return (
    <>
      <PageHeader title="Settings" small={page.title} tabTitle={page.title} line={line} />
      <PageBody>
        <div className="settings">
          <nav aria-label="Settings" ref={menu}>
            <ul>
              {pages
                .filter((one) => session.may(one.permission))
                .map((one) => (
                  <li key={one.path}>
                    <Link
                      to={one.path}
                      className="settings-link"
                      aria-current={one === page ? 'page' : undefined}
                    >
                      {one.label}
                    </Link>
                  </li>
                ))}
              {session.may('practice.set-up') && (
                <li>
                  <Link to="/set-up" className="settings-link">
                    Set up in steps
                  </Link>
                </li>
              )}
            </ul>
          </nav>
          <div className="settings-page">{children}</div>
        </div>
      </PageBody>
    </>
  );
}

/** `/settings` is the first page that this person may open. */
function SettingsStart() {
  const session = useSession();
  const { go } = useAddress();
  const first = pages.find((page) => session.may(page.permission))?.path;
  useEffect(() => {
    if (first) go(first, {}, { replace: true });
  }, [first, go]);
  return <Skeleton rows={8} />;
}

export const settingsPages: readonly DeskPage[] = [
  {
    path: '/settings',
    title: 'Settings',
    permission: 'practice.set-up',
    Page: SettingsStart,
    rail: { label: 'Settings', icon: 'settings', order: 70 },
  },
  ...pages.map((page) => ({
    ...page,
    Page: () => (
      <SettingsFrame page={page}>
        <page.Page />
      </SettingsFrame>
    ),
  })),
];
