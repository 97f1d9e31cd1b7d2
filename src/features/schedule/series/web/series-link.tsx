import './series.css';
import { DeskLink } from '../../../../platform/web/desk-link.tsx';

/** Where a visit says that it is one of a series. */
export function SeriesLink({ seriesId, no }: { seriesId: string; no?: number | null | undefined }) {
  return (
    <DeskLink className="ui-num se-link" to="/schedule/series" search={{ id: seriesId }}>
      ↻ {no ? `visit ${no} of a series` : 'series'}
    </DeskLink>
  );
}
