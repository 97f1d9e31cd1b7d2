import './setup.css';
import { useAddress } from '../../../../platform/web/address.ts';
import { useRead } from '../../../../platform/web/use-office.ts';
import { Button } from '../../../../ui/button.tsx';
import { formatCount, formatDayTime, localDate } from '../../../../ui/format.ts';
import { listOutside } from '../api.ts';

const shownAtOnce = 10;

type Place = { siteId: string; timeZone: string };

/** Booked visits that a change of hours left outside; each leads to its day. */
export function OutsideNote({ sites, fallbackZone }: { sites: readonly Place[]; fallbackZone: string }) {
  const { go } = useAddress();
  const { data } = useRead(listOutside, {}, { topics: ['setup', 'practice', 'visits'] });
  if (!data || data.count === 0) return null;
  const zoneOf = (siteId: string) => sites.find((site) => site.siteId === siteId)?.timeZone ?? fallbackZone;
  return (
    <section className="setup-outside">
      <h2>
        ◔ {formatCount(data.count, 'booked visit')} {data.count === 1 ? 'falls' : 'fall'} outside hours
      </h2>
      <p>They stay as they are until someone calls the patient and moves them.</p>
      <ul>
        {data.visits.slice(0, shownAtOnce).map((visit) => {
          const zone = zoneOf(visit.siteId);
          return (
            <li key={visit.visitId}>
              <Button
                look="quiet"
                onClick={() =>
                  go('/schedule', { date: localDate(visit.startsAt, zone), visitId: visit.visitId })
                }
              >
                {formatDayTime(visit.startsAt, zone)}
              </Button>{' '}
              {visit.because}
            </li>
          );
        })}
      </ul>
      {data.count > shownAtOnce && <p>and {data.count - shownAtOnce} more</p>}
    </section>
  );
}
