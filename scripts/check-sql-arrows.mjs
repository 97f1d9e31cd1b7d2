// SQL follows the import arrows: a feature reads its own, left features' and the platform's tables and writes only
// its own. Functions made in migrations speak for the tables' owner and are left out.
import { readFileSync } from 'node:fs';
import { FEATURES, placeOf } from './parts/house.mjs';
import { isMain, reportFindings } from './parts/report.mjs';
import { hiddenSqlOf, isScript, isTest, listFiles, readSource, sqlOf } from './parts/source.mjs';
import { ownersOf, tablesOf } from './parts/sql.mjs';

function readMigrations(root) {
  return listFiles(`${root}/db/migrations`)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({
      name: `db/migrations/${name}`,
      text: readFileSync(`${root}/db/migrations/${name}`, 'utf8'),
    }));
}

function wrongOwners(owners) {
  return [...owners].flatMap(([table, { owner, file, line }]) => {
    if (owner === 'platform' || FEATURES.includes(owner)) return [];
    const message =
      owner === '' ? `table ${table} has no owner` : `table ${table}: no feature is called "${owner}"`;
    return [{ file, line, message: `${message}: put a line \`-- owner: <feature or platform>\` above it` }];
  });
}

function wrongRead(place, table, owner) {
  if (owner === 'platform' || place.layer === 'app' || place.layer === 'simulator') return undefined;
  if (place.layer !== 'features')
    return `platform may not read ${table}, a table of ${owner}: pass it in from app/`;
  if (FEATURES.indexOf(owner) <= FEATURES.indexOf(place.feature)) return undefined;
  return `${place.feature} may not read ${table}: ${owner} stands to its right; let ${owner} contribute it, or compose in app/pages/`;
}

function wrongWrite(place, table, owner) {
  const self = place.layer === 'features' ? place.feature : place.layer;
  if (owner === self) return undefined;
  const where = owner === 'platform' ? 'src/platform' : `src/features/${owner}/commands.ts`;
  return `${self} may not write ${table}, a table of ${owner}: call a function of ${where}`;
}

const SYSTEM = /^(pg_|information_schema\.|pg_catalog\.|excluded$)/;

function wrongTables(place, sql, owners, known) {
  const { reads, writes } = tablesOf(sql);
  const judge = (table, wrong) => {
    if (SYSTEM.test(table) || known.has(table)) return [];
    const entry = owners.get(table);
    if (!entry) return [`${table} is no table of db/migrations`];
    return [wrong(place, table, entry.owner)].filter(Boolean);
  };
  return [
    ...[...reads].flatMap((table) => judge(table, wrongRead)),
    ...[...writes].flatMap((table) => judge(table, wrongWrite)),
  ];
}

/** All statements of `root`/src that reach where they may not. */
export function checkSqlArrows(root) {
  const owners = ownersOf(readMigrations(root));
  const findings = wrongOwners(owners);
  for (const path of listFiles(`${root}/src`).filter((name) => isScript(name) && !isTest(name))) {
    const place = placeOf(path);
    const text = readSource(root, path);
    const file = `src/${path}`;
    const statements = sqlOf(path, text);
    // A fragment may name what the statement around it makes.
    const known = new Set(statements.flatMap(({ sql }) => [...tablesOf(sql).made]));
    for (const { sql, line } of statements) {
      for (const message of wrongTables(place, sql, owners, known)) findings.push({ file, line, message });
    }
    if (place.layer !== 'features' || place.isWeb) continue;
    for (const line of hiddenSqlOf(path, text)) {
      findings.push({
        file,
        line,
        message: 'write SQL as sql`…`, so that the snapshot and the arrows see it',
      });
    }
  }
  return findings;
}

if (isMain(import.meta.url)) reportFindings('SQL arrows', checkSqlArrows);
