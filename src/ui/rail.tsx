import { type ReactElement, type ReactNode, useEffect, useRef, useState } from 'react';
import { Icon, type IconName } from './icon.tsx';
import { useKeys } from './keys.ts';

export type RailItem = {
  id: string;
  label: string;
  icon: IconName;
  href: string;
  current?: boolean;
  /** What is owed there; 0 shows nothing. */
  count?: number;
  /** A count that merely informs, not presses. */
  softCount?: boolean;
};

export type LinkProps = {
  href: string;
  className: string;
  'aria-current'?: 'page';
  children: ReactNode;
};

export type RailProps = {
  rail: readonly RailItem[];
  /** How a link is drawn, so that a router can take the click; a plain `<a>` when left out. */
  renderLink?: (props: LinkProps) => ReactElement;
  /** At the foot of the rail: the signed-in person, help, lock. */
  railFoot?: ReactNode;
  railLabel?: string;
};

/** As many as a thumb reaches on a phone; the others are a tap away. */
const pinned = 4;

/** The way to every page: a column at the left; on a phone a bar at the bottom, of which `More` rises. */
export function Rail({ rail, renderLink = plainLink, railFoot, railLabel = 'Main' }: RailProps) {
  const { open, setOpen, more, nav } = useMore(rail);
  const links = (items: readonly RailItem[]) =>
    items.map((item) => <li key={item.id}>{renderLink(linkOf(item))}</li>);
  const rest = rail.slice(pinned);
  const owed = rest.reduce((sum, item) => sum + (item.softCount ? 0 : (item.count ?? 0)), 0);
  return (
    <nav className="ui-rail" aria-label={railLabel} data-open={open || undefined} ref={nav}>
      <ul>{links(rail.slice(0, pinned))}</ul>
      <button
        ref={more}
        type="button"
        className="ui-rail-link ui-rail-more"
        aria-expanded={open}
        data-current={rest.some((item) => item.current) || undefined}
        onClick={() => setOpen(!open)}
      >
        <Icon name={open ? 'cross' : 'more'} size={19} />
        <span>{open ? 'Less' : 'More'}</span>
        <Owed count={owed} />
      </button>
      <div className="ui-rail-rest">
        <ul>{links(rest)}</ul>
        {railFoot && <div className="ui-rail-foot">{railFoot}</div>}
      </div>
    </nav>
  );
}

/** Whether the rest of the bar has risen. A choice, a tap elsewhere and Escape let it down again. */
function useMore(rail: readonly RailItem[]) {
  const [open, setOpen] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const nav = useRef<HTMLElement>(null);
  const here = rail.find((item) => item.current)?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page was chosen
  useEffect(() => setOpen(false), [here]);
  useEffect(() => {
    if (!open) return;
    nav.current?.querySelector<HTMLElement>('.ui-rail-rest a, .ui-rail-rest button')?.focus();
    const away = ({ target }: MouseEvent) => {
      // A tap on the page in view is a choice too.
      const choice = target instanceof Element && target.closest('.ui-rail-rest a, .ui-rail-rest button');
      if (choice || !(target instanceof Node && nav.current?.contains(target))) setOpen(false);
    };
    document.addEventListener('click', away);
    return () => document.removeEventListener('click', away);
  }, [open]);
  const close = () => {
    setOpen(false);
    more.current?.focus();
  };
  useKeys({ escape: close }, { enabled: open });
  return { open, setOpen, more, nav };
}

function plainLink({ children, ...props }: LinkProps): ReactElement {
  return <a {...props}>{children}</a>;
}

function linkOf(item: RailItem): LinkProps {
  return {
    href: item.href,
    className: 'ui-rail-link',
    ...(item.current ? { 'aria-current': 'page' as const } : {}),
    children: (
      <>
        <Icon name={item.icon} size={19} />
        <span>{item.label}</span>
        <Owed count={item.count ?? 0} soft={item.softCount} />
      </>
    ),
  };
}

function Owed({ count, soft }: { count: number; soft?: boolean | undefined }) {
  if (count <= 0) return null;
  return (
    <b className={soft ? 'soft' : undefined}>
      {count > 99 ? '99+' : count}
      <span className="ui-unseen"> open</span>
    </b>
  );
}
