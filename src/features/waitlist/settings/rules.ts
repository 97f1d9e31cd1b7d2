import { localMinutes, minutesOf } from '../../../platform/calendar/zones.ts';
import type { WaitlistSettings } from './schema.ts';

export const usualSettings: WaitlistSettings = {
  isOn: true,
  atOnce: 3,
  answerMinutes: 30,
  quietFrom: '20:00',
  quietTo: '08:00',
  noticeHours: 2,
  offTypeIds: [],
};

const minuteMs = 60_000;
type Quiet = Pick<WaitlistSettings, 'quietFrom' | 'quietTo'>;

export function isQuiet(atMs: number, { quietFrom, quietTo }: Quiet, timeZone: string): boolean {
  const [from, to] = [minutesOf(quietFrom), minutesOf(quietTo)];
  const at = localMinutes(atMs, timeZone);
  return from <= to ? from <= at && at < to : at >= from || at < to;
}

/** The first moment from `atMs` on at which someone may be asked. */
export function quietEndsMs(atMs: number, quiet: Quiet, timeZone: string): number {
  let ms = atMs;
  // By quarters of an hour and then minutes: right also where the clock is changed meanwhile
  while (isQuiet(ms, quiet, timeZone)) {
    const quarterOn = ms - (ms % (15 * minuteMs)) + 15 * minuteMs;
    if (isQuiet(quarterOn, quiet, timeZone)) ms = quarterOn;
    else {
      ms = ms - (ms % minuteMs) + minuteMs;
    }
  }
  return ms;
}

/** Until when an answer counts: so many minutes on, of which none is a quiet one. */
export function answerByMs(
  fromMs: number,
  { answerMinutes, ...quiet }: Quiet & Pick<WaitlistSettings, 'answerMinutes'>,
  timeZone: string,
): number {
  let left = answerMinutes;
  let ms = fromMs;
  while (left > 0) {
    if (isQuiet(ms, quiet, timeZone)) ms = quietEndsMs(ms, quiet, timeZone);
    else {
      ms += minuteMs;
      left -= 1;
    }
  }
  return ms;
}
