import { useEffect, useRef } from 'react';
import { daysBetween } from '../../../../platform/calendar/dates.ts';
import { formatCount, formatDay, formatDayTime, formatDuration } from '../../../../ui/format.ts';
import type { Effect, Preview } from '../schema.ts';

const shownAtOnce = 10;

type PreviewViewProps = { preview: Preview; zoneOf: (siteId: string) => string };

/** What would change, and who would stand outside: seen before anything is applied. */
export function PreviewView({ preview, zoneOf }: PreviewViewProps) {
  const { from, to, effects, outside } = preview;
  const weeks = Math.max(1, (daysBetween(from, to) + 1) / 7);
  // A closed day now and then makes odd minutes of a week's mean
  const perWeek = (minutes: number) => formatDuration(Math.round(minutes / weeks / 5) * 5);
  const shown = useRef<HTMLElement>(null);
  useEffect(() => {
    shown.current?.scrollIntoView?.({ block: 'nearest' });
  }, []);
  return (
    <section className="tpl-preview" aria-label="What changes" ref={shown}>
      <h3>
        What changes from {formatDay(from)} to {formatDay(to)}
        {weeks > 1 && ', per week'}
      </h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">Hours</th>
            <th scope="col">Gained</th>
            <th scope="col">Lost</th>
            <th scope="col">Kept</th>
          </tr>
        </thead>
        <tbody>
          {effects.map((effect) => (
            <tr key={effect.resourceId}>
              <th scope="row">{effect.name}</th>
              <td>
                {perWeek(effect.beforeMinutes)} → {perWeek(effect.afterMinutes)}
              </td>
              <td>{effect.gainedMinutes > 0 ? `+ ${perWeek(effect.gainedMinutes)}` : 'none'}</td>
              <td>{effect.lostMinutes > 0 ? `− ${perWeek(effect.lostMinutes)}` : 'none'}</td>
              <td>{keptWords(effect, perWeek)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {outside.count === 0 ? (
        <p>Every booked visit still fits.</p>
      ) : (
        <>
          <p>
            ◔ {formatCount(outside.count, 'booked visit')} would stand outside. They stay as they are, and are
            owed a call until they are moved.
          </p>
          <ul>
            {outside.visits.slice(0, shownAtOnce).map((visit) => (
              <li key={visit.visitId}>
                {formatDayTime(visit.startsAt, zoneOf(visit.siteId))}: {visit.because}
              </li>
            ))}
          </ul>
          {outside.count > shownAtOnce && <p>and {outside.count - shownAtOnce} more</p>}
        </>
      )}
    </section>
  );
}

function keptWords({ kept }: Effect, perWeek: (minutes: number) => string): string {
  const words = kept.map(({ code, beforeMinutes, afterMinutes }) =>
    beforeMinutes === afterMinutes
      ? `${code} ${perWeek(afterMinutes)}`
      : `${code} ${perWeek(beforeMinutes)} → ${perWeek(afterMinutes)}`,
  );
  return words.join(', ') || 'none';
}
