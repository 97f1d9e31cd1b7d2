import { roleKeys } from '../../../platform/contributions.ts';

export type Mention = { staffId: string; role: null } | { staffId: null; role: string };
type Colleague = { staffId: string; displayName: string };

/** How a role is named after an @: one and many. */
export function roleNames(role: string): [one: string, many: string] {
  return [role, role.endsWith('y') ? `${role.slice(0, -1)}ies` : `${role}s`];
}

const letters = (text: string) => text.toLowerCase().normalize('NFC');
const goesOn = /^[\p{L}\p{N}]/u;

/**
 * Whom a text names: after each @ the longest name that fits, of a colleague or a role. "@Ana Ruiz" is Ana Ruiz also
 * where there is another Ana; an address (ana@example.com) names nobody.
 */
export function mentionsIn(text: string, colleagues: readonly Colleague[]): Mention[] {
  const names = [
    ...colleagues.map(({ staffId, displayName }) => ({ name: letters(displayName), staffId, role: null })),
    ...roleKeys.flatMap((role) => roleNames(role).map((name) => ({ name, staffId: null, role }))),
  ].sort((a, b) => b.name.length - a.name.length);
  const whole = letters(text);
  const found = new Map<string, Mention>();
  for (let at = whole.indexOf('@'); at >= 0; at = whole.indexOf('@', at + 1)) {
    if (at > 0 && /[\p{L}\p{N}]/u.test(whole[at - 1] ?? '')) continue;
    const rest = whole.slice(at + 1);
    const named = names.find(({ name }) => rest.startsWith(name) && !goesOn.test(rest.slice(name.length)));
    if (!named) continue;
    const { staffId, role } = named;
    found.set(`${staffId} ${role}`, staffId ? { staffId, role: null } : { staffId: null, role: role ?? '' });
  }
  return [...found.values()];
}

/** A line of a note for a list: cut at a word. */
export function shortText(text: string, most = 90): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), most - 20))}…`;
}
