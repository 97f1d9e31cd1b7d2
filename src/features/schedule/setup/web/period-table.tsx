import { weekdayName } from '../../../../platform/calendar/dates.ts';
import { formatDay } from '../../../../ui/format.ts';
import type { SiteName } from './hours-page.tsx';
import { spanWords } from './spans.ts';
import type { Period } from './week-rows.ts';

type PeriodTableProps = { period: Period; sites: readonly SiteName[]; today: string };

/** A week as it holds from one day to another. */
export function PeriodTable({ period, sites, today }: PeriodTableProps) {
  const { from, to, rows } = period;
  const since = from <= today ? 'Now' : `From ${formatDay(from, today)}`;
  const several = new Set(rows.map((row) => row.siteId)).size > 1 || sites.length > 1;
  const nameOf = (siteId: string) => sites.find((site) => site.siteId === siteId)?.name ?? '';
  return (
    <div className="setup-period">
      <h3>
        {since}
        {to && ` until ${formatDay(to, today)}`}
      </h3>
      <dl className="set-facts">
        {[1, 2, 3, 4, 5, 6, 7].flatMap((weekday) => {
          const own = rows.filter((row) => row.weekday === weekday);
          if (own.length === 0) return [];
          return [
            <dt key={`day ${weekday}`}>{weekdayName(weekday)}</dt>,
            <dd key={`hours ${weekday}`}>
              {own.map((row) => `${spanWords(row)}${several ? ` at ${nameOf(row.siteId)}` : ''}`).join(', ')}
            </dd>,
          ];
        })}
      </dl>
    </div>
  );
}
