import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

export type ReasonTooltipProps = { reason: string; reasonId: string; children: ReactElement };

/**
 * Says why a control is off: by tooltip for hand and eye, by description for ears. The control must carry
 * `aria-describedby={reasonId}`.
 */
export function ReasonTooltip({ reason, reasonId, children }: ReasonTooltipProps) {
  return (
    <>
      <Tooltip
        label={reason}
        events={{ hover: true, focus: true, touch: true }}
        multiline
        maw={280}
        transitionProps={{ duration: 0 }}
        openDelay={80}
      >
        {children}
      </Tooltip>
      <span id={reasonId} className="ui-unseen">
        {reason}
      </span>
    </>
  );
}
