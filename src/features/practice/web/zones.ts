const usual = [
  ['America/New_York', 'Eastern (New York)'],
  ['America/Chicago', 'Central (Chicago)'],
  ['America/Denver', 'Mountain (Denver)'],
  ['America/Phoenix', 'Arizona (Phoenix)'],
  ['America/Los_Angeles', 'Pacific (Los Angeles)'],
  ['America/Anchorage', 'Alaska (Anchorage)'],
  ['Pacific/Honolulu', 'Hawaii (Honolulu)'],
  ['America/Puerto_Rico', 'Atlantic (Puerto Rico)'],
] as const;

const known = new Map<string, string>(usual);

/** Every zone, the usual ones of the US first. */
export const zoneChoices: readonly { value: string; label: string }[] = [
  ...usual.map(([value, label]) => ({ value, label })),
  ...Intl.supportedValuesOf('timeZone')
    .filter((zone) => !known.has(zone))
    .map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
];

export function zoneLabel(zone: string): string {
  return known.get(zone) ?? zone.replaceAll('_', ' ');
}
