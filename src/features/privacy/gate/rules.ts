import { z } from 'zod';
import type { PersonPath } from '../../../platform/contributions.ts';
import type { Endpoint } from '../../../platform/http/endpoint.ts';

/** Whom a request is about, told from its address and what it carries. Pure. */

/** A person by id, or whoever is behind another record's id. */
export type Subject = { patientId: string } | { behind: PersonPath; id: string };

type Asked = { params: unknown; query: unknown; body: unknown };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const personPaths = ['/api/patients/:id', '/fhir/R4/Patient/:id'];

const isBelow = (path: string, root: string) => path === root || path.startsWith(`${root}/`);
export const isFhir = (path: string) => path.startsWith('/fhir/');

function idOf(value: unknown): string[] {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return uuid.test(text) ? [text] : [];
}

const Named = z.looseObject({
  id: z.unknown().optional(),
  otherId: z.unknown().optional(),
  patientId: z.unknown().optional(),
});
type Named = z.infer<typeof Named>;
const read = (value: unknown): Named => Named.safeParse(value).data ?? {};

/** `Patient/…` wherever a FHIR body or search refers to one. */
function referencesIn(value: unknown): string[] {
  const found = JSON.stringify(value ?? {}).matchAll(/Patient\/([0-9a-fA-F-]{36})/g);
  return [...found].flatMap(([, id]) => idOf(id));
}

/** Ids under a name, one or a list. */
function idsUnder(value: unknown, name: string): string[] {
  const found = z.record(z.string(), z.unknown()).safeParse(value).data?.[name];
  return (Array.isArray(found) ? found : [found]).flatMap(idOf);
}

export function subjectsOf(path: string, asked: Asked, behind: readonly PersonPath[]): Subject[] {
  const params = read(asked.params);
  const isPerson = personPaths.some((root) => isBelow(path, root));
  const other = behind.find((one) => isBelow(path, one.path));
  const said = [asked.query, asked.body];
  const persons = [
    ...(isPerson ? [...idOf(params.id), ...idOf(params.otherId)] : []),
    ...idOf(params.patientId),
    ...said.flatMap((one) => [
      ...idsUnder(one, 'patientId'),
      ...idsUnder(one, 'patientIds'),
      ...(isPerson ? idsUnder(one, 'otherId') : []),
    ]),
    ...(isFhir(path) ? said.flatMap((one) => [...referencesIn(one), ...idsUnder(one, 'patient')]) : []),
  ];
  const others = behind.flatMap((one) =>
    said
      .flatMap((value) => (one.carriedAs ?? []).flatMap((name) => idsUnder(value, name)))
      .map((id) => ({ behind: one, id })),
  );
  return [
    ...[...new Set(persons)].map((patientId) => ({ patientId })),
    ...(other ? idOf(params.id).map((id) => ({ behind: other, id })) : []),
    ...others,
  ];
}

/** Reads by a program that show people without naming one first: a purpose is asked for as a whole. */
export function needsPurpose(path: string): boolean {
  return /^\/fhir\/R4\/(Patient|Appointment|RelatedPerson)\b/.test(path);
}

/**
 * Routes that name or take people and are not held up, each with the reason. What is not here and names a person in
 * its address, input or answer is held up; a test walks all routes.
 */
export const exempt: Readonly<Record<string, string>> = {
  'POST /api/look-ups': 'it is the answer to the question',
  'POST /api/glass': 'it is the answer to the question',
  'POST /api/patients/search': 'the search line shows who there is: name, birth date, MRN, phone',
  'GET /api/patients/recent': 'as the search line, of those whom this account opened',
  'POST /api/patients/duplicates': 'as the search line, before someone is registered',
  'POST /api/patients': 'who registers a person knows them',
  'GET /api/people/likely-same': 'a work list: names side by side; opening either record is held up',
  'GET /api/people/merges': 'a work list: names of merged records; opening one is held up',
  'POST /api/people/likely-same/not-the-same': 'judges two of the work list and shows nothing of them',
  'POST /api/people/likely-same/not-the-same/undo': 'judges two of the work list and shows nothing of them',
  'POST /api/people/merges/:id/take-apart': 'answers ids alone',
  'POST /api/calls': 'a call is noted as it comes, and is the reason from then on',
  'POST /api/calls/:id/about': 'says whom a call is about, which is the reason from then on',
  'POST /api/calls/callers': 'as the search line, while the phone rings',
  'GET /api/calls': 'the calls of a day are the office’s work; opening one is held up',
  'GET /api/calls/open': 'who waits for a call is a reason by itself',
  'GET /api/messages/threads':
    'who wrote is a reason by itself, and who was written to the office’s work; opening one is held up',
  'GET /api/messages/outbox': 'what goes out is the office’s work; opening a thread is held up',
  'GET /api/reminders/to-call': 'visits ahead whose people are to be called are the office’s work',
  'GET /api/follow-ups': 'a work list of what is owed; opening one is held up',
  'POST /api/recall-letters':
    'who is due is a reason by itself; whose record may not be opened gets no letter and is not named',
  'POST /api/recall-letters/again':
    'letters that were written to these people already; whose record may not be opened gets none',
  'GET /api/waitlist':
    'who waits is a reason by itself; those who are through are a list of the office’s work',
  'GET /api/waitlist/openings/:id':
    'proves that an order was fair: names side by side; opening a record is held up',
  'GET /api/pins': 'visits that this account pinned, and each pin was held up',
  'GET /api/day': 'the schedule of a day is the office’s work; opening a visit or a person is held up',
  'GET /api/schedule/risk/visits':
    'the schedule of the next days is the office’s work; opening a visit or a person is held up',
  'GET /api/flow/faces': 'who of the day has a picture; the picture itself is held up',
  'GET /api/groups/:id': 'the roster of a session is the schedule of its day',
  'GET /api/week': 'the schedule of a week is the office’s work; opening a visit or a person is held up',
  'GET /api/today': 'what is owed is a reason by itself',
  'POST /api/rescue/plan': 'who has a visit that day is the schedule of the day; opening a person is held up',
  'POST /api/rescue/another': 'as the plan: it answers a time and names nobody',
  'POST /api/rescues': 'it takes visits of the schedule of a day, and answers the call list',
  'GET /api/rescues/:id': 'who is to be told is a reason by itself',
  'POST /api/rescues/:id/undo': 'as the call list',
  'POST /api/rescues/:id/open-again': 'as the call list',
  'GET /api/online/requests': 'who asked for a time is a list of the office’s work; opening one is held up',
  'POST /api/handoffs/draft': 'what is owed is a reason by itself',
  'GET /api/handoffs/:id': 'what was handed off is owed, and a reason by itself',
};

/** For those who review: they must read whose record it was, by name and MRN and no more. */
export const isOversight = (path: string) => path.startsWith('/api/privacy/');

/**
 * The work of a day goes on without opening a restricted record: someone who is called in from the waiting room is
 * checked in as what the grid shows, `Restricted record` at 10:15. The answer is veiled as everything is.
 */
export const worksUnseen = (path: string) =>
  /^\/api\/visits\/:id\/(arrive|room|with-physician|check-out|no-show|undo)$/.test(path);

/** What a path is exempt for; undefined where it is not. */
export function exemptionOf({ method, path }: Pick<Endpoint, 'method' | 'path'>): string | undefined {
  if (isOversight(path)) return 'for those who review and restrict: names and MRN alone, each list on record';
  return exempt[`${method} ${path}`];
}

/** How a route is held up, for the test that walks them; undefined: it is about nobody. */
export function heldUpBy(endpoint: Endpoint, behind: readonly PersonPath[]): string | undefined {
  const { path } = endpoint;
  if (personPaths.some((root) => isBelow(path, root))) return 'the person of the address';
  const other = behind.find((one) => isBelow(path, one.path));
  if (other) return `the person behind ${other.path}`;
  if (needsPurpose(path)) return 'a purpose, and the people it refers to';
  const names = ['patientId', 'patientIds', ...behind.flatMap((one) => one.carriedAs ?? [])];
  const carried = [endpoint.query, endpoint.body].some((shape) => {
    const text = JSON.stringify(z.toJSONSchema(shape, { unrepresentable: 'any', io: 'input' }));
    return names.some((name) => text.includes(`"${name}"`));
  });
  return carried ? 'the people it carries' : undefined;
}
