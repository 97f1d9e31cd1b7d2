import { formatDate, formatPhone } from '../../../ui/format.ts';

/** Any kept value as a person would read it: dates and phones in full, lists with commas, empty things left out. */
export function factText(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(factText).filter(Boolean).join('; ');
  if (typeof value === 'object') {
    return Object.entries(value)
      .filter(([key, one]) => one !== false && key !== 'country' && !key.endsWith('Id'))
      .map(([key, one]) => (one === true ? wordsOf(key) : factText(one)))
      .filter(Boolean)
      .join(', ');
  }
  const text = String(value);
  return /^\d{4}-\d\d-\d\d$/.test(text) ? formatDate(text) : formatPhone(text);
}

/** `mayLeaveVoicemail` → `may leave voicemail` */
export function wordsOf(key: string): string {
  return key.replace(/([A-Z])/g, ' $1').toLowerCase();
}
