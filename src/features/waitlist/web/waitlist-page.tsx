import './waitlist.css';
import { useState } from 'react';
import { type Search, useAddress } from '../../../platform/web/address.ts';
import { useSession } from '../../../platform/web/session.tsx';
import { useSlots } from '../../../platform/web/slots.tsx';
import { Button } from '../../../ui/button.tsx';
import { PageBody, PageHeader } from '../../../ui/frame.tsx';
import { KeyHints } from '../../../ui/kbd.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { FiguresView } from '../figures/web/figures-view.tsx';
import { EntriesView } from './entries-view.tsx';
import { OfferDialog } from './offer-dialog.tsx';
import { OpeningSheet } from './opening-sheet.tsx';
import { OpeningsView } from './openings-view.tsx';

const views = [
  { key: 'waiting', label: 'Waiting' },
  { key: 'openings', label: 'Openings' },
  { key: 'through', label: 'No longer waiting' },
  { key: 'figures', label: 'Figures' },
] as const;
type View = (typeof views)[number]['key'];

const hints: Partial<Record<View, readonly (readonly [string, string])[]>> = {
  waiting: [
    ['arrowup arrowdown', 'move'],
    ['enter', 'change'],
    ['x', 'take off'],
    ['w', 'put someone on'],
    ['o', 'offer an opening'],
  ],
  openings: [
    ['arrowup arrowdown', 'move'],
    ['enter', 'see how it was chosen'],
    ['o', 'offer an opening'],
  ],
};

/** Who waits, what is offered to whom, how that was chosen, and how well it works. */
export function WaitlistPage() {
  const { search, go } = useAddress();
  const { may } = useSession();
  const { line, putOnWaitlist } = useSlots();
  const [offers, setOffers] = useState(false);
  const view: View = views.find((one) => one.key === search.view)?.key ?? 'waiting';
  const at = (next: Search) => go('/waitlist', { ...(view === 'waiting' ? {} : { view }), ...next });
  const mayKeep = may('waitlist.keep');
  const put = () => putOnWaitlist?.({});
  useKeys(
    {
      w: { label: 'put someone on the waitlist', run: put },
      o: { label: 'offer an opening', run: () => setOffers(true) },
    },
    { enabled: mayKeep },
  );
  return (
    <>
      <PageHeader
        title="Waitlist"
        tabTitle="Waitlist"
        line={line}
        actions={
          mayKeep && (
            <>
              <Button onClick={() => setOffers(true)}>Offer an opening</Button>
              <Button look="go" icon="plus" title="Put someone on the waitlist (W)" onClick={put}>
                Put someone on
              </Button>
            </>
          )
        }
      />
      <PageBody>
        <div className="wl-views">
          {views.map(({ key, label }) => (
            <Button
              key={key}
              aria-pressed={view === key}
              onClick={() => go('/waitlist', key === 'waiting' ? {} : { view: key })}
            >
              {label}
            </Button>
          ))}
        </div>
        {(view === 'waiting' || view === 'through') && <EntriesView key={view} state={view} at={at} />}
        {view === 'openings' && <OpeningsView onOpen={(opening) => at({ opening })} />}
        {view === 'figures' && <FiguresView />}
      </PageBody>
      {hints[view] && <KeyHints hints={hints[view]} />}
      {search.opening && <OpeningSheet openingId={search.opening} onClose={() => at({})} />}
      {offers && (
        <OfferDialog
          onClose={() => setOffers(false)}
          onOffered={(openingId) => {
            setOffers(false);
            go('/waitlist', { view: 'openings', opening: openingId });
          }}
        />
      )}
    </>
  );
}
