import { dateLabel } from '../../../platform/calendar/dates.ts';
import { localDate, timeLabel } from '../../../platform/calendar/zones.ts';
import { alertTexts, languageText, type PrintedPerson, phoneTexts } from '../../prints/people/rules.ts';
import type { Rescue, RescueLine } from '../schema.ts';

/** What a call list says, on paper and on the screen. Pure. */

const dayTime = (instant: string, timeZone: string, year: number) => {
  const ms = Date.parse(instant);
  return `${dateLabel(localDate(ms, timeZone), year)}, ${timeLabel(ms, timeZone)}`;
};

/** "Dr. Lee: out Wed, Mar 4"; "Dr. Lee: late Wed, Mar 4, until 10:40 am". */
export function rescueTitle(
  rescue: Pick<Rescue, 'physicianName' | 'kind' | 'fromAt' | 'toAt'>,
  timeZone: string,
): string {
  const [fromMs, toMs] = [Date.parse(rescue.fromAt), Date.parse(rescue.toAt)];
  const [first, last] = [localDate(fromMs, timeZone), localDate(toMs - 1, timeZone)];
  const year = Number(first.slice(0, 4));
  if (rescue.kind === 'late')
    return `${rescue.physicianName}: late ${dateLabel(first, year)}, until ${timeLabel(toMs, timeZone)}`;
  const days =
    first === last ? dateLabel(first, year) : `${dateLabel(first, year)} to ${dateLabel(last, year)}`;
  return `${rescue.physicianName}: out ${days}`;
}

/** "Thu, Mar 5, 9:15 am with Dr. Okoye"; what happens where there is no new time. */
export function becomesWords(line: RescueLine, year: number): string[] {
  if (line.choice === 'cancel') return ['cancelled'];
  if (line.choice === 'call' || line.toStartsAt === null) return ['no new time yet: ask them'];
  const when = dayTime(line.toStartsAt, line.timeZone, year);
  return line.toPhysicianName === line.fromPhysicianName ? [when] : [when, `with ${line.toPhysicianName}`];
}

export const answerWords: Record<RescueLine['answer'], string> = {
  open: 'not reached',
  told: 'has not answered',
  agreed: 'agreed',
  refused: 'wants another time',
  owed: 'to be booked again',
  done: 'settled',
  undone: 'taken back',
};

/** What a line stands at: a word, and what was tried. */
export function answerText(line: Pick<RescueLine, 'answer' | 'tries' | 'overtaken' | 'choice'>): string {
  if (line.overtaken) return 'changed since on the schedule';
  if (line.answer === 'open' && line.tries > 0)
    return `has not answered, tried ${line.tries === 1 ? 'once' : `${line.tries} times`}`;
  if (line.answer === 'agreed' && line.choice !== 'move') return 'knows';
  return answerWords[line.answer];
}

type Printing = { year: number; person: PrintedPerson | undefined; hidden: boolean };

/** A row of the paper, by time. Of whom the desk may not open, only that there is someone. */
export function callRow(line: RescueLine, { year, person, hidden }: Printing) {
  const time = dayTime(line.fromStartsAt, line.timeZone, year);
  if (hidden) {
    const who = ['Restricted record'];
    return { time, patient: who, phone: [], becomes: becomesWords(line, year), remarks: [], answer: '' };
  }
  return {
    time,
    patient: [line.patientName, line.visitTypeName],
    phone: person ? phoneTexts(person) : [line.phone],
    becomes: becomesWords(line, year),
    remarks: person ? [...alertTexts(person), ...line.reasons] : line.reasons,
    answer: line.answer === 'open' && line.tries === 0 ? '' : answerText(line),
  };
}

/** `es` → "Spanish". */
export const spoken = (language: string): string => (language ? languageText(language) : '');
