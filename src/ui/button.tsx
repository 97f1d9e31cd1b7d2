import { type ButtonHTMLAttributes, type ReactNode, type Ref, useId } from 'react';
import { ReasonTooltip } from './disabled-reason.tsx';
import { Icon, type IconName } from './icon.tsx';

export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'disabled'> & {
  /** `go` is the one main button of a place; `danger` removes something; `quiet` has no frame. */
  look?: 'plain' | 'go' | 'danger' | 'quiet';
  icon?: IconName;
  /** Why it cannot be pressed now. Given, the button is off, still focusable, and says so. */
  disabledReason?: string | false | null | undefined;
  busy?: boolean;
  children?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({ look = 'plain', icon, disabledReason, busy, children, ...rest }: ButtonProps) {
  const reasonId = useId();
  const off = Boolean(disabledReason) || busy === true;
  const button = (
    <button
      type="button"
      {...rest}
      className={`ui-btn ${look}${children === undefined ? ' icon-only' : ''} ${rest.className ?? ''}`}
      onClick={off ? stop : rest.onClick}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledReason ? reasonId : rest['aria-describedby']}
    >
      {icon && <Icon name={icon} size={16} />}
      {children}
    </button>
  );
  if (!disabledReason) return button;
  return (
    <ReasonTooltip reason={disabledReason} reasonId={reasonId}>
      {button}
    </ReasonTooltip>
  );
}

// A submit button that is off must not submit either; Mantine's and the browser's `disabled` would drop focus.
function stop(event: { preventDefault: () => void; stopPropagation: () => void }): void {
  event.preventDefault();
  event.stopPropagation();
}
