import './privacy.css';
import type { ReactNode } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { Findings } from './findings.tsx';
import { GlassList } from './glass-list.tsx';
import { LookUps } from './look-ups.tsx';
import { RestrictedList } from './restricted-list.tsx';

type Tab = { id: string; label: string; permission: string; body: () => ReactNode };

const tabs: readonly Tab[] = [
  { id: 'look-ups', label: 'Look-ups', permission: 'privacy.review', body: () => <LookUps /> },
  { id: 'glass', label: 'Broken glass', permission: 'privacy.review', body: () => <GlassList /> },
  { id: 'report', label: 'Snooping report', permission: 'privacy.review', body: () => <Findings /> },
  {
    id: 'restricted',
    label: 'Restricted records',
    permission: 'privacy.set-up',
    body: () => <RestrictedList />,
  },
];

/** Who looked at whom, for those who review it. */
export function PrivacyPage() {
  const { line } = useSlots();
  const { search, go } = useAddress();
  const { may } = useSession();
  const open = tabs.filter((tab) => may(tab.permission));
  const shown = open.find((tab) => tab.id === search.show) ?? open[0];
  return (
    <>
      <PageHeader title="Privacy" small="who looked at whom, and why" tabTitle="Privacy" line={line} />
      <PageBody>
        <div className="prv-tabs" role="tablist" aria-label="Privacy">
          {open.map((tab) => (
            <button
              key={tab.id}
              type="button"
              role="tab"
              className="prv-tab"
              aria-selected={tab === shown}
              onClick={() => go('/privacy', { show: tab.id })}
            >
              {tab.label}
            </button>
          ))}
        </div>
        <div role="tabpanel" aria-label={shown?.label}>
          {shown?.body()}
        </div>
      </PageBody>
    </>
  );
}
