// Who may import whom (ARCHITECTURE.md). Tests may import anything and are imported by nobody.
import { builtinModules } from 'node:module';
import {
  EITHER_FILES,
  FEATURES,
  isServerFile,
  PURE_FILES,
  PURE_PACKAGES,
  PURE_PLATFORM,
  placeOf,
  SERVER_PACKAGES,
  SIMULATED_FILES,
} from './parts/house.mjs';
import { isMain, reportFindings } from './parts/report.mjs';
import { importsOf, isScript, isTest, listFiles, readSource, resolveImport } from './parts/source.mjs';

const isPurePlatform = (path) =>
  PURE_PLATFORM.some((part) => path === `${part}.ts` || path.startsWith(`${part}/`));
const isPureFile = (place) => place.layer === 'features' && PURE_FILES.includes(place.kind);
const packageOf = (from) =>
  from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');

/** From a feature to another: only to the left, and never into the other's screens from the server. */
function wrongBetweenFeatures(here, there) {
  if (here.feature === there.feature) return undefined;
  const [mine, theirs] = [FEATURES.indexOf(here.feature), FEATURES.indexOf(there.feature)];
  if (mine < 0) return `feature "${here.feature}" is not in the order of features (scripts/parts/house.mjs)`;
  if (theirs < 0)
    return `feature "${there.feature}" is not in the order of features (scripts/parts/house.mjs)`;
  if (theirs < mine) return undefined;
  return `${here.feature} stands left of ${there.feature}: react to an outbox event in ${there.feature}/jobs.ts, or compose in app/pages/`;
}

function wrongFromFeature(here, there, target) {
  if (there.layer === 'app')
    return 'a feature does not know the app: export a contribution and let the app list it';
  if (there.layer === 'simulator') {
    return here.feature === 'training' ? undefined : 'of the features only training may use the simulator';
  }
  if (there.layer === 'ui' && !here.isWeb) return 'only web/ may use ui: move the screen to web/';
  if (there.layer !== 'features') return undefined;
  if (there.isWeb && !here.isWeb) return `${target} is a screen: only web/ and app/ may use screens`;
  return wrongBetweenFeatures(here, there);
}

function wrongFromSimulator(there, target) {
  if (there.layer === 'app' || there.layer === 'ui') return 'the simulator knows no screen and no app';
  if (there.layer !== 'features' || SIMULATED_FILES.includes(there.kind)) return undefined;
  return `the simulator takes only ${SIMULATED_FILES.join(', ')} from a feature, not ${target}`;
}

/** The message about an import that crosses the house the wrong way, or undefined. */
function wrongDirection(here, there, target) {
  if (there.isTest || target.startsWith('..')) return `${target} is for tests only`;
  switch (here.layer) {
    case 'app':
      return undefined;
    case 'features':
      return wrongFromFeature(here, there, target);
    case 'simulator':
      return wrongFromSimulator(there, target);
    case 'ui':
      if (there.layer === 'ui' || isPurePlatform(target)) return undefined;
      return `ui knows nothing of the office: pass ${target} in as props, or move the component to a feature's web/`;
    case 'platform':
      if (there.layer === 'platform' || there.layer === 'library') return undefined;
      // What every screen needs of the server (platform/web) may be shown with ui.
      if (there.layer === 'ui' && here.isWeb) return undefined;
      return `platform knows nothing of the office: pass ${target} in from app/`;
    default:
      if (there.layer === 'library' || isPurePlatform(target)) return undefined;
      return `a library knows no feature, database or screen: ${target} has to be handed in`;
  }
}

function wrongInPure(path, one, target) {
  const name = path.split('/').at(-1);
  if (target === undefined) {
    const isNode = one.from.startsWith('node:') || builtinModules.includes(one.from);
    if (PURE_PACKAGES.includes(packageOf(one.from)) && !isNode) return undefined;
    return `${name} is pure (${PURE_PACKAGES.join(', ')}): what needs ${one.from} belongs to queries, commands or web/`;
  }
  const there = placeOf(target);
  if (isPureFile(there) || isPurePlatform(target) || there.layer === 'library') return undefined;
  if (there.layer === 'features' && EITHER_FILES.includes(there.kind)) return undefined;
  return `${name} is pure: it may use schema, rules, permissions, api and ${PURE_PLATFORM.join(', ')}, not ${target}`;
}

function wrongInWeb(one, target) {
  if (one.isType || target === undefined || !isServerFile(target)) return undefined;
  return `a screen takes types only from ${target}: write \`import type\`, or call the route through api.ts`;
}

/**
 * What a browser or a pure file reaches by values must never need the machine: follow the imports and name the
 * first file on each way that does.
 */
function closureFindings(files) {
  const isRoot = (path) => {
    const place = placeOf(path);
    return !place.isTest && (place.isWeb || place.layer === 'ui' || isPureFile(place));
  };
  const findings = [];
  const seen = new Map();
  const queue = [...files.keys()].filter(isRoot).map((path) => ({ path, start: path }));
  while (queue.length > 0) {
    const { path, start } = queue.shift();
    if (seen.has(path)) continue;
    seen.set(path, start);
    for (const one of files.get(path) ?? []) {
      if (one.isType) continue;
      const target = resolveImport(path, one.from);
      const isMachine = builtinModules.includes(one.from) || SERVER_PACKAGES.test(one.from);
      if (target === undefined && isMachine) {
        const message = `${one.from} would reach the browser (by way of src/${start}): use \`import type\`, or move what is shared to a pure file`;
        findings.push({ file: `src/${path}`, line: one.line, message });
      } else if (target !== undefined && files.has(target)) queue.push({ path: target, start });
    }
  }
  return findings;
}

/** All wrong imports below `root`/src. */
export function checkArrows(root) {
  const findings = [];
  const files = new Map();
  for (const path of listFiles(`${root}/src`).filter((name) => isScript(name) && !isTest(name))) {
    const here = placeOf(path);
    const imports = importsOf(path, readSource(root, path));
    files.set(path, imports);
    for (const one of imports) {
      const target = resolveImport(path, one.from);
      const message =
        (target !== undefined && wrongDirection(here, placeOf(target), target)) ||
        (isPureFile(here) && wrongInPure(path, one, target)) ||
        (here.isWeb && wrongInWeb(one, target));
      if (message) findings.push({ file: `src/${path}`, line: one.line, message });
    }
  }
  return [...findings, ...closureFindings(files)];
}

if (isMain(import.meta.url)) reportFindings('import arrows', checkArrows);
