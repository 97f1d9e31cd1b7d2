import type { CSSProperties } from 'react';
import { weekdayName } from '../../../../platform/calendar/dates.ts';
import { minutesOf } from '../../../../platform/calendar/zones.ts';
import type { SlotCodeRow } from '../../slot-codes/schema.ts';
import type { TemplateRow } from '../schema.ts';

const days = [1, 2, 3, 4, 5, 6, 7];
const pixelsPerHour = 15;

type WeekPictureProps = { rows: readonly TemplateRow[]; codes: readonly SlotCodeRow[] };

/** A week at a glance; the lines beside it say the same in words. */
export function WeekPicture({ rows, codes }: WeekPictureProps) {
  const minutes = rows.flatMap((row) => [minutesOf(row.startsLocal), minutesOf(row.endsLocal)]);
  const from = Math.floor(Math.min(480, ...minutes) / 60) * 60;
  const to = Math.ceil(Math.max(1020, ...minutes) / 60) * 60;
  const scale = pixelsPerHour / 60;
  return (
    <div className="tpl-picture" aria-hidden="true">
      {days.map((weekday) => (
        <div key={weekday}>
          <span>{weekdayName(weekday).slice(0, 3)}</span>
          <div style={{ height: (to - from) * scale }}>
            {rows
              .filter((row) => row.weekday === weekday)
              .map((row) => {
                const code = codes.find((one) => one.slotCodeId === row.slotCodeId);
                const [start, end] = [minutesOf(row.startsLocal), minutesOf(row.endsLocal)];
                const place = { top: (start - from) * scale, height: (end - start) * scale - 1 };
                return (
                  <i
                    key={`${row.siteId} ${row.startsLocal}`}
                    className={code ? 'coded' : undefined}
                    style={{ ...place, ...(code ? groundOf(code.color) : {}) }}
                  >
                    {code?.code}
                  </i>
                );
              })}
          </div>
        </div>
      ))}
    </div>
  );
}

function groundOf(color: string): CSSProperties {
  return { '--tpl-ground': color } as CSSProperties;
}
