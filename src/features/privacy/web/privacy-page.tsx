import './privacy.css';
import type { ReactNode } from 'react';
import { useAddress } from '../../../platform/web/address.ts';
import { useSlots } from '../../../platform/web/slots.tsx';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { GlassList } from './glass-list.tsx';
import { LookUps } from './look-ups.tsx';

type Tab = { id: string; label: string; body: () => ReactNode };

const tabs: readonly Tab[] = [
  { id: 'look-ups', label: 'Look-ups', body: () => <LookUps /> },
  { id: 'glass', label: 'Broken glass', body: () => <GlassList /> },
];

/** Who looked at whom, for those who review it. */
export function PrivacyPage() {
  const { line } = useSlots();
  const { search, go } = useAddress();
  const shown = tabs.find((tab) => tab.id === search.show) ?? tabs[0];
  return (
    <>
      <PageHeader title="Privacy" small="who looked at whom, and why" tabTitle="Privacy" line={line} />
      <PageBody>
        <div className="prv-tabs" role="tablist" aria-label="Privacy">
          {tabs.map((tab) => (
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
