import { Tag } from '../../../../ui/tag.tsx';
import type { Mark } from '../schema.ts';
import { RiskLink } from './risk-link.tsx';

/** In the open visit: that it may be missed, and why that is thought. */
export function RiskLine({ mark: { reasons } }: { mark: Mark }) {
  return (
    <p className="rk-line">
      <Tag tone="wait" sign="?">
        may be missed
      </Tag>{' '}
      {reasons.length > 0 && `${reasons.join(' · ')}. `}
      Call first. <RiskLink>How sure is that?</RiskLink>
    </p>
  );
}
