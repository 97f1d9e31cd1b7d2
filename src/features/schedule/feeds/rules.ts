import type { FeedNames } from './schema.ts';

/** What a visit says in a calendar outside the office. Pure. */

/** From how long ago to how far ahead a feed shows visits, in days. */
export const feedDays = { back: 30, ahead: 365 } as const;

export type FeedVisit = {
  visitId: string;
  patientId: string;
  version: number;
  startsAt: string;
  endsAt: string;
  changedAt: string;
  visitTypeName: string;
  siteName: string;
  rooms: string[];
  familyName: string;
  givenName: string;
  preferredName: string;
};

const initial = (name: string) => {
  const [first] = name.trim();
  return first ? `${first.toUpperCase()}.` : '';
};

/** Never the reason: a calendar is synced to phones and shown on screens. */
export function summaryOf(visit: FeedVisit, names: FeedNames): string {
  const { visitTypeName, familyName, givenName, preferredName } = visit;
  const called = preferredName || givenName;
  switch (names) {
    case 'none':
      return visitTypeName;
    case 'initials':
      return `${visitTypeName}: ${initial(called)}${initial(familyName)}`;
    case 'names':
      return `${visitTypeName}: ${[called, familyName].filter(Boolean).join(' ')}`;
  }
}

/** An event keeps its id wherever the visit moves. */
export const uidOf = (visitId: string) => `${visitId}@visits.frontdesk`;

export const locationOf = ({ siteName, rooms }: FeedVisit) => [siteName, ...rooms].join(', ');
