import { isTimeZone, offsetMs } from '../platform/calendar/zones.ts';

/**
 * The IANA zone that a TZID of a calendar file means. Programs write IANA names, names with a path before them,
 * the names of Windows (Unicode CLDR, windowsZones), or names of their own with a VTIMEZONE beside them.
 */
const windowsZones: Readonly<Record<string, string>> = {
  'eastern standard time': 'America/New_York',
  'us eastern standard time': 'America/Indiana/Indianapolis',
  'central standard time': 'America/Chicago',
  'mountain standard time': 'America/Denver',
  'us mountain standard time': 'America/Phoenix',
  'pacific standard time': 'America/Los_Angeles',
  'alaskan standard time': 'America/Anchorage',
  'hawaiian standard time': 'Pacific/Honolulu',
  'atlantic standard time': 'America/Halifax',
  'newfoundland standard time': 'America/St_Johns',
  'sa western standard time': 'America/La_Paz',
  'central america standard time': 'America/Guatemala',
  'central standard time (mexico)': 'America/Mexico_City',
  'canada central standard time': 'America/Regina',
  'gmt standard time': 'Europe/London',
  'greenwich standard time': 'Atlantic/Reykjavik',
  'w. europe standard time': 'Europe/Berlin',
  'central europe standard time': 'Europe/Budapest',
  'central european standard time': 'Europe/Warsaw',
  'romance standard time': 'Europe/Paris',
  'fle standard time': 'Europe/Kyiv',
  'gtb standard time': 'Europe/Bucharest',
  'e. europe standard time': 'Europe/Chisinau',
  'russian standard time': 'Europe/Moscow',
  'israel standard time': 'Asia/Jerusalem',
  'india standard time': 'Asia/Kolkata',
  'china standard time': 'Asia/Shanghai',
  'tokyo standard time': 'Asia/Tokyo',
  'aus eastern standard time': 'Australia/Sydney',
  utc: 'UTC',
  'coordinated universal time': 'UTC',
  z: 'UTC',
};

/** Where names say nothing and offsets do, these are tried first. */
const commonZones = [
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Phoenix',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Honolulu',
  'America/Puerto_Rico',
  'America/Halifax',
  'UTC',
  'Europe/London',
  'Europe/Paris',
  'Europe/Kyiv',
];

/** What a VTIMEZONE says last of standard time and of daylight time, in minutes from UTC. */
export type ZoneOffsets = { standard: number; daylight: number | null };

const januaryMs = Date.UTC(2026, 0, 15);
const julyMs = Date.UTC(2026, 6, 15);

function keeps(zone: string, { standard, daylight }: ZoneOffsets): boolean {
  const january = offsetMs(januaryMs, zone) / 60_000;
  const july = offsetMs(julyMs, zone) / 60_000;
  // South of the equator it is daylight time in January
  const [low, high] = january < july ? [january, july] : [july, january];
  return low === standard && high === (daylight ?? standard);
}

/** null: nothing is known of this zone. */
export function zoneOf(tzid: string, offsets: ZoneOffsets | undefined): string | null {
  const name = tzid.trim().replace(/^"|"$/g, '');
  const parts = name.split('/');
  // `/freeassociation.sourceforge.net/America/New_York`
  const tails = [name, parts.slice(-3).join('/'), parts.slice(-2).join('/')];
  const iana = tails.find((one) => one.includes('/') && isTimeZone(one));
  if (iana) return iana;
  const known = windowsZones[name.toLowerCase()] ?? windowsZones[(parts.at(-1) ?? '').toLowerCase()];
  if (known) return known;
  if (isTimeZone(name)) return name;
  if (!offsets) return null;
  const all = [...commonZones, ...Intl.supportedValuesOf('timeZone')];
  return all.find((zone) => keeps(zone, offsets)) ?? null;
}
