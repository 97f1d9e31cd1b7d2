// The plan of the house, as the checks know it: the order of the features and the kinds of files.

/** Left to right: a feature may import and read only what stands to its left. */
export const FEATURES = [
  'practice',
  'codes',
  'patients',
  'contacts',
  'documents',
  'tasks',
  'messages',
  'coverage',
  'history',
  'schedule',
  'team',
  'calls',
  'prints',
  'follow-ups',
  'waitlist',
  'rescue',
  'self-service',
  'reminders',
  'forms',
  'readiness',
  'letters',
  'dictation',
  'inbox',
  'referrals',
  'billing',
  'surgery',
  'supplies',
  'reps',
  'training',
  'imports',
  'exports',
  'privacy',
];

export const LIBRARIES = ['x12', 'fhir', 'pdf', 'ical', 'sip'];

/** Both sides, no database, no screen, no machine. */
export const PURE_FILES = ['schema', 'rules', 'permissions', 'api'];

/** Shapes and lists that either side may read; what they import decides the rest. */
export const EITHER_FILES = ['events', 'verbs', 'settings'];

/** Only ever on the server. */
export const SERVER_FILES = [
  'queries',
  'commands',
  'routes',
  'jobs',
  'duties',
  'simulate',
  'subjects',
  'fhir',
  'print',
  'reports',
  'exports',
];

/** What the simulator may use of a feature. */
export const SIMULATED_FILES = ['simulate', 'commands', 'queries', 'schema', 'schemas', 'rules', 'events'];

/** The parts of the platform that a pure file may use. */
export const PURE_PLATFORM = [
  'platform/id',
  'platform/refusal',
  'platform/calendar',
  'platform/clock',
  'platform/http/endpoint',
  'platform/http/api',
  'platform/contributions',
  'platform/outside/message',
];

export const PURE_PACKAGES = ['zod', 'temporal-polyfill', 'libphonenumber-js'];

/** Packages that belong to the server and would be wrong in a browser. */
export const SERVER_PACKAGES =
  /^(node:|fastify|@fastify\/|pg$|pg-|kysely|pino|@electric-sql\/|@node-rs\/|rolldown|vite|tsx)/;

/**
 * What a path below src/ is.
 * @returns {{ layer: string, feature?: string, kind?: string, isWeb: boolean, isTest: boolean }}
 * `layer` is app, simulator, features, platform, ui or library; `kind` is the file's name in the vocabulary.
 */
export function placeOf(path) {
  const parts = path.split('/');
  const [top = ''] = parts;
  const file = parts.at(-1) ?? '';
  const isTest = /\.test\.tsx?$/.test(file);
  if (top !== 'features') {
    const layer = LIBRARIES.includes(top) ? 'library' : top;
    const isWeb = path.startsWith('platform/web/') || (layer === 'app' && file.endsWith('.tsx'));
    return { layer, isWeb, isTest };
  }
  const isWeb = parts.slice(2, -1).includes('web');
  return {
    layer: top,
    feature: parts[1] ?? '',
    kind: isWeb ? 'web' : file.replace(/\.[^.]*$/, ''),
    isWeb,
    isTest,
  };
}

/** Whether a path below src/ is a feature's server file, which no browser may receive. */
export function isServerFile(path) {
  const place = placeOf(path);
  return place.layer === 'features' && !place.isWeb && SERVER_FILES.includes(place.kind ?? '');
}
