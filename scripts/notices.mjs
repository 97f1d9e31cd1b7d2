// THIRD_PARTY_NOTICES.md: what runs with the office, on the server and in the bundled desk. `--check` compares.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMain } from './parts/report.mjs';
import { ROOT } from './parts/run.mjs';
import { importsOf, isScript, isTest, listFiles, readSource } from './parts/source.mjs';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Development packages that the sources import by value are those that the desk bundles. */
function bundledPackages(root, names) {
  const used = new Set();
  for (const path of listFiles(`${root}/src`).filter(
    (name) => /\.(tsx?|css|html)$/.test(name) && !isTest(name),
  )) {
    const text = readSource(root, path);
    const sources = isScript(path)
      ? importsOf(path, text)
          .filter((one) => !one.isType)
          .map((one) => one.from)
      : [...text.matchAll(/@import\s+(?:url\()?['"]([^'"]+)/g)].map((match) => match[1]);
    for (const from of sources) {
      const name = names.find((known) => from === known || from.startsWith(`${known}/`));
      if (name) used.add(name);
    }
  }
  return [...used];
}

/** Where a package finds another: in its own node_modules, else in those above. */
function locate(packages, from, name) {
  const parts = from.split('/node_modules/');
  for (let depth = parts.length; depth > 0; depth--) {
    const path = `${parts.slice(0, depth).join('/node_modules/')}/node_modules/${name}`;
    if (packages[path]) return path;
  }
  return packages[`node_modules/${name}`] ? `node_modules/${name}` : undefined;
}

/** The packages and all that they need, as paths in the lock file. Optional ones differ by machine: left out. */
function closureOf(packages, names) {
  const seen = new Set();
  const queue = names.map((name) => locate(packages, '', name));
  while (queue.length > 0) {
    const path = queue.shift();
    if (!path || seen.has(path)) continue;
    const { optional, dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = packages[path];
    if (optional || path.includes('/@types/')) continue;
    seen.add(path);
    const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
    for (const name of [...Object.keys(dependencies), ...peers]) queue.push(locate(packages, path, name));
  }
  return [...seen].sort();
}

/** The first line of a package's license that names who holds the copyright. */
function copyrightOf(folder) {
  if (!existsSync(folder)) return '';
  const files = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
    .sort();
  for (const name of files) {
    const lines = readFileSync(join(folder, name), 'utf8')
      .split('\n')
      .map((line) => line.trim());
    const line = lines.find((one) => /^copyright\s.*(\d{4}|\(c\)|©)/i.test(one) && !/\[yyyy\]/.test(one));
    if (line) return line.replace(/\s+/g, ' ').replaceAll('|', '\\|').replace(/[<>]/g, '');
  }
  const { author } = existsSync(join(folder, 'package.json')) ? readJson(join(folder, 'package.json')) : {};
  const name = typeof author === 'string' ? author.replace(/\s*[<(].*/, '') : author?.name;
  return name ? `by ${name}` : '';
}

/** The text of the notices. */
export function noticesOf(root) {
  const { dependencies, devDependencies } = readJson(join(root, 'package.json'));
  const { packages } = readJson(join(root, 'package-lock.json'));
  const web = bundledPackages(root, Object.keys(devDependencies));
  const rows = closureOf(packages, [...Object.keys(dependencies), ...web]).map((path) => {
    const { version, license } = packages[path];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return `| ${name} | ${version} | ${license ?? 'see package'} | ${copyrightOf(join(root, path))} |`;
  });
  return `# Third-party notices

Frontdesk runs with these packages. Each stays under its own license; the full texts are in the packages
themselves (\`node_modules/<name>\`). Made by \`npm run notices\`.

| Package | Version | License | Copyright |
|---|---|---|---|
${[...new Set(rows)].join('\n')}
`;
}

if (isMain(import.meta.url)) {
  const path = join(ROOT, 'THIRD_PARTY_NOTICES.md');
  const made = noticesOf(ROOT);
  if (process.argv.includes('--write')) writeFileSync(path, made);
  const isOld = !existsSync(path) || readFileSync(path, 'utf8') !== made;
  if (isOld) console.error('THIRD_PARTY_NOTICES.md is old: run `npm run notices` and look at the change.');
  else console.log('third-party notices: nothing to mend');
  process.exitCode = isOld ? 1 : 0;
}
