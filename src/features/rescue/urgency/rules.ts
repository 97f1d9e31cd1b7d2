import { dateLabel, dayNumber } from '../../../platform/calendar/dates.ts';
import { localDate } from '../../../platform/calendar/zones.ts';
import { findRedFlags } from '../../messages/danger/rules.ts';
import type { VisitState } from '../../schedule/visits/schema.ts';
import type { Reason } from '../schema.ts';

/**
 * Who is moved and called first, and why, by what the office has on record. Nothing here judges a patient's health: it
 * finds the words that the office itself uses. Pure; instants are epoch ms.
 */

export type UrgencyFacts = {
  state: VisitState;
  startMs: number;
  arrivedMs: number | null;
  confirmedMs: number | null;
  bookedMs: number;
  typeName: string;
  typeCode: string;
  reason: string;
  note: string;
  /** "URG (Urgent)" of the hours it stands in; '' where none. */
  slot: string;
  /** How often the practice moved or cancelled it before. */
  movedBefore: number;
  /** The last day of the window of the follow-up that it keeps, and its priority; null: it keeps none. */
  followUpBy: string | null;
  followUpPriority: string | null;
  inSeries: boolean;
  inGroup: boolean;
  /** Spoken, where an interpreter is needed; else ''. */
  interpreter: string;
  patientZip: string;
  siteZip: string;
  timeZone: string;
};

type Found = Reason & { points: number };
const dayMs = 86_400_000;
/** Booked so long ago is a long wait. */
const longWaitDays = 28;
/** A follow-up whose window ends within so many days of its visit is not moved far. */
const nearWindowDays = 7;

const urgentWords = /\b(urgent|urg|acute|same[- ]?day|stat|asap|emergency|walk[- ]?in)\b/i;
const surgeryWords =
  /\b(post[- ]?op(erative)?|after surgery|pre[- ]?op(erative)?|suture|sutures|staples|stitches|wound check|drain)\b/i;
const preparedWords =
  /\b(fasting|nothing to eat|prep(ared|aration)?|contrast|labs? (done|drawn)|stopped (the )?(blood thinner|warfarin|aspirin)|driver)\b/i;
const travelWords = /\b(transport|medicab|ambulette|ambulance|paratransit|ride (arranged|booked)|bus)\b/i;

/** Why someone comes first, the weightiest reason first, and how much it weighs together. */
export function urgencyOf(
  facts: UrgencyFacts,
  { nowMs, flags }: { nowMs: number; flags: readonly string[] },
): { score: number; reasons: Reason[] } {
  const found = [
    ...here(facts, nowMs),
    ...urgent(facts, flags),
    ...surgery(facts),
    ...waited(facts, nowMs),
    ...promised(facts),
    ...prepared(facts),
    ...harder(facts),
  ].sort((a, b) => b.points - a.points);
  return {
    score: found.reduce((sum, one) => sum + one.points, 0),
    reasons: found.map(({ kind, text }) => ({ kind, text })),
  };
}

/** How much a minute of delay weighs for someone of this score: from 1 to about 10. */
export function weightOf(score: number): number {
  return 1 + Math.min(score, 180) / 20;
}

function here({ state, arrivedMs }: UrgencyFacts, nowMs: number): Found[] {
  if (state !== 'arrived' && state !== 'in_room') return [];
  const minutes = arrivedMs === null ? 0 : Math.max(0, Math.round((nowMs - arrivedMs) / 60_000));
  const text =
    state === 'in_room' ? `is in a room, here for ${minutes} min` : `is here, waiting ${minutes} min`;
  return [{ kind: 'here', text, points: 100 }];
}

function urgent(facts: UrgencyFacts, flags: readonly string[]): Found[] {
  const [flag] = findRedFlags(`${facts.reason}. ${facts.note}`, flags);
  if (flag) return [{ kind: 'urgent', text: `says “${flag.replaceAll('*', '…')}”`, points: 80 }];
  if (urgentWords.test(facts.slot)) return [{ kind: 'urgent', text: `in an urgent slot`, points: 60 }];
  const word = [facts.typeName, facts.typeCode, facts.reason].join(' ').match(urgentWords)?.[0];
  return word ? [{ kind: 'urgent', text: `urgent by its words: ${word.toLowerCase()}`, points: 60 }] : [];
}

function surgery({ typeName, reason, note }: UrgencyFacts): Found[] {
  const word = [typeName, reason, note].join(' ').match(surgeryWords)?.[0];
  return word ? [{ kind: 'surgery', text: `around surgery: ${word.toLowerCase()}`, points: 50 }] : [];
}

function waited({ bookedMs, startMs, movedBefore, timeZone }: UrgencyFacts, nowMs: number): Found[] {
  const days = Math.floor((nowMs - bookedMs) / dayMs);
  const since = dateLabel(localDate(bookedMs, timeZone), Number(localDate(startMs, timeZone).slice(0, 4)));
  const long =
    days >= longWaitDays
      ? [
          {
            kind: 'waited' as const,
            text: `booked since ${since}`,
            points: Math.min(30, 10 + Math.floor(days / 14)),
          },
        ]
      : [];
  const times = movedBefore === 1 ? 'once' : `${movedBefore} times`;
  const moved =
    movedBefore > 0
      ? [
          {
            kind: 'moved-before' as const,
            text: `moved by us ${times} already`,
            points: 20 * Math.min(2, movedBefore),
          },
        ]
      : [];
  return [...long, ...moved];
}

/** What a physician asked for ends with its window: the nearer the visit stands to it, the less it can move. */
function promised({ followUpBy, followUpPriority, startMs, timeZone }: UrgencyFacts): Found[] {
  if (followUpBy === null) return [];
  const visitOn = localDate(startMs, timeZone);
  const text = `follow-up due by ${dateLabel(followUpBy, Number(visitOn.slice(0, 4)))}`;
  const left = dayNumber(followUpBy) - dayNumber(visitOn);
  const near = left <= nearWindowDays ? 15 : 5;
  const soon = followUpPriority === 'urgent' ? 30 : followUpPriority === 'soon' ? 15 : 0;
  return [{ kind: 'follow-up', text, points: near + soon }];
}

function prepared({ confirmedMs, note, reason }: UrgencyFacts): Found[] {
  const word = `${note} ${reason}`.match(preparedWords)?.[0];
  return [
    ...(word ? [{ kind: 'prepared' as const, text: `has prepared: ${word.toLowerCase()}`, points: 15 }] : []),
    ...(confirmedMs === null ? [] : [{ kind: 'confirmed' as const, text: 'has confirmed', points: 5 }]),
  ];
}

/** For whom another time is harder to arrange. */
function harder({ interpreter, note, patientZip, siteZip, inSeries, inGroup }: UrgencyFacts): Found[] {
  const ride = note.match(travelWords)?.[0];
  const far = patientZip !== '' && siteZip !== '' && patientZip.slice(0, 3) !== siteZip.slice(0, 3);
  const from = ride
    ? `transport is arranged: ${ride.toLowerCase()}`
    : far
      ? `comes from ${patientZip.slice(0, 5)}`
      : '';
  return [
    ...(interpreter
      ? [{ kind: 'interpreter' as const, text: `interpreter: ${interpreter}`, points: 10 }]
      : []),
    ...(from ? [{ kind: 'far' as const, text: from, points: 10 }] : []),
    ...(inSeries ? [{ kind: 'series' as const, text: 'one of a series', points: 5 }] : []),
    ...(inGroup ? [{ kind: 'group' as const, text: 'a seat in a group session', points: 0 }] : []),
  ];
}
