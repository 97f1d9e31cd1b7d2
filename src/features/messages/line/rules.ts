import type { MessageChannel } from '../schema.ts';

/** What the line writes to someone: `smith jo text your form is ready`, `email: we moved`. */
export type SaidMessage = { channel: MessageChannel; personWords: string; body: string };

const verb = /(?:^|\s)(text|txt|sms|e-?mail)(?::|(?=\s|$))/i;
/** Nobody's name has more words; what stands behind so many is no verb but a part of what is said. */
const mostNameWords = 4;

/**
 * The words before the verb name the person, none: the one in view. What follows is sent as typed. null: the line
 * writes to nobody. Pure.
 * @param others words that begin a line which is read otherwise (`task text the lab`)
 */
export function readMessageLine(text: string, others: readonly string[]): SaidMessage | null {
  const found = verb.exec(text);
  if (!found) return null;
  const personWords = text.slice(0, found.index).trim();
  const words = personWords === '' ? [] : personWords.toLowerCase().split(/\s+/);
  if (words.length > mostNameWords || others.includes(words[0] ?? '')) return null;
  return {
    channel: /^e/i.test(found[1] ?? '') ? 'email' : 'text',
    personWords,
    body: text.slice(found.index + found[0].length).trim(),
  };
}
