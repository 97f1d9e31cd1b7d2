import { mrnSystem, toPatientResource } from '../../features/patients/exchange/fhir.ts';
import type { KnownPatient, PersonSearch } from '../../features/patients/exchange/queries.ts';
import { listPeopleBy } from '../../features/patients/exchange/queries.ts';
import { foldJoined, foldWords, nationalDigits } from '../../features/patients/rules.ts';
import { toE164 } from '../../features/patients/schema.ts';
import { isUuid, type Search } from '../../fhir/search.ts';
import type { Tx } from '../../platform/db/transaction.ts';
import type { Call, FhirAnswer } from './call.ts';
import * as calls from './call.ts';
import { searchableOf } from './capabilities.ts';
import { afterOf, answerPage } from './paged.ts';

/** People by what a program asks, in FHIR's words. */

const nobody = null;
type Wish = PersonSearch | typeof nobody;
const wordsOf = (text: string) => foldWords(text).slice(0, 4);

/** A birth date is a day: what its range holds, in UTC days. */
function bornBetween(search: Search): PersonSearch {
  const { fromMs, toMs } = search.range('birthdate', 'UTC');
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return {
    ...(fromMs === null ? {} : { bornFrom: day(fromMs) }),
    ...(toMs === null ? {} : { bornTo: day(toMs - 1) }),
  };
}

function changedBetween(search: Search): PersonSearch {
  const { fromMs, toMs } = search.range('_lastUpdated', 'UTC');
  return {
    ...(fromMs === null ? {} : { changedFrom: new Date(fromMs) }),
    ...(toMs === null ? {} : { changedTo: new Date(toMs) }),
  };
}

/** How each way to ask for a name is met; the words beside it lead to an index. */
const named: Record<string, (text: string) => PersonSearch> = {
  name: (text) => ({ words: wordsOf(text) }),
  'name:contains': (text) => ({ parts: wordsOf(text) }),
  'name:exact': (text) => ({ nameIs: text, words: wordsOf(text) }),
  family: (text) => ({ family: foldJoined(text) }),
  'family:contains': (text) => ({ familyPart: foldJoined(text), parts: [foldJoined(text)] }),
  'family:exact': (text) => ({ familyIs: text, family: foldJoined(text) }),
  given: (text) => ({ given: foldJoined(text) }),
  'given:contains': (text) => ({ givenPart: foldJoined(text), parts: [foldJoined(text)] }),
  'given:exact': (text) => ({ givenIs: text, words: wordsOf(text) }),
};

function namedSo(search: Search): Wish {
  const words: string[] = [];
  const parts: string[] = [];
  let rest: PersonSearch = {};
  for (const [name, meet] of Object.entries(named)) {
    const text = search.one(name);
    if (text === null) continue;
    // A name of signs alone is nobody's.
    if (foldJoined(text) === '') return nobody;
    const met = meet(text);
    words.push(...(met.words ?? []));
    parts.push(...(met.parts ?? []));
    rest = { ...rest, ...met };
  }
  // Everyone has a family name, so a name.
  if (search.missing('family') || search.missing('name')) return nobody;
  const givenMissing = search.missing('given');
  return { ...rest, words, parts, ...(givenMissing === null ? {} : { givenMissing }) };
}

/** A whole number, as it is kept; a plus that was not escaped in an address arrives as a blank. */
function calledAt(search: Search): Wish {
  const typed = search.one('phone');
  if (typed === null) return {};
  const [first] = search.all('phone');
  const phone = toE164(first?.startsWith(' ') ? `+${typed}` : typed);
  return phone ? { phone, digits: nationalDigits(phone) } : nobody;
}

function knownAs(search: Search, practiceId: string): PersonSearch {
  const known = search.tokens('identifier');
  // Everyone has a number of ours.
  const isAll = known?.some(({ system, value }) => value === '' && system === mrnSystem(practiceId));
  return known && !isAll ? { known } : {};
}

function wishOf(tx: Tx, search: Search): Wish {
  const ids = search.any('_id');
  const mail = search.one('email');
  const [byName, byPhone] = [namedSo(search), calledAt(search)];
  if (!byName || !byPhone) return nobody;
  return {
    ...byName,
    ...byPhone,
    ...bornBetween(search),
    ...changedBetween(search),
    ...knownAs(search, tx.practiceId),
    ...(ids ? { ids: ids.filter(isUuid) } : {}),
    ...(mail === null ? {} : { mail: mail.toLowerCase() }),
  };
}

const columnsOf: Record<string, readonly string[]> = {
  name: ['family', 'given'],
  family: ['family'],
  given: ['given'],
  birthdate: ['birthdate'],
  _lastUpdated: ['updated'],
  _id: ['id'],
};

/** What people are sorted by: what was asked, else their names; then their ids. */
function sortsOf({ sorts }: Search): string[] {
  const asked = sorts.length > 0 ? sorts : [{ name: 'name', descending: false }];
  const columns = asked.flatMap(({ name, descending }) =>
    (columnsOf[name] ?? []).map((column) => (descending ? `-${column}` : column)),
  );
  const byId = columns.findIndex((column) => /^-?id$/.test(column));
  return byId < 0 ? [...columns, 'id'] : columns.slice(0, byId + 1);
}

/** At most two people who fit: whether one is here already. */
export async function listFitting(tx: Tx, search: Search): Promise<KnownPatient[]> {
  const wish = wishOf(tx, search);
  if (!wish) return [];
  const page = { sorts: ['id'], after: null, limit: 2, offset: 0, counted: false };
  return (await listPeopleBy(tx.db, wish, page)).people;
}

async function listPage(call: Call, search: Search) {
  const after = afterOf(call, 'Patient', search);
  const wish = wishOf(call.tx, search);
  if (!wish) return { people: [], keysOf: new Map<string, string[]>(), total: 0 };
  // One more than shown tells whether there is a next page; counting all would read them all.
  const limit = search.count === 0 ? 0 : search.count + 1;
  const counted = search.total !== 'none' && (search.total === 'accurate' || limit === 0);
  const page = { sorts: sortsOf(search), after, limit, offset: search.offset, counted };
  const found = await listPeopleBy(call.tx.db, wish, page);
  const isLast = limit > 0 && found.people.length < limit && after === null;
  const known = isLast && (found.people.length > 0 || search.offset === 0);
  const total = found.total ?? (known ? search.offset + found.people.length : null);
  return { ...found, total: total && total - (await countHidden(call, wish)) };
}

/** Of the people who fit, those whom the program may not see are not counted either. */
async function countHidden({ tx, hidden }: Call, wish: PersonSearch): Promise<number> {
  const ids = [...hidden].filter((id) => wish.ids?.includes(id) ?? true);
  if (ids.length === 0) return 0;
  const none = { sorts: ['id'], after: null, limit: 0, offset: 0, counted: true };
  return (await listPeopleBy(tx.db, { ...wish, ids }, none)).total ?? 0;
}

export async function searchPeople(call: Call): Promise<FhirAnswer> {
  const { tx } = call;
  const search = calls.searchOf(call, searchableOf('Patient'));
  const { people, keysOf, total } = await listPage(call, search);
  const page = people.slice(0, search.count);
  const shown = page.filter((one) => !call.hidden.has(one.patientId));
  const subjectIds = shown.map((one) => one.patientId);
  if (shown.length > 0) tx.audit({ action: 'patients.searched', subjectKind: 'patient', subjectIds });
  const last = people.length > page.length ? page.at(-1) : undefined;
  return answerPage(call, {
    type: 'Patient',
    search,
    resources: shown.map((one) => toPatientResource(one, tx.practiceId)),
    total,
    after: (last && keysOf.get(last.patientId)) ?? null,
  });
}
