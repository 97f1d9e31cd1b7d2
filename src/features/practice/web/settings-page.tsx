import './settings.css';
import type { ComponentType, ReactNode } from 'react';
import type { DeskPage } from '../../../platform/web/desk-page.ts';

/** A page of the settings: mounted below one head and one menu by src/app/pages/settings. */
export type SettingsPage = DeskPage & {
  /** As it stands in the menu. */
  label: string;
  Page: ComponentType;
  help: ReactNode;
};

/** One part of a settings page: its head, a sentence, its buttons. */
export function Section({
  title,
  text,
  actions,
  children,
}: {
  title: string;
  text?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="set-section">
      <div className="set-head">
        <h2>{title}</h2>
        <span className="ui-gap" />
        {actions}
        {text && <p>{text}</p>}
      </div>
      {children}
    </section>
  );
}

/** What a table shows in place of its rows when the office did not answer. */
export function failureOf(read: {
  error: { message: string } | null;
  refetch: () => unknown;
  data?: unknown;
}) {
  if (!read.error || read.data !== undefined) return null;
  return { message: read.error.message, onRetry: () => void read.refetch() };
}
