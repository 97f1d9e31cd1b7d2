import type { Resource } from '@medplum/fhirtypes';
import { searchset } from '../../fhir/bundle.ts';
import { asQuery, deepest, type Given, type Search } from '../../fhir/search.ts';
import type { Call, FhirAnswer } from './call.ts';
import { sealPage } from './paging.ts';

type Page = {
  type: string;
  search: Search;
  /** Of this page. */
  resources: readonly Resource[];
  /** null: not known; then `hasMore` says whether there is a next page. */
  total: number | null;
  hasMore: boolean;
};

/** One page of a search, with the way to the next. */
export function answerPage(call: Call, { type, search, resources, total, hasMore }: Page): FhirAnswer {
  const after = search.offset + search.count;
  const canGoOn = hasMore && search.count > 0 && after <= deepest;
  const next: Given = [...search.used.filter(([name]) => name !== '_offset'), ['_offset', String(after)]];
  const address = (given: Given) =>
    call.isPost ? `${type}?_page=${sealPage(given, call.session.sessionId)}` : `${type}?${asQuery(given)}`;
  const plain = search.used.length === 0 ? type : address(search.used);
  return {
    resource: searchset({
      base: call.base,
      resources,
      total: call.given.some(([name, value]) => name === '_total' && value === 'none') ? null : total,
      self: plain,
      next: canGoOn ? address(next) : null,
      warning: hasMore && !canGoOn && search.count > 0 ? 'There is more. Search more narrowly.' : null,
    }),
  };
}

/** A page of a list that is all in hand. */
export function answerWhole(
  call: Call,
  { type, search, resources }: Pick<Page, 'type' | 'search' | 'resources'>,
): FhirAnswer {
  const page = resources.slice(search.offset, search.offset + search.count);
  const hasMore = search.offset + page.length < resources.length;
  return answerPage(call, { type, search, resources: page, total: resources.length, hasMore });
}
