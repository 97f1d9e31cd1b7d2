import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

export type FailureProps = {
  message: string;
  /** What to do next, in the office's words. */
  next?: ReactNode;
  onRetry?: () => void;
  retryLabel?: string;
};

/** An error that a person can act on: what happened, what to do, one button. */
export function Failure({ message, next, onRetry, retryLabel = 'Try again' }: FailureProps) {
  return (
    <div className="ui-failure" role="alert">
      <Icon name="warning" size={20} />
      <div>
        <p className="ui-failure-message">{message}</p>
        {next && <p>{next}</p>}
        {onRetry && <Button onClick={onRetry}>{retryLabel}</Button>}
      </div>
    </div>
  );
}
