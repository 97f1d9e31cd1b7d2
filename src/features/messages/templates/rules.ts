import { dayNumber, isoWeekday } from '../../../platform/calendar/dates.ts';
import { localDate, localMinutes } from '../../../platform/calendar/zones.ts';
import type { MessageLanguage } from '../schema.ts';
import { countSegments, transliterate } from '../segments/rules.ts';
import type { Template } from './schema.ts';

export const fieldNames = ['name', 'practice', 'phone', 'day', 'time', 'until', 'place', 'link'] as const;
export type FieldName = (typeof fieldNames)[number];
export type Fields = Partial<Record<FieldName, string>>;

export const fieldPattern = /\{(\w+)\}/g;

/** The words with what they are about. What a template wants and nobody said is empty. */
export function fill(words: string, fields: Fields): string {
  const known = new Map<string, string | undefined>(Object.entries(fields));
  const put = (text: string) => text.replace(fieldPattern, (_, name: string) => known.get(name) ?? '');
  const parts = words.replace(/\[([^[\]]*)\]/g, (_, inner: string) => {
    const asked = [...inner.matchAll(fieldPattern)].map((match) => match[1] ?? '');
    return asked.every((name) => (known.get(name) ?? '') !== '') ? inner : '';
  });
  return (
    put(parts)
      .replace(/[ \t]{2,}/g, ' ')
      // "a las 10:30 a.m." at the end of a sentence
      .replace(/\b([ap]\.m\.)\./g, '$1')
      .trim()
  );
}

const wordsOf = {
  en: {
    days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
  },
  es: {
    days: ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'],
    months: [
      'enero',
      'febrero',
      'marzo',
      'abril',
      'mayo',
      'junio',
      'julio',
      'agosto',
      'septiembre',
      'octubre',
      'noviembre',
      'diciembre',
    ],
  },
} as const;

/** `Wed, Mar 4`, `miércoles 4 de marzo`: by the clock at the place of the visit. */
export function sayDay(atMs: number, timeZone: string, language: MessageLanguage): string {
  const date = localDate(atMs, timeZone);
  const { days, months } = wordsOf[language];
  const day = days[isoWeekday(date) - 1] ?? '';
  const month = months[Number(date.slice(5, 7)) - 1] ?? '';
  const nth = Number(date.slice(8));
  return language === 'es' ? `${day} ${nth} de ${month}` : `${day}, ${month} ${nth}`;
}

/** `10:30 am`, `10:30 a. m.` */
export function sayTime(atMs: number, timeZone: string, language: MessageLanguage): string {
  const minutes = localMinutes(atMs, timeZone);
  const hour = Math.floor(minutes / 60);
  const half = hour < 12 ? 'am' : 'pm';
  const clock = `${hour % 12 === 0 ? 12 : hour % 12}:${String(minutes % 60).padStart(2, '0')}`;
  return language === 'es' ? `${clock} ${half === 'am' ? 'a.m.' : 'p.m.'}` : `${clock} ${half}`;
}

/** A sentence that asks for one letter as an answer, and the link behind it. */
const asksForLetter =
  /\s*[^.!?\n[\]]*\b(?:[Rr]eply|[Aa]nswer|[Tt]ext|[Ss]end|[Rr]esponda|[Cc]onteste|[Ee]nv[ií]e)\b[^.!?\n[\]]*\b[CRYN]\b[^.!?\n[\]]*[.!?](\s*\[\s*\{link\}\s*\])?/g;
const answerHere = { en: 'Answer or change it here:', es: 'Responda o cámbiela aquí:' } as const;

/** Nobody hears a letter or a STOP that is mailed back: an e-mail asks for the answer on the page that it leads to. */
function forEmail(body: string, language: MessageLanguage): string {
  return body
    .replace(asksForLetter, (_, link?: string) => (link ? `[ ${answerHere[language]} {link}]` : ''))
    .replace(/\s*STOP (to end texts|para [^.]*)\.?\s*$/, '');
}

/** As it goes out: fields put in, and for a text in letters that make it short. */
export function compose(
  template: Pick<Template, 'subject' | 'body' | 'language'>,
  fields: Fields,
  channel: 'text' | 'email',
) {
  if (channel === 'email') {
    const { subject, body, language } = template;
    return { subject: fill(subject, fields), body: fill(forEmail(body, language), fields) };
  }
  return { subject: '', body: transliterate(fill(template.body, fields)) };
}

/** The parts of it as a text, for the editor. */
export function measure(body: string) {
  return countSegments(transliterate(body));
}

/** An example for previews: a Wednesday morning. */
export function exampleFields(practice: string, phone: string, language: MessageLanguage): Fields {
  const atMs = dayNumber('2026-03-04') * 86_400_000 + 10.5 * 3_600_000;
  return {
    ...{ name: 'Jo', practice: practice || 'Elm Street', phone: phone || '(518) 555-0100' },
    day: sayDay(atMs, 'UTC', language),
    time: sayTime(atMs, 'UTC', language),
    until: sayTime(atMs - 3_600_000, 'UTC', language),
    place: 'Main Street',
    link: '',
  };
}
