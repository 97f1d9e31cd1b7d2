/** What a line says of the team: `word` is a colleague or a role, '' where none is named. */
export type TeamLine = { mode: 'handoff' | 'covers'; word: string };

const beginnings = [
  { mode: 'handoff', words: /^hand[ -]?off(\s+|$)/ },
  { mode: 'covers', words: /^who (is )?cover(s|ing)?(\s+|$)/ },
] as const;
const fillers = new Set(['to', 'for', 'today', 'now']);

/** `hand off to ana`, `hand-off nurses`, `who covers ana today` */
export function readTeamLine(text: string): TeamLine | undefined {
  const said = text.trim().toLowerCase().replace(/\s+/g, ' ');
  const begun = beginnings.find(({ words }) => words.test(said));
  if (!begun) return undefined;
  const rest = said.replace(begun.words, '').split(' ');
  const word = rest.map((one) => one.replace(/^@|\?$/g, '')).find((one) => one !== '' && !fillers.has(one));
  return { mode: begun.mode, word: word ?? '' };
}
