import type { Resource } from '@medplum/fhirtypes';
import { searchset } from '../../fhir/bundle.ts';
import { inOrder, type Order } from '../../fhir/order.ts';
import { FhirProblem } from '../../fhir/outcome.ts';
import { asQuery, type Given, type Search } from '../../fhir/search.ts';
import { showPart } from '../../fhir/shown.ts';
import type { Call, FhirAnswer } from './call.ts';
import { openPage, sealPage } from './paging.ts';

type Page = {
  type: string;
  search: Search;
  /** Of this page. */
  resources: readonly Resource[];
  /** What they refer to, as far as it was asked for. */
  included?: readonly Resource[];
  /** null: not known. */
  total: number | null;
  /** What the last one is sorted by, where there is a next page. */
  after: readonly string[] | null;
};

/** What a cursor goes on with: neither is the name of a parameter, so that no sealed page passes for one. */
const orderOf = (type: string, search: Search) => `${type} ${search.all('_sort').join()}`;

/** Where the next page begins; sealed as a page is, since people are sorted by their names. */
function cursorOf(call: Call, order: string, after: readonly string[]): string {
  const values = after.map((value): [string, string] => ['after', value]);
  return sealPage([['order', order], ...values], call.session.sessionId);
}

/** What the last one of the page before was sorted by; null on the first page. */
export function afterOf(call: Call, type: string, search: Search): string[] | null {
  const [cursor] = search.all('_cursor');
  if (cursor === undefined) return null;
  const [[name, order] = ['', ''], ...values] = openPage(cursor, call.session.sessionId);
  if (name === 'order' && order === orderOf(type, search)) return values.map(([, value]) => value);
  throw new FhirProblem(400, 'invalid', 'This page was sorted otherwise. Search again from the beginning.');
}

/** One page of a search, with the way to the next. */
export function answerPage(
  call: Call,
  { type, search, resources, included = [], total, after }: Page,
): FhirAnswer {
  const address = (given: Given) =>
    call.isPost ? `${type}?_page=${sealPage(given, call.session.sessionId)}` : `${type}?${asQuery(given)}`;
  const others = search.used.filter(([name]) => name !== '_offset' && name !== '_cursor');
  const next: Given | null =
    after && search.count > 0 ? [...others, ['_cursor', cursorOf(call, orderOf(type, search), after)]] : null;
  return {
    resource: searchset({
      base: call.base,
      resources: resources.map((one) => showPart(one, search)),
      included: included.map((one) => showPart(one, { ...search, elements: null })),
      total: search.total === 'none' ? null : total,
      self: search.used.length === 0 ? type : address(search.used),
      next: next && address(next),
    }),
  };
}

type Whole<R> = Pick<Page, 'type' | 'search'> & Pick<Order<R>, 'keyOf'> & { all: readonly R[] };

/** The page of a list that is all in hand. `rest`: how its last one is sorted, where there is a next page. */
export function pageOf<R extends Resource>(call: Call, { type, search, all, keyOf }: Whole<R>) {
  const order = {
    sorts: search.sorts,
    keyOf,
    idOf: (one: R) => one.id ?? '',
    after: afterOf(call, type, search),
  };
  const left = inOrder(all, order).slice(search.offset);
  const page = left.slice(0, search.count);
  return {
    resources: page.map(({ one }) => one),
    total: all.length,
    after: page.length < left.length ? (page.at(-1)?.keys ?? null) : null,
  };
}
