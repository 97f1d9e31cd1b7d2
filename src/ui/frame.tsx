import { type ReactNode, useEffect } from 'react';
import { Button } from './button.tsx';
import { Rail, type RailProps } from './rail.tsx';

export type FrameProps = RailProps & {
  children: ReactNode;
  /** The card at the right; nothing when null. */
  side?: ReactNode;
  sideLabel?: string;
  /** Stands in the folded bar on a phone. */
  sideTitle?: ReactNode;
  sideOpen?: boolean;
  onSideToggle?: (open: boolean) => void;
};

/**
 * The frame of every page: rail, page, card. Below 800 px the rail is a bar at the bottom and the card a sheet
 * that rises from it.
 */
export function Frame(props: FrameProps) {
  const { rail, renderLink, railFoot, railLabel, children, side, sideOpen = true } = props;
  const showsSide = side !== null && side !== undefined;
  return (
    <div className="ui-frame" data-side={showsSide ? (sideOpen ? 'open' : 'folded') : 'none'}>
      <a className="ui-skip" href="#main">
        Skip to the page
      </a>
      <Rail {...{ rail, renderLink, railFoot, railLabel }} />
      <main className="ui-main" id="main" tabIndex={-1}>
        {children}
      </main>
      {showsSide && <Side {...props} open={sideOpen} />}
    </div>
  );
}

function Side({
  side,
  sideLabel = 'Details',
  sideTitle,
  open,
  onSideToggle,
}: FrameProps & { open: boolean }) {
  const toggleLabel = open ? `Fold ${sideLabel}` : `Show ${sideLabel}`;
  return (
    <aside className="ui-side" aria-label={sideLabel}>
      {onSideToggle && (
        <Button
          look="quiet"
          className="ui-side-toggle"
          aria-expanded={open}
          aria-label={toggleLabel}
          title={toggleLabel}
          icon={open ? 'chevron-right' : 'chevron-left'}
          onClick={() => onSideToggle(!open)}
        />
      )}
      {!open && <div className="ui-side-name">{sideTitle ?? sideLabel}</div>}
      {open && <div className="ui-side-body">{side}</div>}
    </aside>
  );
}

export type PageHeaderProps = {
  title: ReactNode;
  /** Beside the title: date, counts. */
  small?: ReactNode;
  actions?: ReactNode;
  /** The search line; at the right, below everything on a phone. */
  line?: ReactNode;
  /** Name of the browser tab; generic words only, it ends up in histories. */
  tabTitle?: string;
};

export function PageHeader({ title, small, actions, line, tabTitle }: PageHeaderProps) {
  useEffect(() => {
    if (tabTitle) document.title = tabTitle;
  }, [tabTitle]);
  return (
    <header className="ui-top">
      <h1>
        {title}
        {small && <small>{small}</small>}
      </h1>
      {actions && <div className="ui-top-actions">{actions}</div>}
      {line && <div className="ui-top-line">{line}</div>}
    </header>
  );
}

/** A page that scrolls below its header. `flush` leaves the padding to the content, e.g. the time grid. */
export function PageBody({ children, flush }: { children: ReactNode; flush?: boolean }) {
  return <div className={flush ? 'ui-page flush' : 'ui-page'}>{children}</div>;
}
