import { dateLabel } from '../../../../platform/calendar/dates.ts';
import { callName } from '../../../patients/rules.ts';
import { addressLines, mailAddress, type PrintedPerson, usPhone } from '../../../prints/people/rules.ts';
import type { FollowUp } from '../../schema.ts';
import { mostLetters } from './schema.ts';

export type Due = Pick<
  FollowUp,
  'state' | 'origin' | 'version' | 'deceased' | 'refusedChannels' | 'actOn' | 'letters'
>;
type Asked = { followUp: Due; person: PrintedPerson; version: number; today: string };

/** Why someone gets no letter today; null where one goes out. */
export function whyNoLetter({ followUp, person, version, today }: Asked): string | null {
  const name = callName(person);
  if (followUp.version !== version) return `${name}’s recall was changed meanwhile: look at it again.`;
  if (followUp.origin !== 'rule') return `${name}’s follow-up is no recall: call instead.`;
  if (followUp.state !== 'open') return `${name}’s recall is ${followUp.state}.`;
  // Mail to someone who died hurts who opens it.
  if (followUp.deceased) return `${name} has died.`;
  if (followUp.refusedChannels.includes('mail'))
    return `${name} does not want letters about visits: try another way.`;
  if (followUp.letters >= mostLetters) return `${name} had ${mostLetters} letters: call, or close it.`;
  if (followUp.actOn > today) return `${name} is not due before ${dateLabel(followUp.actOn)}.`;
  return mailAddress(person) ? null : `${name} has no address on record.`;
}

/** Why the letter of a round is not printed once more; null where it is. */
export function whyNotAgain({ followUp, person }: Pick<Asked, 'followUp' | 'person'>): string | null {
  const name = callName(person);
  if (followUp.deceased) return `${name} has died.`;
  if (followUp.state !== 'open') return `${name}’s recall is ${followUp.state} by now.`;
  if (followUp.refusedChannels.includes('mail')) return `${name} does not want letters about visits.`;
  return mailAddress(person) ? null : `${name} has no address on record.`;
}

/** What a line of the work list can tell before anyone asks; null where it may be picked. */
export function whyNoPick({
  followUpId,
  refusedChannels,
  letters,
}: Pick<FollowUp, 'followUpId' | 'refusedChannels' | 'letters'>): string | null {
  // A veiled line has no id.
  if (!followUpId) return 'who may open it writes';
  if (refusedChannels.includes('mail')) return 'no letters wanted';
  return letters >= mostLetters ? `had ${mostLetters} letters: call, or close it` : null;
}

export type Letter = {
  /** As on an envelope. */
  address: string[];
  date: string;
  paragraphs: string[];
};

type Told = {
  person: PrintedPerson;
  followUp: Pick<FollowUp, 'visitTypeName' | 'physicianName' | 'targetOn'>;
  letterNo: number;
  today: string;
  practice: { name: string; phone: string };
};

const openings: readonly string[] = [
  'Our records show that it is time for your next visit with us.',
  'We wrote to you some weeks ago: it is time for your next visit with us, and we have not been able to book it yet.',
  'This is our third and last letter about your next visit with us. We have not been able to book it yet.',
];

/** What the first, second and third letter say: when, with whom, and how to book. No reason, no finding. */
export function letterOf({ person, followUp, letterNo, today, practice }: Told): Letter {
  const { visitTypeName, physicianName, targetOn } = followUp;
  const what = physicianName ? `${visitTypeName} with ${physicianName}` : visitTypeName;
  const when = targetOn < today ? 'was due around' : 'is due around';
  const call = practice.phone ? `Please call us at ${usPhone(practice.phone)}` : 'Please call us';
  const last =
    letterNo >= mostLetters
      ? ['If you do not want this visit, or have it elsewhere, please tell us, and we will not write again.']
      : [];
  return {
    address: addressLines(person),
    date: dateLabel(today),
    paragraphs: [
      `Dear ${callName(person)},`,
      openings[Math.min(letterNo, openings.length) - 1] ?? '',
      `${what}: it ${when} ${dateLabel(targetOn)}.`,
      `${call} to find a time that suits you. If you have booked already, thank you: you need do nothing.`,
      ...last,
      `Sincerely,\n${practice.name}`,
    ],
  };
}
