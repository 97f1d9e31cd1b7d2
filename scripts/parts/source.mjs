// Reading the sources: files, imports and SQL, by the parser that also bundles them (TypeScript 7 has no API).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseAst } from 'rolldown/parseAst';

/** All files below a folder as paths from it, with forward slashes, sorted. */
export function listFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      posix.normalize(
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      ),
    )
    .sort();
}

export const isScript = (path) => /\.tsx?$/.test(path);
export const isTest = (path) => /\.test\.tsx?$/.test(path);

/** The syntax tree of a file; a file that does not parse says where. */
export function parse(path, text) {
  try {
    return parseAst(text, { lang: path.endsWith('x') ? 'tsx' : 'ts', astType: 'ts' });
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Visit every node with the nodes above it, outermost first. */
export function walk(node, visit, above = []) {
  if (!node || typeof node.type !== 'string') return;
  visit(node, above);
  const path = [...above, node];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'type') continue;
    if (Array.isArray(value)) for (const item of value) walk(item, visit, path);
    else if (value && typeof value === 'object') walk(value, visit, path);
  }
}

export const lineOf = (text, offset) => text.slice(0, offset).split('\n').length;

/** The path that `new URL('./x.ts', import.meta.url)` names, or undefined. */
function urlTarget(node) {
  const [first, second] = node.arguments ?? [];
  const isUrl =
    node.type === 'NewExpression' && node.callee.name === 'URL' && second?.type === 'MemberExpression';
  const text =
    first?.type === 'Literal'
      ? [first.value]
      : first?.type === 'ConditionalExpression'
        ? [first.consequent.value]
        : [];
  return isUrl && second.object?.type === 'MetaProperty' ? text[0] : undefined;
}

/**
 * Every import of a file: static, re-exported, dynamic, in a type, or a worker's address.
 * @returns {{ from: string, isType: boolean, names: string[], line: number }[]}
 */
export function importsOf(path, text) {
  const found = [];
  const add = (node, from, isType, names = []) => {
    if (typeof from === 'string') found.push({ from, isType, names, line: lineOf(text, node.start) });
  };
  const named = (list) => (list ?? []).map((item) => item.imported?.name ?? item.local?.name ?? '*');
  walk(parse(path, text), (node) => {
    if (node.type === 'ImportDeclaration') {
      add(node, node.source.value, node.importKind === 'type', named(node.specifiers));
    } else if (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') {
      if (node.source) add(node, node.source.value, node.exportKind === 'type', named(node.specifiers));
    } else if (node.type === 'ImportExpression') add(node, node.source.value, false);
    else if (node.type === 'TSImportType') add(node, node.source.value, true);
    else if (node.type === 'NewExpression') add(node, urlTarget(node), false);
  });
  return found;
}

/** Path from src/ that a relative import leads to, or undefined for a package. */
export function resolveImport(path, from) {
  return from.startsWith('.') ? posix.normalize(posix.join(posix.dirname(path), from)) : undefined;
}

function nameOf(node, parent) {
  if (node.type === 'FunctionDeclaration') return node.id?.name;
  if (node.type === 'MethodDefinition' || node.type === 'PropertyDefinition')
    return node.key.name ?? node.key.value;
  if (!['ArrowFunctionExpression', 'FunctionExpression'].includes(node.type)) return undefined;
  if (parent?.type === 'VariableDeclarator') return parent.id.name;
  if (parent?.type === 'Property') return parent.key.name ?? parent.key.value;
  return undefined;
}

/** The nearest named function around a node, else the constant that holds it, else `(file)`. */
function enclosingName(above) {
  for (let i = above.length - 1; i >= 0; i--) {
    const name = nameOf(above[i], above[i - 1]);
    if (name) return name;
  }
  return above.find((node) => node.type === 'VariableDeclarator')?.id.name ?? '(file)';
}

const isSqlTag = (tag) =>
  tag.name === 'sql' || (tag.type === 'MemberExpression' && tag.property.name === 'sql');

/**
 * Every SQL template of a file, with `$1`, `$2` … where a value stands. A template within another is listed on
 * its own and is one value of the outer one.
 * @returns {{ name: string, sql: string, line: number }[]}
 */
export function sqlOf(path, text) {
  const found = [];
  walk(parse(path, text), (node, above) => {
    if (node.type !== 'TaggedTemplateExpression' || !isSqlTag(node.tag)) return;
    const sql = node.quasi.quasis.map((part, i) => (i === 0 ? '' : `$${i}`) + part.value.raw).join('');
    found.push({ name: enclosingName(above), sql, line: lineOf(text, node.start) });
  });
  return found;
}

const LOOKS_LIKE_SQL =
  /^\s*(select\s[\s\S]*\sfrom\s+[a-z_]+|insert\s+into\s|update\s+[a-z_]+\s+set\s|delete\s+from\s)/;

/** SQL outside of sql`…`, and `sql.raw(…)`: neither the snapshot nor the arrows can see those. */
export function hiddenSqlOf(path, text) {
  const found = [];
  walk(parse(path, text), (node, above) => {
    const parent = above.at(-1);
    const isTagged = parent?.type === 'TaggedTemplateExpression';
    const words =
      node.type === 'TemplateLiteral' && !isTagged
        ? node.quasis.map((part) => part.value.raw).join('$')
        : node.value;
    const isText =
      node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
    const isRaw =
      node.type === 'CallExpression' &&
      node.callee.object?.name === 'sql' &&
      node.callee.property?.name === 'raw';
    if (isRaw || (isText && !isTagged && LOOKS_LIKE_SQL.test(words))) found.push(lineOf(text, node.start));
  });
  return found;
}

/** Read a file below `src` of a root. */
export const readSource = (root, path) => readFileSync(join(root, 'src', path), 'utf8');
