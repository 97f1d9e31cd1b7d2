/**
 * Values in, the words of a US office out. An instant is an ISO string, epoch milliseconds or a Date, and needs the
 * practice's IANA zone; a date (`YYYY-MM-DD`) has none.
 */
export type Instant = string | number | Date;

const formats = new Map<string, Intl.DateTimeFormat>();

// Making a DateTimeFormat costs a thousand times more than using one.
function format(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, ...options });
  formats.set(key, made);
  return made;
}

function part(parts: readonly Intl.DateTimeFormatPart[], type: Intl.DateTimeFormatPartTypes): string {
  return parts.find((one) => one.type === type)?.value ?? '';
}

const clockParts = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const dateParts = { year: 'numeric', month: '2-digit', day: '2-digit' } as const;

/** `1961-03-14` → `03/14/1961` */
export function formatDate(date: string): string {
  return `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`;
}

/** `2026-03-14` → `Sat Mar 14`; with the year when `today` lies in another one. */
export function formatDay(date: string, today?: string): string {
  const parts = format('UTC', { weekday: 'short', month: 'short', day: 'numeric' }).formatToParts(
    new Date(`${date}T00:00:00Z`),
  );
  const words = `${part(parts, 'weekday')} ${part(parts, 'month')} ${part(parts, 'day')}`;
  return today && today.slice(0, 4) !== date.slice(0, 4) ? `${words}, ${date.slice(0, 4)}` : words;
}

/** The local date of an instant, `YYYY-MM-DD`. */
export function localDate(instant: Instant, zone: string): string {
  const parts = format(zone, dateParts).formatToParts(new Date(instant));
  return `${part(parts, 'year')}-${part(parts, 'month')}-${part(parts, 'day')}`;
}

/** The local minutes of the day of an instant: 10:15 am is 615. */
export function localMinutes(instant: Instant, zone: string): number {
  const parts = format(zone, clockParts).formatToParts(new Date(instant));
  return Number(part(parts, 'hour')) * 60 + Number(part(parts, 'minute'));
}

/** Minutes of the day → `10:15 am`. */
export function formatClock(minutes: number): string {
  const ofDay = ((minutes % 1440) + 1440) % 1440;
  const hour = Math.floor(ofDay / 60);
  return `${hour % 12 === 0 ? 12 : hour % 12}:${String(ofDay % 60).padStart(2, '0')} ${hour < 12 ? 'am' : 'pm'}`;
}

/** `10:15 am` in the zone. */
export function formatTime(instant: Instant, zone: string): string {
  return formatClock(localMinutes(instant, zone));
}

/** `Tue Mar 14, 10:15 am` in the zone. */
export function formatDayTime(instant: Instant, zone: string, today?: string): string {
  return `${formatDay(localDate(instant, zone), today)}, ${formatTime(instant, zone)}`;
}

/** `45 min`, `1 h`, `1 h 30 min`, `3 days` */
export function formatDuration(minutes: number): string {
  if (minutes >= 2880) return `${Math.round(minutes / 1440)} days`;
  const hours = Math.floor(minutes / 60);
  const rest = Math.round(minutes % 60);
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** `12 min ago`, `in 3 h`, `now`; coarse on purpose. */
export function formatAgo(instant: Instant, now: Instant): string {
  const minutes = Math.round((new Date(instant).getTime() - new Date(now).getTime()) / 60_000);
  const size = Math.abs(minutes);
  if (size < 1) return 'now';
  const words = size < 60 ? `${size} min` : size < 2880 ? `${Math.round(size / 60)} h` : formatDuration(size);
  return minutes < 0 ? `${words} ago` : `in ${words}`;
}

/** Full years between a date and today. */
export function yearsSince(date: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(date.slice(0, 4));
  return today.slice(5) < date.slice(5) ? years - 1 : years;
}

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Integer cents → `$1,234.50`, negative in parentheses. */
export function formatMoney(cents: number): string {
  const words = dollars.format(Math.abs(cents) / 100);
  return cents < 0 ? `(${words})` : words;
}

/** `+15550102233` → `(555) 010-2233`; numbers of other countries stay as they are. */
export function formatPhone(number: string): string {
  const us = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return us ? `(${us[1]}) ${us[2]}-${us[3]}` : number;
}

/** `1 note`, `3 notes` */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
