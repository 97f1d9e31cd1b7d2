import type { ReactNode } from 'react';
import { type Search, useAddress } from './address.ts';

export type DeskLinkProps = {
  /** e.g. `/schedule` */
  to: string;
  search?: Search;
  className?: string;
  /** Done on the way, e.g. bring a person into view. */
  onGo?: () => void;
  children: ReactNode;
};

/** A link to another page of the desk, which does not load the desk anew; with Ctrl it opens a tab as any link. */
export function DeskLink({ to, search = {}, className, onGo, children }: DeskLinkProps) {
  const { go } = useAddress();
  const asked = new URLSearchParams(
    Object.entries(search).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  ).toString();
  return (
    <a
      className={className}
      href={asked ? `${to}?${asked}` : to}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onGo?.();
        go(to, search);
      }}
    >
      {children}
    </a>
  );
}
