import type { Standing } from './rules.ts';

/** A visit as its patient reads it, in their language. */
export type PageVisit = {
  startsAt: string;
  timeZone: string;
  /** as the practice names it for patients; '' where it does not */
  name: string;
  physicianName: string;
  siteName: string;
  siteAddress: string;
  prepare: string;
  arrive: string;
  standing: Standing;
  isConfirmed: boolean;
  mayMove: boolean;
};
