// The closed vocabulary of file names, the size of files, and tests that all run and have names.
import { existsSync, readFileSync } from 'node:fs';
import { EITHER_FILES, FEATURES, LIBRARIES, PURE_FILES, SERVER_FILES } from './parts/house.mjs';
import { isMain, reportFindings } from './parts/report.mjs';
import { isScript, lineOf, listFiles, parse, walk } from './parts/source.mjs';

const LINES_AT_MOST = 300;
const VOCABULARY = [...PURE_FILES, ...EITHER_FILES, ...SERVER_FILES];
const LAYERS = ['app', 'features', 'simulator', 'platform', 'ui', ...LIBRARIES];
const VAGUE = /^(utils?|helpers?|services?|types?|index|common|misc|shared)$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const stemOf = (file) => file.replace(/(\.test|\.e2e|\.bench|\.module|\.d)?\.[a-z0-9]+$/, '');

function wrongName(path) {
  const parts = path.split('/');
  const names = [...parts.slice(0, -1), ...(parts.at(-1) === 'README.md' ? [] : [stemOf(parts.at(-1))])];
  const vague = names.find((name) => VAGUE.test(name) && !path.endsWith('.html'));
  if (vague)
    return `"${vague}" says nothing: a pure helper is a rule or belongs to platform/ or ui/, a type beside its shape`;
  const crooked = names.find((name) => !KEBAB.test(name));
  return crooked ? `"${crooked}" is not kebab-case` : undefined;
}

/** Inside a feature: the vocabulary, in the feature, in a sub-concern, or in one within that. */
function wrongInFeature(path) {
  const [, feature = '', ...rest] = path.split('/');
  const file = rest.pop();
  if (!FEATURES.includes(feature))
    return `"${feature}" is no feature: the list is in scripts/parts/house.mjs`;
  if (file === undefined) return 'only folders of features live in src/features';
  const web = rest.indexOf('web');
  const concerns = web < 0 ? rest : rest.slice(0, web);
  if (concerns.length > 2) return 'sub-concerns go one or two folders deep';
  if (web >= 0) return /\.(tsx?|css)$/.test(file) ? undefined : 'web/ holds .tsx, .ts and .css';
  if (/\.test\.tsx?$/.test(file)) return undefined;
  if (file.endsWith('.ts') && VOCABULARY.includes(stemOf(file))) return undefined;
  return `${file} is not in the vocabulary (${VOCABULARY.join(', ')}, web/, tests): name the folder after the concern and the file after its kind`;
}

function wrongPlace(path) {
  const [top = ''] = path.split('/');
  if (!LAYERS.includes(top)) return `"${top}" is no part of the house (${LAYERS.join(', ')})`;
  return top === 'features' ? wrongInFeature(path) : undefined;
}

const TESTERS = new Set([
  'it',
  'test',
  'describe',
  'suite',
  'bench',
  'xit',
  'xtest',
  'xdescribe',
  'fit',
  'fdescribe',
]);

/** `it`, `.skip` … of a call like it.skip.each(rows)('name', …), outermost first. */
function chainOf(callee) {
  if (callee?.type === 'Identifier') return [callee.name];
  if (callee?.type === 'MemberExpression') return [...chainOf(callee.object), callee.property.name ?? ''];
  if (callee?.type === 'CallExpression') return chainOf(callee.callee);
  if (callee?.type === 'TaggedTemplateExpression') return chainOf(callee.tag);
  return [];
}

function wrongTests(path, text) {
  const found = [];
  const add = (node, message) => found.push({ file: path, line: lineOf(text, node.start), message });
  walk(parse(path, text), (node) => {
    if (node.type !== 'CallExpression') return;
    const [name, ...ways] = chainOf(node.callee);
    if (!TESTERS.has(name)) return;
    const way = /^[xf]/.test(name) ? name : ways.find((word) => ['skip', 'only', 'todo'].includes(word));
    const [title] = node.arguments;
    if (way) add(node, `a test is run or removed, never left at .${way}`);
    else if (title?.type === 'Literal' && typeof title.value === 'string' && title.value.trim() === '') {
      add(node, 'a test without a name: write the sentence that it proves');
    }
  });
  return found;
}

/** All wrong names, places, sizes and tests below `root`. */
export function checkVocabulary(root) {
  const findings = [];
  for (const folder of ['src', 'test', 'e2e', 'bench']) {
    for (const name of existsSync(`${root}/${folder}`) ? listFiles(`${root}/${folder}`) : []) {
      const file = `${folder}/${name}`;
      if (file.startsWith('bench/results/') || file.startsWith('bench/interactions/')) continue;
      const message = wrongName(name) ?? (folder === 'src' ? wrongPlace(name) : undefined);
      if (message) findings.push({ file, message });
      if (!isScript(name)) continue;
      const text = readFileSync(`${root}/${file}`, 'utf8');
      const lines = text.split('\n').length - 1;
      if (folder === 'src' && lines > LINES_AT_MOST) {
        findings.push({
          file,
          message: `${lines} lines, at most ${LINES_AT_MOST}: make a sub-concern with the same file names`,
        });
      }
      if (/\.(test\.tsx?|e2e\.ts)$/.test(name)) findings.push(...wrongTests(file, text));
    }
  }
  return findings;
}

if (isMain(import.meta.url)) reportFindings('vocabulary', checkVocabulary);
