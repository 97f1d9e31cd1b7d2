import { DeskLink } from '../../../../platform/web/desk-link.tsx';
import { Tag } from '../../../../ui/tag.tsx';
import type { Mark } from '../schema.ts';

/** In the open visit: that it may be missed, and why that is thought. */
export function RiskLine({ mark: { reasons } }: { mark: Mark }) {
  return (
    <p className="rk-line">
      <Tag tone="wait" sign="?">
        may be missed
      </Tag>{' '}
      {reasons.length > 0 && `${reasons.join(' · ')}. `}
      Call first. <DeskLink to="/schedule/risk">How sure is that?</DeskLink>
    </p>
  );
}
