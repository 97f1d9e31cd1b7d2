import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

export type EmptyProps = { title: string; text?: ReactNode; icon?: IconName; action?: ReactNode };

/** Says what will appear here and how to begin; or, when all is done, says so warmly. */
export function Empty({ title, text, icon = 'check', action }: EmptyProps) {
  return (
    <div className="ui-empty">
      <Icon name={icon} size={28} />
      <h2>{title}</h2>
      {text && <p>{text}</p>}
      {action && <div className="ui-empty-action">{action}</div>}
    </div>
  );
}
