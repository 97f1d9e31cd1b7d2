import type { Visit } from '../../schedule/visits/schema.ts';
import type { Standing } from './rules.ts';

/** What a patient reads about a visit beside its time, in both languages. */
export type ShownFacts = {
  visit: Visit;
  siteAddress: string;
  sitePhone: string;
  nameEn: string;
  nameEs: string;
  prepareEn: string;
  prepareEs: string;
  arriveEn: string;
  arriveEs: string;
  mayMove: boolean;
};

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
