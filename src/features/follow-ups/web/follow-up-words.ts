import { formatDay, formatDayTime } from '../../../ui/format.ts';
import type { Tone } from '../../../ui/tag.tsx';
import { bookingSeverity, missingFirst, priorityWords } from '../rules.ts';
import type { FollowUp } from '../schema.ts';

/** `Follow-up with Dr. Lee` */
export function whatWords(one: FollowUp): string {
  return `${one.visitTypeName} with ${one.physicianName || 'anyone'}`;
}

/** `Apr 9 to Apr 21` */
export function windowWords({ earliestOn, latestOn }: FollowUp, today: string): string {
  return earliestOn === latestOn
    ? formatDay(earliestOn, today)
    : `${formatDay(earliestOn, today)} to ${formatDay(latestOn, today)}`;
}

/** Where it stands, with its tone. */
export function stateTag(one: FollowUp, today: string): { tone: Tone; words: string } {
  switch (one.state) {
    case 'kept':
      return { tone: 'good', words: 'kept' };
    case 'refused':
    case 'closed':
      return { tone: 'calm', words: one.state };
    case 'booked': {
      const missing = missingFirst(one).length;
      const on = one.visit ? formatDayTime(one.visit.startsAt, one.visit.timeZone, today) : '';
      return missing > 0 ? { tone: 'wait', words: `${on}, ${missing} missing` } : { tone: 'good', words: on };
    }
    case 'open': {
      const tone = bookingSeverity(one, today);
      if (today > one.latestOn) return { tone, words: 'past its time' };
      return {
        tone,
        words: one.priority === 'routine' ? 'to book' : priorityWords[one.priority].toLowerCase(),
      };
    }
  }
}

/** A visit that was booked for it and did not take place. */
export function lostWords(one: FollowUp, today: string): string {
  if (one.state !== 'open' || !one.visit) return '';
  const said = one.visit.state === 'no_show' ? 'missed' : 'cancelled';
  return `${said} ${formatDayTime(one.visit.startsAt, one.visit.timeZone, today)}`;
}
