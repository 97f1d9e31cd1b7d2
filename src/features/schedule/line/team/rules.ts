import type { LineChip, ParsedLine } from '../rules.ts';

/** `hand off to ana`, `hand-off nurses`, `who covers ana today` */
export function readTeamLine(words: readonly string[]): ParsedLine | undefined {
  const said = words.join(' ');
  const verb = /^hand[ -]?off\b/.test(said)
    ? 'handoff'
    : /^who (is )?cover(s|ing)?\b/.test(said)
      ? 'covers'
      : undefined;
  if (!verb) return undefined;
  const rest = said
    .replace(/^(hand[ -]?off|who (is )?cover(s|ing)?)/, '')
    .split(' ')
    .filter((word) => !['to', 'for', 'today', 'now', ''].includes(word));
  const colleagueWord = (rest[0] ?? '').replace(/^@/, '').replace(/\?$/, '');
  const chips: LineChip[] = colleagueWord ? [{ kind: 'with', text: `@${colleagueWord}` }] : [];
  return { personWords: '', verb, rest: '', colleagueWord, chips };
}
