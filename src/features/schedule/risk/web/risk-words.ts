import { formatCount } from '../../../../ui/format.ts';
import { least } from '../rules.ts';
import type { Counted, HeldOut, RiskReport } from '../schema.ts';

const in100 = ({ visits, missed }: Counted) => (visits === 0 ? 0 : Math.round((missed / visits) * 100));

/** What the page says first. */
export function standingWords({ standing, heldOut, learned }: RiskReport): { title: string; text: string } {
  switch (standing) {
    case 'not-yet':
      return {
        title: 'Nothing is marked yet',
        text: 'Your practice’s history is looked through within the hour, and every night from then on.',
      };
    case 'too-few':
      return {
        title: 'Nothing is marked: too little history',
        text: `It takes at least ${least.learned} visits that were kept or missed, ${least.learnedMissed} of them missed, and ${least.heldOut} more of the last 90 days with ${least.heldOutMissed} missed to try it on. So far there are ${learned?.visits ?? 0} with ${learned?.missed ?? 0} missed, and ${heldOut?.visits ?? 0} with ${heldOut?.missed ?? 0} missed.`,
      };
    case 'no-better':
      return {
        title: 'Nothing is marked: it would be no better than chance',
        text: heldOut ? `${markedWords(heldOut)} That may be chance, so no visit is marked.` : '',
      };
    case 'marks':
      return {
        title: heldOut
          ? `Of 100 visits marked, ${in100(heldOut.marked)} were missed; of all, ${in100(heldOut)}`
          : '',
        text: heldOut ? markedWords(heldOut) : '',
      };
  }
}

function markedWords({ marked, ...all }: HeldOut): string {
  if (marked.visits === 0)
    return `Of the ${formatCount(all.visits, 'visit')} of the last 90 days none would have been marked; ${all.missed} were missed.`;
  return `Of the ${formatCount(all.visits, 'visit')} of the last 90 days, ${all.missed} were missed. ${marked.visits} would have been marked, and ${marked.missed} of those were missed: ${share(marked.missed, all.missed)} of all that were.`;
}

const share = (part: number, whole: number) => `${whole === 0 ? 0 : Math.round((part / whole) * 100)}%`;

/** How well it puts visits in order. */
export function accuracyWords({ order }: HeldOut): string {
  if (order === null) return '';
  return `Of one visit missed and one kept, it had the missed one for the likelier in ${Math.round(order * 100)} of 100 cases; by chance it would be 50.`;
}
