// Which tables an SQL statement reads and writes. Not a parser of SQL: a reading of its words, with parentheses.

const TOKEN = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"[^"]*"|\$\d+|[A-Za-z_][A-Za-z0-9_.$]*|[^\s]/g;

/** Words and signs of a statement, without comments and texts. */
function tokensOf(sql) {
  return (sql.match(TOKEN) ?? [])
    .filter((token) => !/^(--|\/\*|')/.test(token))
    .map((token) => token.toLowerCase());
}

const isName = (token) => token !== undefined && /^[a-z_"]/.test(token);
/** Functions in whose parentheses `from` is no table's: extract(day from x). */
const FROM_WITHIN = new Set(['extract', 'substring', 'trim', 'overlay', 'position']);
const NOT_ALIAS = new Set([
  'where',
  'on',
  'join',
  'left',
  'right',
  'inner',
  'full',
  'cross',
  'natural',
  'group',
  'order',
  'limit',
  'union',
  'set',
  'returning',
  'using',
  'having',
  'for',
  'offset',
  'fetch',
  'window',
  'except',
  'intersect',
  'values',
  'select',
  'default',
  'overriding',
  'tablesample',
  'when',
]);

/** The names of a statement's common table expressions. */
function expressionsOf(tokens) {
  const names = new Set();
  tokens.forEach((token, i) => {
    if (token !== 'as') return;
    let at = i;
    const after =
      tokens[i + 1] === 'not'
        ? tokens[i + 3]
        : tokens[i + 1] === 'materialized'
          ? tokens[i + 2]
          : tokens[i + 1];
    if (after !== '(') return;
    if (tokens[at - 1] === ')') while (at > 0 && tokens[at] !== '(') at -= 1;
    const before = tokens[at - 2];
    if (isName(tokens[at - 1]) && (before === 'with' || before === 'recursive' || before === ','))
      names.add(tokens[at - 1]);
  });
  return names;
}

/** The function around position `i`, or '' for a plain parenthesis, or undefined outside of any. */
function functionAround(tokens, i) {
  let depth = 0;
  for (let at = i - 1; at >= 0; at--) {
    if (tokens[at] === ')') depth += 1;
    else if (tokens[at] === '(' && depth === 0) return tokens[at - 1] ?? '';
    else if (tokens[at] === '(') depth -= 1;
  }
  return undefined;
}

/** What the word at `i` does to the name that follows it: read, write or nothing. */
function actOf(tokens, i) {
  const before = tokens[i - 1];
  switch (tokens[i]) {
    case 'from':
      if (before === 'distinct' || FROM_WITHIN.has(functionAround(tokens, i) ?? '')) return undefined;
      return before === 'delete' ? 'write' : 'read';
    case 'join':
      return 'read';
    case 'using':
      return tokens[i + 1] === '(' ? undefined : 'read';
    case 'into':
      return ['insert', 'merge'].includes(before) || before === undefined ? 'write' : undefined;
    case 'truncate':
      return 'write';
    case 'update':
      return ['for', 'key', 'do', 'on', 'then'].includes(before) || before === 'no' ? undefined : 'write';
    default:
      return undefined;
  }
}

/** The place after the parentheses that open at `at`, or `at` where none do. */
function pastParentheses(tokens, at) {
  if (tokens[at] !== '(') return at;
  let depth = 0;
  for (let i = at; i < tokens.length; i++) {
    if (tokens[i] === '(') depth += 1;
    if (tokens[i] === ')') depth -= 1;
    if (depth === 0) return i + 1;
  }
  return tokens.length;
}

/** Names in a list that begins at `i`: `visits v, lateral f(x), rooms as r`. */
function listFrom(tokens, i, isList) {
  const names = [];
  let at = i;
  for (;;) {
    while (['only', 'lateral', 'table'].includes(tokens[at])) at += 1;
    const name = tokens[at];
    const isCall = isList && tokens[at + 1] === '(';
    if (isName(name) && !isCall && !NOT_ALIAS.has(name)) names.push(name.replaceAll('"', ''));
    if (!isList) return names;
    at += 1;
    // Past a call's, a subquery's or an alias's parentheses; what is inside is read on its own.
    at = pastParentheses(tokens, name === '(' ? at - 1 : at);
    if (tokens[at] === 'as') at += 1;
    if (isName(tokens[at]) && !NOT_ALIAS.has(tokens[at])) at = pastParentheses(tokens, at + 1);
    if (tokens[at] !== ',') return names;
    at += 1;
  }
}

/**
 * @returns {{ reads: Set<string>, writes: Set<string>, made: Set<string> }} tables by what is done to them, and
 * the names that the statement makes itself (common table expressions).
 */
export function tablesOf(sql) {
  const tokens = tokensOf(sql);
  const made = expressionsOf(tokens);
  const found = { reads: new Set(), writes: new Set(), made };
  tokens.forEach((_token, i) => {
    const act = actOf(tokens, i);
    if (!act) return;
    const isList = act === 'read' && tokens[i] !== 'join';
    const names = isList ? listFrom(tokens, i + 1, true) : listFrom(tokens, i + 1, false);
    const isCall = tokens[i] === 'join' && tokens[tokens[i + 1] === 'lateral' ? i + 3 : i + 2] === '(';
    if (isCall) return;
    for (const name of names)
      if (!made.has(name)) found[act === 'read' ? 'reads' : 'writes'].add(name.replace(/^public\./, ''));
  });
  return found;
}

const OWNED =
  /^\s*--\s*owner:\s*([a-z-]+)|^\s*(create|drop)\s+(?:unlogged\s+)?(?:table|view|materialized\s+view)\s+(?:if\s+(?:not\s+)?exists\s+)?([a-z_0-9]+)/i;

/**
 * Who owns which table, from the migrations in their order: `-- owner: patients` holds until the next such line
 * of the file. A table under no such line has the owner ''.
 * @param {{ name: string, text: string }[]} migrations
 * @returns {Map<string, { owner: string, file: string, line: number }>}
 */
export function ownersOf(migrations) {
  const owners = new Map();
  for (const { name, text } of migrations) {
    let owner = '';
    text.split('\n').forEach((line, i) => {
      const [, said, verb, table] = OWNED.exec(line) ?? [];
      if (said) owner = said;
      else if (verb?.toLowerCase() === 'create' && table)
        owners.set(table, { owner, file: name, line: i + 1 });
      else if (table) owners.delete(table);
    });
  }
  return owners;
}
