import { formatCount } from '../../../ui/format.ts';
import type { Tone } from '../../../ui/tag.tsx';
import type { ImportKind, ImportRow, ImportState } from '../schema.ts';

export const kindLabels: Record<ImportKind, string> = {
  patients: 'People',
  visits: 'Coming visits',
  contacts: 'Doctors and organizations',
};

export const stateWords: Record<ImportState, { text: string; tone: Tone }> = {
  ready: { text: 'file is here', tone: 'calm' },
  checking: { text: 'being checked', tone: 'wait' },
  checked: { text: 'checked', tone: 'calm' },
  taking: { text: 'coming in', tone: 'wait' },
  done: { text: 'went in', tone: 'good' },
  undoing: { text: 'being taken back', tone: 'wait' },
  undone: { text: 'taken back', tone: 'calm' },
};

export const isUnderWay = (state: ImportState) =>
  state === 'checking' || state === 'taking' || state === 'undoing';

const many = (count: number) => count.toLocaleString('en-US');

/** "1,990 went in, 3 here already, 10 with something wrong". */
export function countWords(one: ImportRow): string {
  const dry = one.state === 'checking' || one.state === 'checked';
  return [
    `${many(one.made)} ${dry ? 'can go in' : 'went in'}`,
    one.same > 0 ? `${many(one.same)} here already` : '',
    one.alike > 0 ? `${many(one.alike)} left out as likely the same` : '',
    one.faults > 0 ? `${formatCount(one.faults, 'line')} with something wrong` : '',
    one.removed > 0 ? `${many(one.removed)} taken back` : '',
    one.kept > 0 ? `${many(one.kept)} kept` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
