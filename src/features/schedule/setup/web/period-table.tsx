import { weekdayName } from '../../../../platform/calendar/dates.ts';
import { groupBy } from '../../../../platform/calendar/group-by.ts';
import { formatDay } from '../../../../ui/format.ts';
import type { SlotCodeRow } from '../../slot-codes/schema.ts';
import type { SiteName } from './hours-page.tsx';
import { spanWords } from './spans.ts';
import { alternateWords, type Period, withCodes } from './week-rows.ts';

type PeriodTableProps = {
  period: Period;
  sites: readonly SiteName[];
  codes: readonly SlotCodeRow[];
  today: string;
};

/** A week as it holds from one day to another. */
export function PeriodTable({ period, sites, codes, today }: PeriodTableProps) {
  const { from, to, rows } = period;
  const since = from <= today ? 'Now' : `From ${formatDay(from, today)}`;
  /** `8:00 am – 12:00 pm, 1:00 pm – 5:00 pm at Elm Street; …`, the site only where there are several. */
  const words = (own: Period['rows']) =>
    [...groupBy(own, (row) => `${row.siteId} ${row.weekOf ?? ''}`).values()]
      .map((some) => {
        const spans = withCodes(some, codes).map(spanWords);
        const site = sites.find((one) => one.siteId === some[0]?.siteId);
        const weeks = some[0] ? alternateWords(some[0], today) : '';
        const where = sites.length > 1 && site ? ` at ${site.name}` : '';
        return `${spans.join(', ')}${where}${weeks ? ` (${weeks})` : ''}`;
      })
      .join('; ');
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
            <dd key={`hours ${weekday}`}>{words(own)}</dd>,
          ];
        })}
      </dl>
    </div>
  );
}
