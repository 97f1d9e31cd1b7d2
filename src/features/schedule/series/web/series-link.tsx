import './series.css';
import { useAddress } from '../../../../platform/web/address.ts';

/** Where a visit says that it is one of a series. */
export function SeriesLink({ seriesId, no }: { seriesId: string; no?: number | null | undefined }) {
  const { go } = useAddress();
  return (
    <a
      className="ui-num se-link"
      href={`/schedule/series?id=${seriesId}`}
      onClick={(event) => {
        event.preventDefault();
        go('/schedule/series', { id: seriesId });
      }}
    >
      ↻ {no ? `visit ${no} of a series` : 'series'}
    </a>
  );
}
